"""Settings. Values an operator may change come from config/env.py; everything else is decided here."""

import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import wagtail
from django.utils.translation import gettext_lazy as _

from positivesocials.config import env as environment
from positivesocials.vault import keyfile

ENV = environment.read()
PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = ENV.debug
DEMO = ENV.demo
# How long a rotation waits for requests under way before it drops the old master key.
ROTATION_GRACE_SECONDS = 5.0
DATA = ENV.data
KEYS = ENV.keys
CREDENTIALS = ENV.credentials
ORIGIN = ENV.origin or f"http://localhost:{ENV.port}"
HTTPS = ORIGIN.startswith("https://")
EXIT_URL = ENV.exit_url
SOURCE_URL = ENV.source_url
TRUSTED_PROXIES = ENV.trusted_proxies
REDIS_URL = ENV.redis_url

# Signs cookies and links. A process without a key file (type checks, --help) gets one for its lifetime.
SECRET_KEY = keyfile.signing_secret(KEYS) or secrets.token_urlsafe(48)
ALLOWED_HOSTS = [urlsplit(ORIGIN).hostname or "localhost"]
if not HTTPS:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]

INSTALLED_APPS = [
    "positivesocials.core",
    "positivesocials.vault",
    "positivesocials.audit",
    "positivesocials.accounts",
    "positivesocials.notifications",
    "positivesocials.privacy",
    "positivesocials.membership",
    "positivesocials.safety",
    "positivesocials.care",
    "positivesocials.moderation",
    "positivesocials.profiles",
    "positivesocials.hosts",
    "positivesocials.replies",
    "positivesocials.messaging",
    "positivesocials.claims",
    "positivesocials.matching",
    "positivesocials.groups",
    "positivesocials.events",
    "positivesocials.polls",
    "positivesocials.articles",
    "positivesocials.feed",
    "positivesocials.newsletter",
    "positivesocials.gathering",
    "positivesocials.search",
    "positivesocials.asking",
    "positivesocials.wordpress",
    "positivesocials.onboarding",
    "positivesocials.home",
    "positivesocials.demo",
    "wagtail.users",
    "wagtail.admin",
    "wagtail",
    "modelsearch",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "positivesocials.core.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "positivesocials.core.guest_pages.GuestPages",
    "csp.middleware.CSPMiddleware",
    "positivesocials.accounts.middleware.SealedSessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "positivesocials.core.middleware.SecurityLog",
    "positivesocials.core.middleware.RejectCrossSite",
    "django.middleware.csrf.CsrfViewMiddleware",
    "positivesocials.accounts.middleware.Viewer",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "positivesocials.vault.middleware.KeysForOneRequest",
    "positivesocials.core.once.AskOnce",
    "positivesocials.core.middleware.Refusals",
]

ROOT_URLCONF = "positivesocials.config.urls"
WSGI_APPLICATION = "positivesocials.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["positivesocials.core.templatetags.look", "django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "positivesocials.home.context.site",
            ],
        },
    }
]
FORM_RENDERER = "positivesocials.core.forms.LookRenderer"


def _sqlite(name: str) -> dict[str, object]:
    # FULL: what was acknowledged survives a power cut. secure_delete: what was erased leaves no bytes.
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(DATA / name),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
        "CONN_MAX_AGE": 600,
    }


def _database(url: str, name: str) -> dict[str, object]:
    if not url:
        return _sqlite(name)
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}, **dict(parse_qsl(parts.query))},
    }


DATABASES = {
    "default": _database(ENV.database_url, "main.sqlite3"),
    "keys": _database(ENV.keys_database_url, "keys.sqlite3"),
}
DATABASE_ROUTERS = ["positivesocials.vault.router.KeysApart"]
# What tables of libraries keep; our own models declare it themselves (core/keeping.py).
KEPT_BY_LIBRARIES = "positivesocials.config.libraries.TABLES"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In memory, where Redis is set too: a page never waits for it, and stays when it is away.
_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": _MEMORY},
    # What guests see alike (core/guest_pages.py): some 40 KB each, plain and packed.
    "pages": {"BACKEND": _MEMORY, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 500}},
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["positivesocials.accounts.hashers.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "positivesocials.accounts.passwords.NotGuessable"},
]
LOGIN_URL = "accounts:log-in"
LOGIN_REDIRECT_URL = "home:home"
LOGOUT_REDIRECT_URL = "home:landing"
PROOF_URL = "accounts:re-prove"
# How long a passkey that was shown opens staff pages.
STAFF_PROOF_SECONDS = 60 * 60
AGE_ASSURANCE = ENV.age_assurance
INTRODUCTION_PROCESSES = ENV.introduction_processes
HELD_AT_FIRST = ENV.held_at_first
GUESTS_WAIT = ENV.guests_wait
REPLIES_CLOSE_AFTER = ENV.replies_days

# allauth does log-in and re-proof only; sign-up, confirmation and reset are ours (docs/decisions/0003).
ACCOUNT_ADAPTER = "positivesocials.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"login": "positivesocials.accounts.forms.LogInForm"}
ACCOUNT_SESSION_REMEMBER = False  # Asked as the device question; see accounts/sessions.py.
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = False  # Ours are in the database (core/rates.py).

# Cookies carry neutral names; __Host- needs HTTPS, so plain http on loopback goes without.
_COOKIE = "__Host-" if HTTPS else ""
SESSION_ENGINE = "positivesocials.accounts.sessions"
SESSION_COOKIE_NAME = f"{_COOKIE}s"
CSRF_COOKIE_NAME = f"{_COOKIE}c"
LANGUAGE_COOKIE_NAME = f"{_COOKIE}l"
THEME_COOKIE_NAME = f"{_COOKIE}t"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SHARED_DEVICE_SECONDS = 15 * 60
# However busy a session is, it ends: then one logs in again.
LONGEST_SESSION_SECONDS = {"own": 60 * 60 * 24 * 90, "shared": 60 * 60 * 12}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
# Two years, for every name below this one too; sent by core.middleware.SecurityHeaders.
STRICT_TRANSPORT = "max-age=63072000; includeSubDomains" if HTTPS else ""
# A file is taken where an address says so, one at a time, and never written down as it came.
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = ["positivesocials.core.uploads.InMemory"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
CSRF_FAILURE_VIEW = "positivesocials.core.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "object-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish")), ("ar", _("Arabic"))]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "positivesocials.config.formats"
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
# The stylesheet of Wagtail's admin names a picture of an app that is not installed here.
WAGTAIL = Path(wagtail.__file__).parent
STATICFILES_DIRS = [("wagtailimages/images", WAGTAIL / "images/static/wagtailimages/images")]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"
STORAGES = {
    # Sealed files only: vault/files.py.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Asked about each picture before it is stored.
PICTURE_LIST = ENV.picture_list
WHITENOISE_MAX_AGE = 300
WHITENOISE_MIMETYPES = {".svg": "image/svg+xml; charset=utf-8"}
WHITENOISE_ALLOW_ALL_ORIGINS = False

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
if ENV.mail_url:
    _mail = urlsplit(ENV.mail_url)
    EMAIL_HOST = _mail.hostname or "localhost"
    EMAIL_PORT = _mail.port or 587
    EMAIL_HOST_USER = unquote(_mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
    EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
EMAIL_TIMEOUT = 20
# True in tests alone: a push service on this machine.
PUSH_TO_LOOPBACK = False
# True in tests alone: feeds and attachments of this machine.
FETCH_FROM_LOOPBACK = False
DELIVER_MAIL = bool(ENV.mail_url) and not DEMO
DEFAULT_FROM_EMAIL = ENV.mail_from or "PS <ps@localhost>"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_RETURNS = ENV.mail_returns

WAGTAIL_SITE_NAME = "PS"
WAGTAILADMIN_BASE_URL = ORIGIN
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Hashed names already say the version; asking the storage would need collected files at import.
WAGTAILADMIN_STATIC_FILE_VERSION_STRINGS = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# Both would mail by addresses that nobody here can read.
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAILADMIN_COMMENTS_ENABLED = False
# A draft is saved when its editor says so: one that saves itself could come right behind a refusal.
WAGTAIL_AUTOSAVE_INTERVAL = 0

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_member_text": {"()": "positivesocials.core.logs.NoMemberText"}},
    "formatters": {"line": {"()": "positivesocials.core.logs.OneLine"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["no_member_text"], "formatter": "line"}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "positivesocials.security": {"level": "INFO"},
    },
}
