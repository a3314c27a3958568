"""The site with a single page that holds nothing: what server and framework can answer at most. Argument: the port."""

from __future__ import annotations

import os
import sys
from typing import Any

import django
from django.http import HttpResponse
from django.urls import path


def nothing(_request: Any) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [path("", nothing)]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klimaplan.web.config.settings")
    django.setup()
    from django.conf import settings

    from klimaplan.web.config.server import Site

    settings.ROOT_URLCONF = "__main__"
    Site(host="127.0.0.1", port=int(sys.argv[1]), workers=2).run()


if __name__ == "__main__":
    main()
