"""Services, database and the small cast that every test may use."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from xdist.scheduler import LoadScopeScheduling

from accounts.actor import Actor
from accounts.models import Group, Organization, User
from core.garbage import keep_what_is_loaded
from helpdesk import embedded
from macros.actions import install_stock_automations, install_stock_triggers
from tests import database, factories
from tests.chats import chat, say, visitor, widget  # noqa: F401  fixtures of every test
from tests.settings import OWN_DATA_PREFIX
from tickets.models import Ticket


def pytest_configure(config: pytest.Config) -> None:
    """The first process of a run keeps its folder, and clears what killed runs have left."""
    if hasattr(config, "workerinput"):
        return
    own = settings.DATA_DIR
    if own.name.startswith(OWN_DATA_PREFIX):
        # As every process that uses a folder's services does, until it ends.
        users = (own / "users.lock").open("a")
        fcntl.flock(users, fcntl.LOCK_SH)
        atexit.register(_remove_unless_in_use, own)
        atexit.register(users.close)
    for users_lock in Path(tempfile.gettempdir()).glob(f"{OWN_DATA_PREFIX}*/users.lock"):
        if users_lock.parent != own:
            _remove_unless_in_use(users_lock.parent)


BROWSERS = "tests/browser/"
WHOLE_HOUSES = ("tests/journeys/", "tests/chaos/test_ledger.py", "tests/chaos/test_chat.py")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling | None:
    """Of `--dist loadgroup`: browsers and whole houses go one by one, each kind on one worker."""
    return OneByOne(config, log) if config.getoption("dist") == "loadgroup" else None


class OneByOne(LoadScopeScheduling):
    """Groups by folder, begun first; then each other file is one, the fullest before the rest.

    What the tests of a file share is made once, and the scheduler, which looks through all its
    groups after each test, has hundreds of them and not thousands.
    """

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(BROWSERS):
            return "browsers"
        if nodeid.startswith(WHOLE_HOUSES):
            return "whole houses"
        return nodeid.partition("::")[0]

    def _assign_work_unit(self, node: Any) -> None:
        for lane in ("whole houses", "browsers"):
            if lane in self.workqueue:
                self.workqueue.move_to_end(lane, last=False)
        super()._assign_work_unit(node)


def pytest_collection_finish() -> None:
    """What is loaded now stays: the garbage collector need not walk it again and again."""
    keep_what_is_loaded()


def _remove_unless_in_use(folder: Path) -> None:
    with contextlib.suppress(OSError), (folder / "users.lock").open("a") as users:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        embedded.stop(embedded.Places(folder))
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def services() -> None:
    """PostgreSQL and Valkey, embedded ones unless the environment names others."""
    postgres, valkey = settings.EMBEDDED_POSTGRES, settings.EMBEDDED_VALKEY
    if not (postgres or valkey):
        return
    embedded.start(settings.DATA_DIR, postgres=postgres, valkey=valkey)
    if postgres:
        _trade_safety_for_speed()


def _trade_safety_for_speed() -> None:
    with psycopg.connect(
        host=str(settings.PLACES.sockets), user="postgres", dbname="postgres", autocommit=True
    ) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    services: None, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Start the services before the first test that needs them; pure tests start nothing."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Every test begins with the rules that a new installation has."""
    with django_db_blocker.unblock():
        install_stock_triggers(actor=factories.SETUP)
        install_stock_automations(actor=factories.SETUP)
        database.keep_rows()
    database.replace_djangos_flush()


@pytest.fixture
def clean_cache(services: None) -> Iterator[None]:
    """An empty cache before and after: rate limits and the like do not reach other tests."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def as_actor() -> Callable[..., Actor]:
    """`as_actor(alice)`, or `as_actor(carol, channel="email")`."""
    return factories.as_actor


@pytest.fixture
def cast(db: None) -> factories.Cast:
    """The people of a test; the fixtures below are its members, described there."""
    return factories.Cast()


@pytest.fixture
def make_ticket(db: None, carol: User) -> Callable[..., Ticket]:
    """`make_ticket(subject="…", requester=…, actor=…)`: see tests.factories.make_ticket."""
    return lambda **overrides: factories.make_ticket(**{"requester": carol, **overrides})


@pytest.fixture
def support(cast: factories.Cast) -> Group:
    return cast.support


@pytest.fixture
def billing(cast: factories.Cast) -> Group:
    return cast.billing


@pytest.fixture
def nordwind(cast: factories.Cast) -> Organization:
    return cast.nordwind


@pytest.fixture
def alice(cast: factories.Cast) -> User:
    return cast.alice


@pytest.fixture
def bob(cast: factories.Cast) -> User:
    return cast.bob


@pytest.fixture
def lead(cast: factories.Cast) -> User:
    return cast.lead


@pytest.fixture
def admin(cast: factories.Cast) -> User:
    return cast.admin


@pytest.fixture
def lightly(cast: factories.Cast) -> User:
    return cast.lightly


@pytest.fixture
def carol(cast: factories.Cast) -> User:
    return cast.carol


@pytest.fixture
def dave(cast: factories.Cast) -> User:
    return cast.dave


@pytest.fixture
def mallory(cast: factories.Cast) -> User:
    return cast.mallory
