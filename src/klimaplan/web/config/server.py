"""The site under gunicorn, started from Python so that one command serves it."""

from __future__ import annotations

from typing import Any

from gunicorn.app.base import BaseApplication


class Site(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped; subclassing is its documented way
    """Gunicorn with our application; logs nothing but errors."""

    def __init__(self, *, host: str, port: int, workers: int) -> None:
        self._options = {
            "bind": f"{host}:{port}",
            "workers": workers,
            "accesslog": None,
            "loglevel": "warning",
            "preload_app": True,
            "timeout": 60,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from klimaplan.web.config.wsgi import application

        return application
