"""The settings under test: the real ones, with data, services and speed of their own.

Everything that is written lies in a temporary folder that goes with the run; no other data folder
is touched.
DATABASE_URL and REDIS_URL, when set, are used instead of the embedded services.
"""

import os
import tempfile

OWN_DATA_PREFIX = "helpdesk-tests-"
# The workers of pytest-xdist inherit the folder of the process that started them.
if "HELPDESK_TEST_DATA" not in os.environ:
    os.environ["HELPDESK_TEST_DATA"] = tempfile.mkdtemp(prefix=OWN_DATA_PREFIX)
os.environ["HELPDESK_DATA"] = os.environ["HELPDESK_TEST_DATA"]
os.environ["SECRET_KEY"] = "only for tests, and long enough to pass Django's own check of it"
for name in ("DEBUG", "DEMO_MODE", "SITE_URL", "EMAIL_URL", "STORAGE_URL", "BROKER_URL"):
    os.environ.pop(name, None)

from helpdesk.settings import *  # noqa: E402, F403
from helpdesk.settings import (  # noqa: E402
    CHANNEL_LAYERS,
    DATABASES,
    EMBEDDED_VALKEY,
    PLACES,
    REDIS_URL,
    REST_FRAMEWORK,
)

# Each xdist worker has its own numbered database in Valkey, as it has its own in PostgreSQL.
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
REDIS_URL = f"{REDIS_URL}{'&' if '?' in REDIS_URL else '?'}db={WORKER}"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
}
CHANNEL_LAYERS["default"]["CONFIG"] = {"hosts": [REDIS_URL], "prefix": f"tests{WORKER}"}
CELERY_BROKER_URL = f"{PLACES.broker_url}?virtual_host={WORKER}" if EMBEDDED_VALKEY else REDIS_URL

# One connection a test thread; a pool would hold the test database back from being dropped.
DATABASES["default"]["OPTIONS"].pop("pool")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
KEPT_SECONDS = 0  # nothing of one test reaches another
UNDO_SEND_SECONDS = 0  # tests of the window set it
REST_FRAMEWORK["TEST_REQUEST_DEFAULT_FORMAT"] = "json"
WHITENOISE_AUTOREFRESH = True  # nothing is collected for tests
