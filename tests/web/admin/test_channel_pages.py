"""The settings of e-mail addresses: what is shown, what is refused, and what is never shown."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from channels_in.actions import OutgoingDraft, create_account, set_outgoing
from channels_in.models import ChannelAccount, Fate, InboundItem, Mailbox, OutgoingServer
from core import clock
from core.crypto import seal
from tests.factories import SETUP
from tickets.models import Schedule

pytestmark = pytest.mark.django_db

TABS = (
    "", "details/", "incoming/", "incoming/?way=mailbox", "incoming/?way=webhook", "outgoing/",
    "outgoing/?kind=smtp", "outgoing/?kind=provider", "outgoing/dkim/", "consent/", "test/",
)  # fmt: skip


@pytest.fixture
def item(account):
    now = clock.now()
    return InboundItem.objects.create(
        account=account, external_id="x", raw=b"x", size=1, received_at=now, next_attempt_at=now,
        fate=Fate.FAILED, subject="Broken <b>mail</b>", detail="ValueError: odd bytes",
    )  # fmt: skip


def mailbox_of(account, **values):
    now = clock.now()
    return Mailbox.objects.create(
        **{
            "account": account, "host": "imap.example.com", "username": "us",
            "sealed_password": seal("hush-hush"), "next_check_at": now, "created_at": now,
            "updated_at": now, **values,
        }
    )  # fmt: skip


def text_of(answer) -> str:
    return answer.content.decode()


def test_the_rail_leads_to_the_settings_whoever_has_any(browser_of, admin, lead, alice):
    for person, may in ((admin, True), (lead, True), (alice, False)):  # a lead edits rules
        page = text_of(browser_of(person).get("/views/", follow=True))
        assert ('href="/admin/"' in page) == may
    assert browser_of(lead).get("/admin/channels/").status_code == 403


def test_without_an_address_the_page_teaches_the_next_step(chief):
    answer = chief.get("/admin/channels/")
    assert "No e-mail address yet" in text_of(answer)
    assert text_of(answer).count("Add an address") == 1


def test_the_list_shows_each_address_with_its_state_and_errors(chief, account, second):
    mailbox_of(second, error="The server did not answer in time.", failed_at=clock.now())
    page = text_of(chief.get("/admin/channels/"))
    assert "support@example.com" in page
    assert "IMAP · imap.example.com" in page
    assert "The server did not answer in time." in page
    assert "Trouble" in page


def test_the_list_costs_the_same_for_two_addresses_as_for_twelve(chief, boss, account, second):
    chief.get("/admin/channels/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        chief.get("/admin/channels/")
    for number in range(10):
        mailbox_of(create_account(actor=boss, address=f"x{number}@example.com"), username=number)
    with CaptureQueriesContext(connection) as many:
        chief.get("/admin/channels/")
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", "Write the address that customers write to."),
        ("not an address", "Write an address such as"),
        ("a+b@example.com", "Leave out the part from the plus sign on"),
        ("support@example.com", "This address is connected already."),
    ],
)
def test_a_wrong_address_is_explained_and_nothing_typed_is_lost(chief, account, address, sentence):
    answer = chief.post("/admin/channels/new/", {"address": address, "name": "Our <shop>"})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "Our &lt;shop&gt;" in text_of(answer)
    assert ChannelAccount.objects.count() == 1


def test_a_new_address_leads_on_through_the_steps(chief, support):
    answer = chief.post(
        "/admin/channels/new/", {"address": "Help@Example.com", "group": support.pk}
    )
    assert answer.status_code == 302, answer.context["form"].errors
    made = ChannelAccount.objects.get()
    assert (made.address, made.group) == ("help@example.com", support)
    assert answer.url == f"/admin/channels/{made.pk}/incoming/?guided=1"
    page = text_of(chief.get(answer.url))
    assert 'aria-current="step"' in page
    assert f"/admin/channels/{made.pk}/outgoing/?guided=1" in page
    saved = chief.post(f"/admin/channels/{made.pk}/outgoing/", {"kind": "default", "guided": "1"})
    assert saved.url == f"/admin/channels/{made.pk}/test/?guided=1"


@pytest.mark.parametrize("tab", TABS)
def test_no_page_ever_shows_a_secret(chief, account, tab):
    mailbox_of(account)
    set_outgoing(
        actor=SETUP, account_id=account.pk,
        draft=OutgoingDraft(
            kind="smtp", host="smtp.example.com", username="us", password="hush-hush"
        ),
    )  # fmt: skip
    OutgoingServer.objects.update(
        sealed_webhook_secret=seal("helpdesk:hush-hush"), provider="mailgun",
        sealed_provider_settings=seal('{"api_key": "hush-hush"}'),
    )  # fmt: skip
    answer = chief.get(f"/admin/channels/{account.pk}/{tab}")
    assert answer.status_code == 200
    assert "hush-hush" not in text_of(answer)


def test_known_providers_are_filled_in(chief, boss):
    gmail = create_account(actor=boss, address="our.shop@gmail.com")
    page = text_of(chief.get(f"/admin/channels/{gmail.pk}/incoming/?way=mailbox"))
    assert 'value="imap.gmail.com"' in page
    page = text_of(chief.get(f"/admin/channels/{gmail.pk}/outgoing/?kind=smtp"))
    assert 'value="smtp.gmail.com"' in page


def test_a_mailbox_that_cannot_be_reached_is_not_saved_and_its_password_not_shown(
    chief, account, settings
):
    settings.MAIL_SERVERS_ON_PRIVATE_NETWORKS = True
    typed = {
        "protocol": "imap", "host": "127.0.0.1", "port": "9", "security": "tls",
        "login": "password", "username": "us", "password": "hush-hush", "afterwards": "seen",
        "submit": "connect",
    }  # fmt: skip
    answer = chief.post(f"/admin/channels/{account.pk}/incoming/mailbox/", typed)
    assert answer.status_code == 422
    assert "No mail server answers at 127.0.0.1, port 9" in text_of(answer)
    assert 'value="127.0.0.1"' in text_of(answer)
    assert "hush-hush" not in text_of(answer)
    assert not Mailbox.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"host": "", "port": "587"}, "Write the name of the server."),
        ({"host": "127.0.0.1", "port": "9"}, "No mail server answers at 127.0.0.1, port 9"),
        ({"host": "smtp example", "port": "587"}, "Write the name of the server, such as"),
        ({"host": "x.example", "port": "99999"}, "65535"),
    ],
)
def test_a_server_that_cannot_be_signed_in_to_is_not_saved(
    chief, account, settings, typed, sentence
):
    settings.MAIL_SERVERS_ON_PRIVATE_NETWORKS = True
    rest = {"kind": "smtp", "security": "tls", "login": "password", "username": "us",
            "password": "hush-hush"}  # fmt: skip
    answer = chief.post(f"/admin/channels/{account.pk}/outgoing/", {**rest, **typed})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "hush-hush" not in text_of(answer)
    assert not OutgoingServer.objects.exists()


def test_a_provider_is_saved_with_its_key_and_keeps_it_when_left_empty(chief, account):
    url = f"/admin/channels/{account.pk}/outgoing/"
    typed = {"kind": "provider", "provider": "postmark"}
    assert chief.post(url, typed).status_code == 422
    assert chief.post(url, {**typed, "postmark-server_token": "hush"}).status_code == 302
    assert chief.post(url, typed).status_code == 302
    assert OutgoingServer.objects.get().provider == "postmark"


def test_a_webhook_secret_is_shown_once(chief, account):
    url = f"/admin/channels/{account.pk}/incoming/webhook/"
    answer = chief.post(url, {"provider": "postmark"})
    assert "helpdesk:" in text_of(answer)
    page = text_of(chief.get(f"/admin/channels/{account.pk}/incoming/?way=webhook"))
    assert "helpdesk:" not in page.replace("https://helpdesk:secret@", "")
    assert "/hooks/mail/postmark/" in page
    assert chief.post(url, {"provider": "pigeon"}).status_code == 422


def test_details_are_saved_and_mistakes_keep_what_was_typed(chief, account, support):
    url = f"/admin/channels/{account.pk}/details/"
    typed = {"name": "Shop", "group": support.pk, "language": "de", "signature": "Bye\r\nus",
             "brand_color": "#17413A"}  # fmt: skip
    assert chief.post(url, typed).status_code == 302
    account.refresh_from_db()
    assert (account.name, account.signature, account.brand_color) == ("Shop", "Bye\nus", "#17413a")
    answer = chief.post(url, {**typed, "brand_color": "green", "signature": "Kept {{ words"})
    assert answer.status_code == 422
    assert "Write a colour such as #1f6feb." in text_of(answer)
    assert "Kept {{ words" in text_of(answer)


def test_the_preview_fills_placeholders_and_judges_the_colour(chief, account):
    typed = {"signature": "{{ current_user.name }} <b>{{ nobody }}", "brand_color": "#ffee88"}
    page = text_of(chief.post(f"/admin/channels/{account.pk}/details/preview/", typed))
    assert "Ada Admin &lt;b&gt;" in page
    assert "There is no placeholder “nobody”." in page
    assert "Too light to be seen well" in page


def test_an_address_is_made_default_switched_off_and_removed(chief, account, second):
    chief.post(f"/admin/channels/{second.pk}/default/")
    chief.post(f"/admin/channels/{account.pk}/activation/", {"active": "0"})
    account.refresh_from_db()
    assert not account.is_active
    assert "Switched off" in text_of(chief.get("/admin/channels/"))
    chief.post(f"/admin/channels/{account.pk}/activation/", {"active": "1"})
    chief.post(f"/admin/channels/{account.pk}/removal/")
    assert list(ChannelAccount.objects.all()) == [second]


def test_health_shows_what_became_of_mail_and_lets_a_failed_one_be_tried_again(
    chief, account, item
):
    InboundItem.objects.update(next_attempt_at=clock.now().replace(year=2040))
    page = text_of(chief.get(f"/admin/channels/{account.pk}/"))
    assert "Broken &lt;b&gt;mail&lt;/b&gt;" in page
    assert "ValueError: odd bytes" in page
    assert "could not be processed" in page
    assert chief.post(f"/admin/items/{item.pk}/attempts/").status_code == 302
    item.refresh_from_db()
    assert item.next_attempt_at <= clock.now()


def test_try_now_lets_mailboxes_and_sender_go_again(chief, account):
    later = clock.now().replace(year=2040)
    mailbox = mailbox_of(account, next_check_at=later)
    OutgoingServer.objects.create(account=account, kind="default", retry_at=later)
    chief.post(f"/admin/channels/{account.pk}/attempts/")
    mailbox.refresh_from_db()
    assert mailbox.next_check_at <= clock.now()
    assert OutgoingServer.objects.get().retry_at is None


def test_a_key_is_made_and_its_record_shown_without_the_key(chief, account):
    url = f"/admin/channels/{account.pk}/outgoing/dkim/"
    assert chief.post(url, {"domain": "other.example", "selector": "a"}).status_code == 422
    assert chief.post(url, {"domain": "example.com", "selector": "mail"}).status_code == 302
    page = text_of(chief.get(url))
    assert "mail._domainkey.example.com" in page
    assert "v=DKIM1; k=rsa; p=" in page
    assert "PRIVATE" not in page
    chief.post(url, {"submit": "remove"})
    assert OutgoingServer.objects.get().sealed_dkim_key == ""


def test_what_does_not_exist_is_not_found(chief, account):
    assert chief.get("/admin/channels/999999/").status_code == 404
    assert chief.get("/admin/schedules/999999/").status_code == 404


def week(**values):
    return {"name": "Office", "time_zone": "Europe/Berlin", "start-1": ["09:00", "13"],
            "end-1": ["12:00", "17:30"], **values}  # fmt: skip


def test_business_hours_are_saved_with_several_spans_a_day(chief, account):
    answer = chief.post(
        "/admin/schedules/new/",
        week(**{"holiday-name": ["Christmas", ""], "holiday-start": ["2026-12-25", ""],
                "holiday-end": ["", ""]}),
    )  # fmt: skip
    assert answer.status_code == 302
    saved = Schedule.objects.get()
    assert saved.intervals == [[1440 + 540, 1440 + 720], [1440 + 780, 1440 + 1050]]
    assert saved.holidays == [
        {"name": "Christmas", "start_date": "2026-12-25", "end_date": "2026-12-25"}
    ]
    page = text_of(chief.get(f"/admin/schedules/{saved.pk}/"))
    assert 'value="17:30"' in page
    assert 'value="2026-12-25"' in page
    assert "Office" in text_of(chief.get("/admin/schedules/"))
    chief.post(f"/admin/schedules/{saved.pk}/removal/")
    assert not Schedule.objects.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"end-1": ["12:00", "half past"]}, "Monday: write times such as 09:00 and 17:30."),
        ({"end-1": ["08:00", "17:00"]}, "Monday: 08:00 is not after 09:00."),
        ({"end-1": ["14:00", "17:00"]}, "Two spans of one day overlap."),
        ({"time_zone": "Mars"}, "Choose a time zone of the list."),
        ({"holiday-name": "Feast", "holiday-start": "soon", "holiday-end": ""}, "“Feast” needs"),
    ],
)
def test_wrong_hours_are_explained_and_nothing_typed_is_lost(chief, account, values, sentence):
    answer = chief.post("/admin/schedules/new/", week(**values))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert 'value="Office"' in text_of(answer)
    assert 'value="13"' in text_of(answer)
    assert not Schedule.objects.exists()
