"""Settings: safe by default, complete without any environment variable, nothing secret in the code."""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from klimaplan.web.config.home import embedded_database, home, secret_key

WEB = Path(__file__).resolve().parent.parent
HOME = home()
VERSION = version("klimaplan")

SECRET_KEY = secret_key()
DEBUG = os.environ.get("KLIMAPLAN_DEBUG") == "1"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *filter(None, os.environ.get("KLIMAPLAN_HOSTS", "").split(","))]

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "klimaplan.web.organisations",
    "klimaplan.web.accounts",
    "klimaplan.web.audit",
    "klimaplan.web.inventories",
    "klimaplan.web.plans",
    "klimaplan.web.public",
]

MIDDLEWARE = [
    "klimaplan.web.config.timing.server_timing",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # nothing secret stands on a public page, so compression cannot leak it
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "klimaplan.web.config.errors.FindingsAsAnswers",
]

ROOT_URLCONF = "klimaplan.web.config.urls"
WSGI_APPLICATION = "klimaplan.web.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "klimaplan.web.public.context.every_page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "klimaplan.web.public.formatting"],
            "loaders": [
                ("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"]),
            ],
        },
    }
]

SQLITE_OPTIONS: dict[str, Any] = {
    # with the default (deferred) mode, concurrent read-then-write transactions fail with "database is locked"
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON"
    ),
}
DATABASES: dict[str, Any] = {
    "default": dj_database_url.config(default=f"sqlite:///{embedded_database()}", conn_max_age=600)
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}},
    # drawn charts are shared by all processes and survive a restart; the key is the digest of what they show
    "charts": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache" / "charts",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
LOCALE_PATHS = [WEB / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Copenhagen"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [WEB / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
