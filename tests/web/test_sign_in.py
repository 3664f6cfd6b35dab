from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from redis.exceptions import ConnectionError as ValkeyIsAway

from tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]


def sign_in(browser: Client, email: str, password: str = PASSWORD, **extra: str):
    return browser.post("/sign-in/", {"email": email, "password": password, **extra})


def test_an_agent_lands_in_the_workspace_and_a_customer_at_their_requests(alice, carol):
    for person, path in ((alice, "/home/"), (carol, "/requests/")):
        browser = Client()
        assert sign_in(browser, person.email)["Location"] == "/"
        assert browser.get("/")["Location"] == path


def test_the_session_gets_a_new_key(alice):
    browser = Client()
    browser.get("/sign-in/")
    session = browser.session
    session["before"] = 1
    session.save()
    before = browser.session.session_key
    browser.cookies["sessionid"] = before
    sign_in(browser, alice.email)
    assert browser.session.session_key != before


def test_unknown_and_known_addresses_get_the_same_answer(alice):
    known = sign_in(Client(), alice.email, "wrong password")
    unknown = sign_in(Client(), "alice@nowhere.example", "wrong password")
    assert known.status_code == unknown.status_code == 422

    def words(answer):
        return answer.content.decode().split("</form>")[0].split("<form")[1].split('role="alert"')

    assert words(known)[1].split("</div>")[0] == words(unknown)[1].split("</div>")[0]


def test_guessing_is_braked_and_the_right_password_does_not_help_then(alice):
    browser = Client()
    for _ in range(10):
        assert sign_in(browser, alice.email, "wrong").status_code == 422
    assert sign_in(browser, alice.email).status_code == 429
    assert "_auth_user_id" not in browser.session
    elsewhere = browser.post(
        "/sign-in/", {"email": alice.email, "password": PASSWORD}, REMOTE_ADDR="192.0.2.7"
    )
    assert elsewhere.status_code == 302


def test_a_forged_forwarding_header_does_not_lift_the_brake(alice):
    browser = Client()
    for n in range(10):
        browser.post(
            "/sign-in/",
            {"email": alice.email, "password": "wrong"},
            headers={"X-Forwarded-For": f"198.51.100.{n}"},
        )
    assert sign_in(browser, alice.email).status_code == 429


def test_people_can_sign_in_while_valkey_is_away(alice, monkeypatch):
    def fail(*args: object, **kwargs: object) -> None:
        raise ValkeyIsAway

    monkeypatch.setattr(type(cache._connections["default"]), "get_many", fail)
    assert sign_in(Client(), alice.email).status_code == 302


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil"]
)
def test_nobody_is_led_away_after_signing_in(alice, target):
    assert sign_in(Client(), alice.email, next=target)["Location"] == "/"


def test_one_comes_back_to_where_one_wanted_to_go(alice):
    assert sign_in(Client(), alice.email, next="/views/")["Location"] == "/views/"


def test_signing_out_needs_post_and_ends_the_session(browser_of, alice):
    browser = browser_of(alice)
    assert browser.get("/sign-out/").status_code == 405
    assert browser.post("/sign-out/").status_code == 302
    assert browser.get("/views/")["Location"].startswith("/sign-in/")


def test_demo_people_are_shown_in_demo_mode_only(settings, alice, carol):
    assert "alice@example.com" not in Client().get("/sign-in/").content.decode()
    settings.DEMO_MODE = True
    page = Client().get("/sign-in/").content.decode()
    assert "alice@example.com" in page
    assert carol.email not in page


def test_the_theme_is_kept(browser_of, alice):
    browser = browser_of(alice)
    answer = browser.post("/theme/", {"theme": "dark", "next": "https://evil.example/"})
    assert answer["Location"] == "/"
    assert 'data-theme="dark"' in browser.get("/views/").content.decode()
    assert browser.post("/theme/", {"theme": "pink"}).status_code == 400
