"""All settings, read from the environment once. docs/operations.md lists them; a test holds that
it does.

Without DATABASE_URL and REDIS_URL the embedded services of `helpdesk/embedded.py` are used, and
everything that is written lies under DATA_DIR. Wrong values are found by `core/checks.py`.
"""

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ

from helpdesk.demo_password import DEMO_PASSWORD  # noqa: F401  a setting like the others
from helpdesk.embedded import Places, die_with_parent

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
if (BASE_DIR / ".env").exists():
    environ.Env.read_env(BASE_DIR / ".env")

# Where this machine keeps its data
DATA_DIR = Path(env.str("HELPDESK_DATA", default=str(BASE_DIR / "var"))).resolve()
EMBEDDED_POSTGRES = not env.str("DATABASE_URL", default="")
EMBEDDED_VALKEY = not env.str("REDIS_URL", default="")
PLACES = Places(DATA_DIR)


def _kept_secret(name: str) -> str:
    """A random secret that is made once and kept in the data folder, readable by its owner only."""
    path = DATA_DIR / f"{name}.secret"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        value = secrets.token_urlsafe(48)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        os.write(descriptor, value.encode())
        os.close(descriptor)
        return value


# The public face
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
SITE_NAME = env.str("SITE_NAME", default="BrightCart Support")
SECRET_KEY = env.str("SECRET_KEY", default="") or _kept_secret("django")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])  # older keys, still read
DEBUG = env.bool("DEBUG", default=False)
DEMO_MODE = env.bool("DEMO_MODE", default=False)
if env.bool("HELPDESK_DIES_WITH_PARENT", default=False):
    die_with_parent()  # a killed supervisor leaves no processes behind that hold its ports
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])
_HTTPS = SITE_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
)
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=_HTTPS)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000 if _HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_FAILURE_VIEW = "web.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS: list[str] = []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "channels",
    "csp",
    "django_filters",
    "django_htmx",
    "rest_framework",
    "core",
    "accounts",
    "knowledge",
    "tickets",
    "notifications",
    "macros",
    "channels_in",
    "reports",
    "demo",
    "web",
    "api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "web.languages.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "web.middleware.ActorMiddleware",
]

ROOT_URLCONF = "helpdesk.urls"
ASGI_APPLICATION = "helpdesk.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.context.frame",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader"],
                )
            ],
            "builtins": ["django.templatetags.i18n", "web.templatetags.ui"],
        },
    }
]

# PostgreSQL
DATABASES: dict[str, dict[str, Any]] = {
    "default": PLACES.database if EMBEDDED_POSTGRES else env.db_url_config(env.str("DATABASE_URL"))
}
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["OPTIONS"] = {
    **DATABASES["default"].get("OPTIONS", {}),
    "pool": {
        "min_size": 1,
        "max_size": env.int("DATABASE_POOL_SIZE", default=16),
        "timeout": 10,
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Valkey or Redis: broker, websockets, presence. Nothing in it is needed to survive a restart.
REDIS_URL = env.str("REDIS_URL", default="") or PLACES.redis_url
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL]},
    }
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
}

# Celery
CELERY_BROKER_URL = env.str("BROKER_URL", default="") or (
    PLACES.broker_url if EMBEDDED_VALKEY else REDIS_URL
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 20_000
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "visibility_timeout": 600,
}
CELERY_TASK_PUBLISH_RETRY = False  # a lost nudge is made good by the sweep; a request never waits
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_WORKER_SEND_TASK_EVENTS = False

# Accounts
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.EmailBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=4).total_seconds())
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"

# Languages and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]  # each under its own name
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Berlin")  # what people read; the database has UTC
USE_I18N = USE_TZ = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(DATA_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
# Only our own: what packages bring for their pages is not served.
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
MEDIA_ROOT = DATA_DIR / "files"
STORAGE_URL = env.str("STORAGE_URL", default="")  # s3://bucket?endpoint=…; empty: local disk
_manifest = env.bool("STATIC_MANIFEST", default=False)
STORAGES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "core.storage.local.PrivateFiles", "OPTIONS": {"location": MEDIA_ROOT}},
    "staticfiles": {
        "BACKEND": "core.storage.static.StaticFiles"
        if _manifest
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
if STORAGE_URL:
    from core.storage.s3 import options_from_url

    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": options_from_url(STORAGE_URL),
    }
WHITENOISE_USE_FINDERS = not _manifest
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 50
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
CLAMAV_ADDRESS = env.str("CLAMAV_ADDRESS", default="")  # host:port or a socket's path; empty: off
ATTACHMENT_MAX_BYTES = env.int("ATTACHMENT_MAX_BYTES", default=25 * 1024 * 1024)

# E-mail in and out. Without EMAIL_URL, mail is kept in a local outbox that /dev/mail shows.
SUPPORT_ADDRESS = env.str("SUPPORT_ADDRESS", default="support@example.com").lower()
MAIL_MAX_BYTES = env.int("MAIL_MAX_BYTES", default=50 * 1024 * 1024)
MAIL_ATTACHMENTS_MAX_BYTES = env.int("MAIL_ATTACHMENTS_MAX_BYTES", default=20 * 1024 * 1024)
SMTP_LISTEN = env.str("SMTP_LISTEN", default="127.0.0.1:2525")
LMTP_LISTEN = env.str("LMTP_LISTEN", default="")
SMTP_TLS_CERT = env.str("SMTP_TLS_CERT", default="")  # PEM; empty: STARTTLS is not offered
SMTP_TLS_KEY = env.str("SMTP_TLS_KEY", default="")  # empty: in the same file
SMTP_TLS_REQUIRED = env.bool("SMTP_TLS_REQUIRED", default=False)
MAIL_ACCEPT_ANY_RECIPIENT = env.bool("MAIL_ACCEPT_ANY_RECIPIENT", default=False)
# Mail servers that people enter (IMAP, POP3): see docs/mail.md, "Mailboxes on other servers".
MAIL_SERVERS_ON_PRIVATE_NETWORKS = env.bool("MAIL_SERVERS_ON_PRIVATE_NETWORKS", default=False)
MAIL_SERVERS_WITHOUT_TLS = env.bool("MAIL_SERVERS_WITHOUT_TLS", default=False)
MAILBOX_POLL_SECONDS = env.int("MAILBOX_POLL_SECONDS", default=60)  # without IDLE
MAILBOX_THREADS = env.int("MAILBOX_THREADS", default=20)  # mailboxes read at once by one process
MAIL_TRUSTED_AUTHSERV_IDS = env.list("MAIL_TRUSTED_AUTHSERV_IDS", default=[])  # RFC 8601
MAIL_VERIFY_SENDERS = env.bool("MAIL_VERIFY_SENDERS", default=False)  # DKIM, SPF, DMARC by us
MAIL_ALLOWLIST_ONLY = env.bool("MAIL_ALLOWLIST_ONLY", default=False)
MAIL_SPAM_SCORE = env.float("MAIL_SPAM_SCORE", default=5.0)  # of an upstream filter; 0: no limit
MAIL_FLOOD_TEN_MINUTES = env.int("MAIL_FLOOD_TEN_MINUTES", default=60)  # a sender; 0: no limit
MAIL_FLOOD_HOUR = env.int("MAIL_FLOOD_HOUR", default=200)
MESSAGE_FLOOD_TEN_MINUTES = env.int("MESSAGE_FLOOD_TEN_MINUTES", default=120)  # on other networks
NETWORKS_ALLOW_PRIVATE = env.bool("NETWORKS_ALLOW_PRIVATE", default=False)  # servers in our own net
MAIL_NEW_TICKETS_HOUR = env.int("MAIL_NEW_TICKETS_HOUR", default=60)  # of unproven senders
# Request forms of visitors (docs/forms.md); what is past these waits in the suspended queue
REQUEST_FORM_MIN_SECONDS = env.int("REQUEST_FORM_MIN_SECONDS", default=3)  # people need longer
REQUEST_FORM_ADDRESS_HOUR = env.int("REQUEST_FORM_ADDRESS_HOUR", default=10)  # 0: no limit
REQUEST_FORM_NETWORK_HOUR = env.int("REQUEST_FORM_NETWORK_HOUR", default=30)  # ten times: refused
REQUEST_FORM_MAX_BYTES = env.int("REQUEST_FORM_MAX_BYTES", default=25 * 1024 * 1024)
STREAM_DAYS = env.int("STREAM_DAYS", default=90)  # until a public post nobody needed is forgotten
SUSPENDED_DAYS = env.int("SUSPENDED_DAYS", default=14)  # until a suspended message is deleted
EMAIL_URL = env.str("EMAIL_URL", default="")
if EMAIL_URL:
    vars().update(env.email_url_config(EMAIL_URL))
else:
    EMAIL_BACKEND = "channels_in.email.local_outbox.LocalOutbox"
EMAIL_TIMEOUT = 30
TRACK_TIME = env.bool("TRACK_TIME", default=True)  # open tickets count the time spent on them
CHAT_OFFER_SECONDS = env.int(
    "CHAT_OFFER_SECONDS", default=30
)  # a chat rings that long at one agent
UNDO_SEND_SECONDS = env.int("UNDO_SEND_SECONDS", default=10)  # how long a reply can be taken back
DEFAULT_FROM_EMAIL = f"{SITE_NAME} <{SUPPORT_ADDRESS}>"
DEV_MAIL_PAGE = env.bool("DEV_MAIL_PAGE", default=DEMO_MODE and not EMAIL_URL)

# Messages of browsers (Web Push); empty: a key made from SECRET_KEY
VAPID_PRIVATE_KEY = env.str("VAPID_PRIVATE_KEY", default="")  # PEM of a P-256 key

# Rules
BULK_JOB_DAYS = env.int("BULK_JOB_DAYS", default=30)  # how long jobs on many tickets can be undone
# What replies to customers are looked over for, besides what every house has (docs/reply-check.md)
REPLY_CHECK_INTERNAL_WORDS = env.list("REPLY_CHECK_INTERNAL_WORDS", default=[])
REPLY_CHECK_INTERNAL_HOSTS = env.list("REPLY_CHECK_INTERNAL_HOSTS", default=[])
REPLY_CHECK_OWN_ACCOUNTS = env.list("REPLY_CHECK_OWN_ACCOUNTS", default=[])  # IBANs to pay to
REHEARSAL_HOURS = env.int("REHEARSAL_HOURS", default=24)  # what rehearsals of rules found is kept
RULE_RUNS_DAYS = env.int("RULE_RUNS_DAYS", default=7)  # what each rule made of each submit is kept
WEBHOOKS_ON_PRIVATE_NETWORKS = env.bool("WEBHOOKS_ON_PRIVATE_NETWORKS", default=False)

KEPT_SECONDS = 5  # what hardly ever changes (groups, fields) is read anew after that (core.kept)

# Conversations
AGENTS_MAY_REDACT = env.bool("AGENTS_MAY_REDACT", default=False)  # leads and admins always may

# Live chat (docs/chat.md)
CHAT_CONNECTIONS_PER_ADDRESS = env.int("CHAT_CONNECTIONS_PER_ADDRESS", default=60)  # a process
CHAT_VISITORS_PER_HOUR = env.int("CHAT_VISITORS_PER_HOUR", default=300)  # new ones, an address
CHAT_MESSAGES_PER_MINUTE = env.int("CHAT_MESSAGES_PER_MINUTE", default=30)  # of one visitor
LIVE_THREADS = env.int("LIVE_THREADS", default=8)  # that a web process has for its websockets

# Browsers
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# Programs
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", default=2_500)  # a token; 0: any
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "EXCEPTION_HANDLER": "api.errors.answer",
    "UNAUTHENTICATED_USER": None,
}

# The steps that every ticket change runs, in order; see architecture.md, "The write path"
from helpdesk.schedule import PERIODIC_TASKS  # noqa: E402
from helpdesk.wiring import (  # noqa: E402
    OUTBOX_SUBSCRIBERS,  # noqa: F401
    REDACTION_STEPS,  # noqa: F401
    RINGING,  # noqa: F401
    TICKET_STEPS,  # noqa: F401
)

CELERY_BEAT_SCHEDULE = PERIODIC_TASKS

# One tidy line an event: time, process, level, event name, ids
PROCESS_NAME = env.str("HELPDESK_PROCESS", default="")
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO").upper()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "core.logs.LineFormatter", "process_name": PROCESS_NAME}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "uvicorn.access": {"level": "WARNING"},
        "celery": {"level": "WARNING"},
        "kombu": {"level": "WARNING"},
        "amqp": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},  # it writes whole addresses, and some hold a token
        "httpcore": {"level": "WARNING"},
        "mail.log": {"level": "ERROR"},
        "asyncio": {"level": "WARNING"},
    },
}
