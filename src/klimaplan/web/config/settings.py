"""Settings: safe by default, complete without any environment variable, nothing secret in the code."""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path

from csp.constants import NONE, SELF

from klimaplan.web.config import signing_in
from klimaplan.web.config.database import DATABASES, DEFAULT_AUTO_FIELD  # noqa: F401  # read by Django
from klimaplan.web.config.home import home, secret_key

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
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "klimaplan.web.organisations",
    "klimaplan.web.accounts",
    "klimaplan.web.tokens",
    "klimaplan.web.audit",
    "klimaplan.web.inventories",
    "klimaplan.web.plans",
    "klimaplan.web.certification",
    "klimaplan.web.workspace",
    "klimaplan.web.progress",
    "klimaplan.web.digest",
    "klimaplan.web.public",
]

MIDDLEWARE = [
    "klimaplan.web.config.timing.server_timing",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # nothing secret stands on a public page, so compression cannot leak it
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "klimaplan.web.accounts.middleware.roles_read_once",
    # all of these do nothing until a page asks who is there, and public pages never do
    "klimaplan.web.accounts.middleware.private_answers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "klimaplan.web.accounts.sessions.SessionsEnd",
    "klimaplan.web.accounts.middleware.SecondFactorFirst",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "klimaplan.web.config.errors.FindingsAsAnswers",
]

ROOT_URLCONF = "klimaplan.web.config.urls"
WSGI_APPLICATION = "klimaplan.web.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # what stands under accounts/ takes the place of the templates of allauth
        "DIRS": [WEB / "templates", WEB / "templates" / "accounts"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "klimaplan.web.public.context.every_page",
                "klimaplan.web.accounts.context.who_is_there",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "klimaplan.web.public.formatting"],
            "loaders": [
                ("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"]),
            ],
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = signing_in.VALIDATORS
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = signing_in.HASHERS
PASSWORD_RESET_TIMEOUT = int(signing_in.PASSWORD_RESET.total_seconds())
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
LOGOUT_REDIRECT_URL = "front"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("KLIMAPLAN_PROXIES", "0"))
for _name, _value in {
    **{f"ACCOUNT_{name}": value for name, value in signing_in.ACCOUNT.items()},
    **{f"MFA_{name}": value for name, value in signing_in.MFA.items()},
    **{f"SOCIALACCOUNT_{name}": value for name, value in signing_in.elsewhere().items()},
    **signing_in.cookies(),
    **signing_in.mail(),
}.items():
    globals()[_name] = _value

CACHES = {
    # counts of attempts, which all processes must share; few and short
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "attempts"},
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}},
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
# English dates as they are written in Europe
FORMAT_MODULE_PATH = ["klimaplan.web.formats"]
USE_TZ = True
TIME_ZONE = "Europe/Copenhagen"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [WEB / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

FILE_UPLOAD_HANDLERS = [
    "klimaplan.web.plans.evidence.uploads.NoLargerThanKept",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

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
