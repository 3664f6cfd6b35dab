"""What all addresses of the API share: errors, limits, bodies, headers."""

from __future__ import annotations

import pytest
import redis

from api import throttling
from tests.factories import api_client


def test_a_visitor_is_asked_for_a_token(db):
    answer = api_client().get("/api/v2/tickets.json")
    assert answer.status_code == 401
    assert answer.json() == {
        "error": "CouldNotAuthenticate",
        "description": "Authentication credentials were not provided.",
    }


def test_a_session_of_the_pages_is_no_token(client, alice):
    client.force_login(alice)
    assert client.get("/api/v2/tickets.json").status_code == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("{", 400),
        ("[]", 400),
        ('"ticket"', 400),
        ("null", 400),
        ('{"ticket": []}', 400),
        ('{"ticket": null}', 400),
        ("{}", 400),
        ('{"ticket": {"comment": {"body": NaN}}}', 400),
        ("[" * 100_000, 400),
        ('{"a":' * 100_000, 400),
        ('{"ticket": {"comment": 5}}', 422),
        ('{"ticket": {"comment": {"body": {}}}}', 422),
        ('{"ticket": {}}', 422),
        ("\xff\xfe", 400),
    ],
)
def test_bodies_that_cannot_be_read_are_said_to_be_so(alice, body, status):
    answer = api_client(alice).generic(
        "POST", "/api/v2/tickets.json", body.encode("latin-1"), content_type="application/json"
    )
    assert answer.status_code == status
    assert answer.json().keys() >= {"error", "description"}


def test_a_body_that_is_not_json_is_a_415(alice):
    answer = api_client(alice).post("/api/v2/tickets.json", {"a": "b"}, format="multipart")
    assert answer.status_code == 415


def test_a_body_past_the_limit_is_a_413_and_read_no_further(alice, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    body = {"ticket": {"comment": {"body": "x" * 1_000}}}
    assert api_client(alice).post("/api/v2/tickets.json", body).status_code == 413


def test_a_file_past_the_limit_is_a_413(alice, settings):
    settings.ATTACHMENT_MAX_BYTES = 10
    answer = api_client(alice).generic("POST", "/api/v2/uploads.json?filename=x", "x" * 11)
    assert answer.status_code == 413


@pytest.mark.parametrize(("path", "body"), [("uploads.json", "x"), ("uploads.json?filename=x", "")])
def test_an_upload_needs_a_name_and_a_body(alice, path, body):
    assert api_client(alice).generic("POST", f"/api/v2/{path}", body).status_code == 400


def test_verbs_that_an_address_does_not_know_are_a_405(alice):
    client = api_client(alice)
    for verb in ("PATCH", "OPTIONS", "DELETE"):
        answer = client.generic(verb, "/api/v2/tickets.json")
        assert answer.status_code == 405
        assert answer.json()["error"] == "MethodNotAllowed"


def test_what_nobody_foresaw_is_a_500_without_details(alice, monkeypatch, caplog):
    from api import tickets

    def broken(actor):
        raise RuntimeError("the secret of the database")

    monkeypatch.setattr(tickets, "visible_tickets", broken)
    answer = api_client(alice).get("/api/v2/tickets.json")
    assert answer.status_code == 500
    assert answer.json()["error"] == "InternalError"
    assert "secret" not in answer.content.decode()
    assert "api.failed" in caplog.text


def test_answers_are_not_kept_by_caches(alice):
    assert api_client(alice).get("/api/v2/users/me.json")["Cache-Control"] == "private, no-store"


# Rate


def test_headers_say_what_is_left(alice, clean_cache, settings):
    settings.API_REQUESTS_PER_MINUTE = 3
    client = api_client(alice)
    left = [client.get("/api/v2/users/me.json")["X-Rate-Limit-Remaining"] for _ in range(3)]
    assert left == ["2", "1", "0"]


def test_past_the_limit_is_a_429_with_retry_after_for_this_token_alone(
    alice, bob, clean_cache, settings, monkeypatch
):
    monkeypatch.setattr(throttling.time, "time", lambda: 1_000_000_000.0)
    settings.API_REQUESTS_PER_MINUTE = 1
    client = api_client(alice)
    client.get("/api/v2/users/me.json")
    answer = client.get("/api/v2/users/me.json")
    assert answer.status_code == 429
    assert answer.json()["error"] == "TooManyRequests"
    assert 1 <= int(answer["Retry-After"]) <= 61
    assert answer["X-Rate-Limit"] == "1"
    assert api_client(bob).get("/api/v2/users/me.json").status_code == 200


def test_the_next_minute_begins_anew(alice, clean_cache, settings, monkeypatch):
    settings.API_REQUESTS_PER_MINUTE = 1
    client = api_client(alice)
    for minute, status in [(0, 200), (0, 429), (1, 200)]:
        monkeypatch.setattr(throttling.time, "time", lambda at=minute: 1_000_000_020.0 + 60 * at)
        assert client.get("/api/v2/users/me.json").status_code == status


def test_a_lost_cache_lets_everybody_through(alice, settings, monkeypatch, caplog):
    settings.API_REQUESTS_PER_MINUTE = 1

    class Away:
        def add(self, *args, **kwargs):
            raise redis.ConnectionError

    monkeypatch.setattr(throttling, "cache", Away())
    client = api_client(alice)
    for _ in range(3):
        assert client.get("/api/v2/users/me.json").status_code == 200
    assert "api.rate_unknown" in caplog.text
