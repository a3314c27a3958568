"""Settings of commands that only read the account: one app and the database, so that they answer within a second."""

from __future__ import annotations

from klimaplan.web.config.database import DATABASES, DEFAULT_AUTO_FIELD

__all__ = ["DATABASES", "DEFAULT_AUTO_FIELD", "INSTALLED_APPS", "SECRET_KEY", "USE_I18N", "USE_TZ"]

INSTALLED_APPS = ["klimaplan.web.inventories"]
USE_TZ = True
USE_I18N = False
SECRET_KEY = "nothing is signed here"  # noqa: S105  # nothing is: these commands open no site
