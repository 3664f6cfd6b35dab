"""The Celery application. Tasks live in each app's `tasks.py`, their timetable in `schedule.py`."""

import os
import warnings

from celery import Celery
from celery.signals import setup_logging, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")

# The embedded default may run as root (a container, a fresh machine); messages are JSON, never
# pickle.
warnings.filterwarnings("ignore", message="You're running the worker with superuser privileges")

app = Celery("helpdesk")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_djangos_logging(**_: object) -> None:
    """Stop Celery from installing its own handlers: settings.LOGGING serves every process."""
    import logging.config

    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)


@worker_init.connect
def share_what_is_loaded(**_: object) -> None:
    """Before the worker forks its children."""
    from core.garbage import keep_what_is_loaded

    keep_what_is_loaded()
