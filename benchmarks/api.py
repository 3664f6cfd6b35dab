"""api_list and api_create: requests a second with four clients, and their latency."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator

from benchmarks import desk
from benchmarks.house import House
from benchmarks.result import Result, timed

CLIENTS = 4
REQUESTS = 100  # a client


def api_list(house: House) -> Iterator[Result]:
    """A page of 100 tickets by cursor."""
    token = _token()

    def read(connection: http.client.HTTPConnection, headers: dict[str, str], _: int) -> None:
        _ask(connection, headers, "GET", "/api/v2/tickets.json?page[size]=100")

    yield from _measure("api_list", house, token, read, "100 tickets a page")


def api_create(house: House) -> Iterator[Result]:
    token = _token()

    def create(
        connection: http.client.HTTPConnection, headers: dict[str, str], number: int
    ) -> None:
        ticket = {
            "subject": f"Created by program {number}",
            "comment": {"body": "The order has not arrived and nobody answers the phone."},
            "requester": {
                "name": "Program Customer",
                "email": f"api{number % 500}@customers.example",
            },
        }
        _ask(connection, headers, "POST", "/api/v2/tickets.json", json.dumps({"ticket": ticket}))

    yield from _measure("api_create", house, token, create, "ticket with comment and requester")


def _token() -> str:
    desk.fill()
    from accounts.actions import create_api_token
    from accounts.actor import system_actor
    from accounts.models import User

    user = User.objects.get(email="agent0@example.com")
    return create_api_token(actor=system_actor("Benchmark"), user=user, name="benchmark")[1]


def _ask(
    connection: http.client.HTTPConnection,
    headers: dict[str, str],
    method: str,
    path: str,
    body: str | None = None,
) -> None:
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    content = response.read()
    if response.status not in (200, 201):
        raise RuntimeError(f"{method} {path} answered {response.status}: {content[:300]!r}")


def _measure(
    name: str, house: House, token: str, one: Callable[..., None], what: str
) -> Iterator[Result]:
    headers = {
        "Authorization": f"Bearer {token}", "Host": "localhost",
        "Content-Type": "application/json",
    }  # fmt: skip
    durations: list[float] = []
    failures: list[Exception] = []

    def work(client: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=60)
        try:
            for number in range(REQUESTS):
                began = time.perf_counter()
                one(connection, headers, client * REQUESTS + number)
                durations.append(time.perf_counter() - began)
        except Exception as error:  # noqa: BLE001  raised again in the main thread
            failures.append(error)

    threads = [threading.Thread(target=work, args=(client,)) for client in range(CLIENTS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    took = time.perf_counter() - began
    result = timed(name, durations, f"{desk.TICKETS:,} tickets; {CLIENTS} clients; {what}")
    yield Result(
        name=name, n=result.n, conditions=result.conditions, p50_ms=result.p50_ms,
        p95_ms=result.p95_ms, per_second=len(durations) / took,
    )  # fmt: skip
