"""Visitors and an agent at their pages: they send again until it is taken, and come back."""

from __future__ import annotations

import contextlib
import json
import re
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

import httpx
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from tests.journeys.house import House

AGAIN = 0.3  # seconds until a page comes back; browsers' pages begin with as much
BROKEN = (OSError, WebSocketException, TimeoutError, httpx.HTTPError)


class Person(threading.Thread):
    """Somebody with a page open until `leave()`."""

    def __init__(self, house: House) -> None:
        super().__init__(daemon=True)
        self.house = house
        self.client = httpx.Client(base_url=house.url, timeout=5)
        self.has_left = threading.Event()
        self.failures: list[str] = []

    def leave(self) -> None:
        self.has_left.set()
        self.join(10)

    def run(self) -> None:
        while not self.has_left.is_set():
            try:
                self.be_there()
            except BROKEN:
                self.has_left.wait(AGAIN)
            except Exception as error:  # noqa: BLE001  told at the end, whatever it was
                self.failures.append(repr(error))
                return

    def be_there(self) -> None:
        """One connection, until it breaks."""
        raise NotImplementedError

    def socket(self, path: str, **headers: str) -> contextlib.AbstractContextManager[Any]:
        return connect(
            f"ws://localhost:{self.house.port}{path}", open_timeout=5, close_timeout=1,
            additional_headers={"Origin": self.house.url, **headers},
        )  # fmt: skip


class Visitor(Person):
    """A page of the widget: what is not taken is sent again, what comes twice is shown once."""

    def __init__(self, house: House, key: str, name: str) -> None:
        super().__init__(house)
        self.key, self.name_shown, self.token = key, name, ""
        self.said: list[str] = []
        self.outbox: dict[str, str] = {}  # by the id that the page gives to a message
        self.shown: dict[int, dict[str, Any]] = {}

    def say(self, text: str) -> None:
        self.said.append(text)
        self.outbox = {**self.outbox, uuid.uuid4().hex: text}

    @property
    def heard(self) -> list[str]:
        """What the page shows of the other side, from the top."""
        return [each["text"] for _, each in sorted(self.shown.items()) if not each["own"]]

    def meet(self) -> None:
        if not self.token:
            answer = self.client.post(f"/chat/{self.key}/visitors/", json={})
            self.token = answer.raise_for_status().json()["token"]
            self.client.headers["X-Visitor"] = self.token

    def note(self, told: list[dict[str, Any]]) -> None:
        self.shown |= {message["id"]: message for message in told}

    def take(self, client_id: str) -> None:
        self.outbox = {key: text for key, text in self.outbox.items() if key != client_id}


class SocketVisitor(Visitor):
    def be_there(self) -> None:
        self.meet()
        with self.socket("/ws/chat/") as socket:
            hello = {"widget": self.key, "token": self.token, "after": max(self.shown, default=0)}
            socket.send(json.dumps({"hello": hello}))
            sent: set[str] = set()
            is_welcome = False
            while not self.has_left.is_set():
                if is_welcome:
                    self._send(socket, sent)
                with contextlib.suppress(TimeoutError):
                    is_welcome |= self._hear(socket, json.loads(socket.recv(timeout=0.1)), sent)

    def _send(self, socket: ClientConnection, sent: set[str]) -> None:
        for client_id, text in self.outbox.items():
            if client_id not in sent:
                sent.add(client_id)
                socket.send(json.dumps({"say": {"client_id": client_id, "text": text}}))

    def _hear(self, socket: ClientConnection, told: dict[str, Any], sent: set[str]) -> bool:
        self.take(told.get("taken", ""))
        sent.discard(told.get("slow", ""))
        if said := told.get("messages") or told.get("welcome", {}).get("messages"):
            self.note(said)
            socket.send(json.dumps({"got": max(self.shown)}))
        return "welcome" in told


class HttpVisitor(Visitor):
    """The same page where no websocket comes through: it asks again and again."""

    def be_there(self) -> None:
        self.meet()
        version = ""
        while not self.has_left.wait(0.5):
            for client_id, text in self.outbox.items():
                body = {"client_id": client_id, "text": text}
                answer = self.client.post(f"/chat/{self.key}/messages/", json=body)
                if answer.status_code == 201:
                    self.take(answer.json()["taken"])
            answer = self.client.get(f"/chat/{self.key}/conversation/", params={"version": version})
            if answer.raise_for_status().status_code == 200:
                told = answer.json()
                self.note(told["messages"])
                path = f"/chat/{self.key}/chats/{told['chat']['key']}/receipts/"
                self.client.post(path, json={"got": max(self.shown)}).raise_for_status()
                version = told["version"]


class Agent(Person):
    """Ada's browser: it watches her tickets, and fetches what they show when it is told."""

    def __init__(self, house: House) -> None:
        super().__init__(house)
        self.tickets: tuple[int, ...] = ()
        self.shown: dict[int, list[str]] = {}
        self.waiting: list[tuple[str, dict[str, str]]] = []

    def sign_in(self, email: str, password: str) -> None:
        self.client.get("/sign-in/")
        form = {"email": email, "password": password}
        self.post("/sign-in/", form).raise_for_status()

    def post(self, path: str, form: dict[str, str]) -> httpx.Response:
        token = self.client.cookies["csrftoken"]
        headers = {"X-CSRFToken": token, "HX-Request": "true", "Referer": self.house.url}
        return self.client.post(path, data=form, headers=headers, follow_redirects=True)

    def insist(self, path: str, **form: str) -> None:
        """Send a form until it is answered well; the page keeps the text as long."""
        key = uuid.uuid4().hex
        until_done(lambda: self.post(path, {**form, "submit_key": key}).status_code < 300)

    def be_there(self) -> None:
        session = f"sessionid={self.client.cookies['sessionid']}"
        with self.socket("/ws/", Cookie=session) as socket:
            watched = self.tickets
            socket.send(json.dumps({"watch": [f"ticket.{number}" for number in watched]}))
            for number in watched:
                self._fetch(number)
            while not self.has_left.is_set() and watched == self.tickets:
                with contextlib.suppress(TimeoutError):
                    fact = json.loads(socket.recv(timeout=0.2))
                    if fact.get("kinds") and fact.get("ticket") in watched:
                        self._fetch(fact["ticket"])

    def _fetch(self, number: int) -> None:
        page = self.client.get(f"/tickets/{number}/parts/", params={"version": 0, "only": ""})
        texts = re.findall(r"visitor \d+ says \d+", page.raise_for_status().text)
        self.shown[number] = list(dict.fromkeys(texts))


def until_done(attempt: Callable[[], bool], *, seconds: float = 60) -> None:
    """Try again until it is done, whatever breaks meanwhile."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(*BROKEN):
            if attempt():
                return
        time.sleep(AGAIN)
    raise AssertionError(f"not done within {seconds:.0f} s")
