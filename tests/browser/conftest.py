"""One Chromium for a run, and pages in it that begin signed in."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.handlers import StaticFilesHandlerMixin
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.signals import request_finished, request_started
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright

from accounts.models import User
from core.storage.static import with_imports
from tests.browser.live_house import live_house
from tests.browser.pages import SIZES, wait_until_usable
from tests.factories import SETUP, as_actor, sign_in
from tickets.actions import install_stock_views, update_ticket
from tickets.drafts import CommentDraft

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
CONNECTED: set[Any] = set()  # sockets of the test's server

OpenPage = Callable[..., Page]
expect.set_options(timeout=15_000)  # a machine that does other things as well is no fault of ours


@pytest.fixture
def desk(alice, bob, make_ticket, support) -> dict[str, Any]:
    """Views, a conversation of every kind of message, and a second ticket."""
    install_stock_views(actor=SETUP)
    ticket = make_ticket(
        subject="Lamp", group_id=support.pk, assignee_id=alice.pk, tags=("vip",),
        comment={"html": '<p>Hello</p><img data-remote-src="https://x.example/1.png" alt="">'},
    )  # fmt: skip
    note = CommentDraft(author_id=bob.pk, body="Is it **ours**?", is_public=False)
    update_ticket(actor=as_actor(bob), ticket_id=ticket.pk, comment=note)
    reply = CommentDraft(author_id=alice.pk, body="We look into it.")
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, comment=reply)
    return {"ticket": ticket, "other": make_ticket(subject="Chair", assignee_id=alice.pk)}


@pytest.fixture
def sessions(desk) -> dict[str, str]:
    """The session keys of the staff, by the name in their address."""
    return {
        person.email.partition("@")[0]: sign_in(Client(), person)
        .cookies[settings.SESSION_COOKIE_NAME]
        .value
        for person in User.objects.staff()
    }


@pytest.fixture(scope="session")
def chromium_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Chromium that tests connect to, one after the other."""
    if not CHROMIUM.exists():
        message = f"There is no browser at {CHROMIUM}: install the package chromium."
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    launch = tmp_path_factory.mktemp("chromium") / "launch.json"
    launch.write_text(json.dumps({"executablePath": str(CHROMIUM), "args": ARGUMENTS}))
    command = [sys.executable, "-m", "playwright", "launch-server", "--browser", "chromium"]
    server = subprocess.Popen(
        [*command, "--config", str(launch)],
        stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert server.stdout is not None
    yield server.stdout.readline().strip()
    os.killpg(server.pid, signal.SIGTERM)  # the server is a child of the command
    server.communicate()


@pytest.fixture
def chromium(chromium_server: str, live_server, sessions) -> Iterator[Browser]:
    """The browser, met when the data is there and left, with all its pages, before the server.

    Playwright's event loop runs in this thread, where Django then allows no queries.
    """
    with sync_playwright() as playwright, requests_ended():
        browser = playwright.chromium.connect(chromium_server)
        yield browser
        browser.close()


@contextlib.contextmanager
def requests_ended() -> Iterator[None]:
    """Wait at the end for what a page sent last: it would meet a database that is being emptied.

    A draft that leaves with its page may be on the line and not yet begun: the browser, now closed,
    has to have let go of all its connections, too.
    """
    running: list[object] = []

    def begun(**_kwargs: Any) -> None:
        running.append(None)

    def ended(**_kwargs: Any) -> None:
        running.pop()

    request_started.connect(begun)
    request_finished.connect(ended)
    yield
    until = time.monotonic() + 5
    while (running or CONNECTED) and time.monotonic() < until:
        time.sleep(0.01)
    request_started.disconnect(begun)
    request_finished.disconnect(ended)


@pytest.fixture(autouse=True, scope="session")
def connections_counted() -> Iterator[None]:
    take, drop = ThreadedWSGIServer.process_request, ThreadedWSGIServer.shutdown_request

    def taken(server: ThreadedWSGIServer, request: Any, address: Any) -> None:
        CONNECTED.add(request)
        take(server, request, address)

    def dropped(server: ThreadedWSGIServer, request: Any) -> None:
        drop(server, request)
        CONNECTED.discard(request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ThreadedWSGIServer, "process_request", taken)
        patch.setattr(ThreadedWSGIServer, "shutdown_request", dropped)
        yield


@pytest.fixture(autouse=True, scope="session")
def answers_at_once() -> None:
    """Django's server sends head and body apart; else each waits 40 ms for the other side's word
    (Nagle's algorithm and delayed acknowledgements), at a hundred files a page.
    """
    WSGIRequestHandler.disable_nagle_algorithm = True


@pytest.fixture(autouse=True, scope="session")
def keeps_files() -> Iterator[None]:
    """A window asks for each static file once, and for one style sheet, as of the real server."""
    serve = StaticFilesHandlerMixin.serve
    files = {path: (storage, path) for finder in get_finders() for path, storage in finder.list([])}
    sheets = {
        f"{settings.STATIC_URL}{name}": storage.open(path).read()
        for name, (storage, path) in with_imports(files).items()
    }

    def kept(handler: StaticFilesHandlerMixin, request: HttpRequest) -> HttpResponseBase:
        if sheet := sheets.get(request.path):
            answer: HttpResponseBase = HttpResponse(sheet, content_type="text/css")
        else:
            answer = serve(handler, request)
        answer.headers["Cache-Control"] = "max-age=3600"
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandlerMixin, "serve", kept)
        yield


@pytest.fixture
def open_page(chromium: Browser, live_server, sessions: dict[str, str]) -> OpenPage:
    """`open_page("ada", size="phone")`: a window of hers; of nobody for None.

    Without `under_policy` axe can be put into the page, which its own policy forbids.
    """
    return _opener(chromium, live_server.url, sessions)


@pytest.fixture
def open_live_page(chromium: Browser, sessions: dict[str, str]) -> Iterator[OpenPage]:
    """The same on a server with websockets and a worker: what one does, the other sees."""
    with live_house() as url:
        yield _opener(chromium, url, sessions)
        for context in chromium.contexts:
            context.close()


def _opener(chromium: Browser, url: str, sessions: dict[str, str]) -> OpenPage:
    def make(person: str | None = "alice", *, size: str = "desk", under_policy: bool = False):
        context = chromium.new_context(
            viewport=SIZES[size], base_url=url, bypass_csp=not under_policy
        )
        if person:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": sessions[person]}
            context.add_cookies([{**cookie, "url": url}])
        page = context.new_page()
        for move in ("goto", "reload", "wait_for_url"):
            setattr(page, move, usable_after(page, getattr(page, move)))
        page.fill = filled_when_usable(page, page.fill)
        return page

    return make


def usable_after(page: Page, move: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(move)
    def moved(*args: Any, **kwargs: Any) -> Any:
        answer = move(*args, **kwargs)
        wait_until_usable(page)
        return answer

    return moved


def filled_when_usable(page: Page, fill: Callable[..., None]) -> Callable[..., None]:
    """A text area that an editor is about to replace is filled when that has happened."""

    @functools.wraps(fill)
    def filled(selector: str, *args: Any, **kwargs: Any) -> None:
        page.wait_for_selector(selector, state="attached")
        wait_until_usable(page)
        fill(selector, *args, **kwargs)

    return filled
