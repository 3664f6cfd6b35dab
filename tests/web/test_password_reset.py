"""Forgotten and changed passwords (attacks 37–39, 41)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.core import mail
from django.test import Client

from accounts.models import User
from core import outbox
from core.models import OutboxMessage
from tests.factories import PASSWORD

pytestmark = pytest.mark.usefixtures("clean_cache")
NEW = "another horse, another battery"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def ask(email: str, **extra: str):
    return Client().post("/password/reset/", {"email": email}, **extra)


def mailed_link(email: str) -> str:
    """Ask for a link and read it from the mail, as a path of this site."""
    ask(email)
    outbox.drain()
    found = re.search(r"http://localhost:8000(/password/reset/\S+/\S+/)", mail.outbox[-1].body)
    return found[1]


def follow(path: str) -> tuple[Client, str]:
    """Open a mailed link; where it leads to."""
    client = Client()
    response = client.get(path)
    return client, response.get("Location", "")


def choose(path: str, password: str = NEW, again: str = ""):
    client, form = follow(path)
    data = {"new_password1": password, "new_password2": again or password}
    return client.post(form or path, data)


def may_sign_in(user: User, password: str) -> bool:
    return authenticate(email=user.email, password=password) is not None


def test_a_mailed_link_leads_to_a_new_password(carol: User) -> None:
    response = choose(mailed_link(carol.email))
    assert (response.status_code, response["Location"]) == (302, "/sign-in/")
    assert may_sign_in(carol, NEW)
    assert not may_sign_in(carol, PASSWORD)


def test_the_mail_is_for_one_person_and_for_no_machine(carol: User) -> None:
    mailed_link(carol.email)
    message = mail.outbox[-1]
    assert message.to == [carol.email]
    assert message.subject == "Choose a new password for BrightCart Support"
    assert "Hello Carol," in message.body
    assert "4 hours" in message.body
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert message.alternatives[0].mimetype == "text/html"


def test_known_and_unknown_addresses_get_the_same_answer(carol: User) -> None:
    User.objects.filter(pk=carol.pk).update(is_active=True)
    known, unknown = ask(carol.email), ask("nobody@nowhere.example")
    assert (known.status_code, known["Location"]) == (302, "/password/reset/sent/")
    assert (unknown.status_code, unknown["Location"]) == (302, "/password/reset/sent/")
    assert OutboxMessage.objects.count() == 2  # the same work for both, whoever they are
    outbox.drain()
    assert [message.to for message in mail.outbox] == [[carol.email]]


def test_people_who_were_switched_off_get_nothing(carol: User) -> None:
    User.objects.filter(pk=carol.pk).update(is_active=False)
    assert ask(carol.email).status_code == 302
    outbox.drain()
    assert mail.outbox == []


def test_a_customer_who_only_ever_wrote_mails_can_get_a_password(carol: User) -> None:
    User.objects.filter(pk=carol.pk).update(password="!")
    choose(mailed_link(carol.email))
    assert may_sign_in(carol, NEW)


def test_an_address_is_taken_without_regard_to_case(carol: User) -> None:
    ask(f"  {carol.email.upper()} ")
    outbox.drain()
    assert mail.outbox[0].to == [carol.email]


@pytest.mark.parametrize("email", ["", "no address", "a@b\r\nBcc: c@d.example"])
@pytest.mark.django_db
def test_what_is_no_address_is_refused(email: str) -> None:
    assert ask(email).status_code == 422
    assert not OutboxMessage.objects.exists()


def test_a_link_works_once(carol: User) -> None:
    path = mailed_link(carol.email)
    choose(path)
    second = choose(path, "yet another long password")
    assert second.status_code == 200
    assert "This link does not work any more" in second.content.decode()
    assert may_sign_in(carol, NEW)


def test_a_link_dies_with_any_change_of_the_password(carol: User) -> None:
    path = mailed_link(carol.email)
    carol.set_password("changed meanwhile")
    carol.save()
    assert follow(path)[1] == ""


def test_a_link_dies_with_the_address_it_was_sent_to(carol: User) -> None:
    path = mailed_link(carol.email)
    User.objects.filter(pk=carol.pk).update(email="new@nordwind.example")
    assert follow(path)[1] == ""


def test_a_link_dies_after_four_hours(carol: User, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth.tokens import PasswordResetTokenGenerator as Tokens

    path = mailed_link(carol.email)
    now = Tokens()._now()
    monkeypatch.setattr(Tokens, "_now", lambda self: now + timedelta(hours=3, minutes=59))
    assert follow(path)[1] != ""
    monkeypatch.setattr(Tokens, "_now", lambda self: now + timedelta(hours=4, seconds=1))
    assert follow(path)[1] == ""


def test_a_link_of_one_person_does_not_open_anothers_account(carol: User, mallory: User) -> None:
    own, other = mailed_link(mallory.email), mailed_link(carol.email)
    token = own.rstrip("/").rpartition("/")[2]
    forged = other.rstrip("/").rpartition("/")[0] + f"/{token}/"
    assert follow(forged)[1] == ""
    assert may_sign_in(carol, PASSWORD)


@pytest.mark.parametrize("tail", ["MQ/x-y/", "null/null/", "../x/", "%00/a-b/"])
@pytest.mark.django_db
def test_invented_links_do_not_work(tail: str) -> None:
    response = Client().get(f"/password/reset/{tail}")
    assert response.status_code in (200, 404)
    assert b"new_password1" not in response.content


def test_the_token_leaves_the_address_at_once(carol: User) -> None:
    path = mailed_link(carol.email)
    token = path.rstrip("/").rpartition("/")[2]
    assert token not in follow(path)[1]


@pytest.mark.parametrize(
    ("password", "again"), [("short", ""), (NEW, "something else"), ("passwordpassword", "")]
)
def test_a_poor_password_is_refused(carol: User, password: str, again: str) -> None:
    User.objects.filter(pk=carol.pk).update(name="passwordpassword")
    response = choose(mailed_link(carol.email), password, again)
    assert response.status_code == 422
    assert may_sign_in(carol, PASSWORD)


def test_a_flood_into_one_mailbox_stops_without_a_word(carol: User) -> None:
    codes = [ask(carol.email, REMOTE_ADDR=f"192.0.2.{n}").status_code for n in range(6)]
    assert codes == [302] * 6
    assert OutboxMessage.objects.count() == 3


@pytest.mark.django_db
def test_a_flood_from_one_place_stops_whatever_its_headers_say() -> None:
    codes = [
        ask(f"x{n}@example.com", HTTP_X_FORWARDED_FOR=f"192.0.2.{n}").status_code for n in range(22)
    ]
    assert codes == [302] * 20 + [429] * 2


def test_a_reset_ends_all_sessions(carol: User) -> None:
    signed_in = client_of(carol)
    assert signed_in.get("/requests/").status_code == 200
    choose(mailed_link(carol.email))
    assert signed_in.get("/requests/").status_code == 302


def test_changing_the_password_ends_other_sessions_and_keeps_this_one(carol: User) -> None:
    here, elsewhere = client_of(carol), client_of(carol)
    key = here.session.session_key
    data = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert here.post("/password/change/", data).status_code == 302
    assert here.get("/requests/").status_code == 200
    assert elsewhere.get("/requests/").status_code == 302
    assert here.session.session_key != key
    assert may_sign_in(carol, NEW)


def test_changing_the_password_needs_the_present_one(carol: User) -> None:
    data = {"old_password": "wrong", "new_password1": NEW, "new_password2": NEW}
    client = client_of(carol)
    codes = [client.post("/password/change/", data).status_code for _ in range(11)]
    assert codes == [422] * 10 + [429]
    assert may_sign_in(carol, PASSWORD)


@pytest.mark.django_db
def test_visitors_cannot_change_a_password() -> None:
    assert Client().get("/password/change/").status_code == 302


@pytest.mark.django_db
def test_the_sign_in_page_leads_here() -> None:
    assert b'href="/password/reset/"' in Client().get("/sign-in/").content
