"""Attack 42: tokens are hashed at rest, never shown again, absent from logs, lists and errors."""

from __future__ import annotations

import base64
import hashlib
import io
import logging

import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from accounts.actions import create_api_token, revoke_api_token, use_api_token
from accounts.models import ApiToken
from tests.factories import as_actor


@pytest.fixture
def secret(alice):
    return create_api_token(actor=as_actor(alice), user=alice, name="tests")[1]


def get(authorization):
    return APIClient().get("/api/v2/users/me.json", HTTP_AUTHORIZATION=authorization)


def basic(name, password):
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


def test_only_a_fingerprint_is_kept(secret):
    token = ApiToken.objects.get()
    assert token.digest == hashlib.sha256(secret.encode()).hexdigest()
    stored = " ".join(str(value) for value in ApiToken.objects.values().get().values())
    assert secret not in stored
    assert len(base64.urlsafe_b64decode(secret + "=")) == 32
    assert secret not in str(token)
    assert secret not in repr(token)


def test_bearer_and_zendesks_basic_form_both_work(secret, alice):
    for authorization in (f"Bearer {secret}", f"bearer {secret}",
                          basic(f"{alice.email}/token", secret),
                          basic(f"{alice.email.upper()}/token", secret)):  # fmt: skip
        assert get(authorization).json()["user"]["email"] == alice.email


@pytest.mark.parametrize(
    "authorization",
    [
        "Bearer", "Bearer ", "Bearer nonsense", "Basic", "Basic %%%", "Basic //79", "Token x",
        "Digest username=x", basic("alice@example.com/token", "nonsense"),
        basic("alice@example.com", "correct horse battery"), basic("/token", ""), "\xff",
    ],
)  # fmt: skip
def test_anything_else_is_a_401(secret, authorization):
    answer = get(authorization)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["error"] == "CouldNotAuthenticate"


def test_a_token_does_not_work_under_another_address(secret, bob):
    assert get(basic(f"{bob.email}/token", secret)).status_code == 401


def test_a_revoked_token_is_dead(secret, alice):
    revoke_api_token(actor=as_actor(alice), token=ApiToken.objects.get())
    assert use_api_token(secret=secret) is None
    assert get(f"Bearer {secret}").status_code == 401


def test_a_token_in_the_address_is_no_sign_in(secret):
    for name in ("token", "access_token", "api_token"):
        assert APIClient().get(f"/api/v2/users/me.json?{name}={secret}").status_code == 401


def test_a_token_stands_in_no_answer_and_no_log(secret, caplog):
    with caplog.at_level(logging.DEBUG):
        for path in ("users/me.json", "users.json", "tickets.json", "nothing.json"):
            answer = APIClient().get(f"/api/v2/{path}", HTTP_AUTHORIZATION=f"Bearer {secret}")
            assert secret not in answer.content.decode()
    assert secret not in caplog.text
    assert ApiToken.digest_of(secret) not in caplog.text


def test_its_use_is_noted_to_the_hour(secret, django_assert_num_queries):
    use_api_token(secret=secret)
    first = ApiToken.objects.get().last_used_at
    assert first is not None
    with django_assert_num_queries(1):
        use_api_token(secret=secret)


def test_the_command_prints_a_working_token_once(alice):
    out = io.StringIO()
    call_command("api_token", "Alice@Example.com", "--name", "shop", stdout=out)
    printed = out.getvalue().splitlines()[0]
    assert get(f"Bearer {printed}").status_code == 200
    assert "curl" in out.getvalue()
    assert ApiToken.objects.get().name == "shop"


def test_the_command_says_when_there_is_nobody(db):
    with pytest.raises(CommandError, match="no active person"):
        call_command("api_token", "nobody@example.com")
