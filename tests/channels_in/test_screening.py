"""The chain of filters: what is suspended, why, and what passes in spite of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import lift_suspension, suspend_user
from channels_in import funnel
from channels_in.actions import allow_sender, block_sender
from channels_in.email.loops import LOOP_HEADER, loop_mark
from channels_in.models import Fate, InboundItem
from channels_in.reasons import Reason
from channels_in.receive import RawMessage, receive
from channels_in.senders import forget_rules
from tests.channels_in.conftest import Arrive, make_mail
from tests.factories import SETUP, as_actor
from tickets.models import Delivery, Ticket

pytestmark = pytest.mark.django_db

CAROL = "carol.customer@nordwind.example"


@pytest.fixture(autouse=True)
def no_rules_kept() -> Iterator[None]:
    forget_rules()
    yield
    forget_rules()


def fates(*items: InboundItem) -> list[tuple[str, str]]:
    return [(item.fate, item.reason) for item in items]


def test_a_blocked_sender_is_suspended_and_a_colleague_is_not(arrive: Arrive) -> None:
    block_sender(actor=SETUP, pattern=CAROL)

    items = [arrive(), arrive(sender="dave@nordwind.example")]

    assert fates(*items) == [(Fate.SUSPENDED, Reason.BLOCKED), (Fate.COMMENT, "")]


def test_a_suspended_person_is_held_whatever_a_rule_says_until_it_is_lifted(
    arrive: Arrive, carol, dave, alice
) -> None:
    allow_sender(actor=SETUP, pattern="nordwind.example")
    suspend_user(actor=as_actor(alice), user_id=carol.pk, reason="Threats")

    items = [arrive(sender=carol.email), arrive(sender=dave.email)]

    assert fates(*items) == [(Fate.SUSPENDED, Reason.SENDER_SUSPENDED), (Fate.COMMENT, "")]
    lift_suspension(actor=as_actor(alice), user_id=carol.pk)
    assert arrive(sender=carol.email, text="Sorry").fate == Fate.COMMENT


@pytest.mark.parametrize(
    "parts",
    [
        {"x_spam_flag": "YES"},
        {"auto_submitted": "auto-generated", "subject": "Disk is full"},
        {"X-Spam-Score": "11"},
    ],
)
def test_an_allowed_sender_gets_past_the_filters_for_strangers(arrive: Arrive, parts) -> None:
    allow_sender(actor=SETUP, pattern="nordwind.example")

    assert arrive(**parts).fate == Fate.COMMENT


def test_an_allowed_sender_can_still_not_send_us_our_own_mail(arrive: Arrive) -> None:
    allow_sender(actor=SETUP, pattern=CAROL)

    item = arrive(**{LOOP_HEADER: loop_mark()})

    assert fates(item) == [(Fate.SUSPENDED, Reason.LOOP)]


@pytest.mark.parametrize(
    ("name", "value", "is_spam"),
    [
        ("X-Spam-Flag", "YES", True),
        ("X-Spam-Flag", "NO", False),
        ("X-Spam", "Yes", True),
        ("X-Spam-Status", "Yes, score=14.7 required=5.0 tests=BAYES_99", True),
        ("X-Spam-Status", "No, score=7.2 required=10.0 tests=X autolearn=no", False),
        ("X-Spam-Status", "No, score=-1.9 required=5.0", False),
        ("X-Spam-Status", "No, hits=6.1", True),
        ("X-Spam-Score", "6.2 (++++++)", True),
        ("X-Spam-Score", "4.9", False),
        ("X-Spam-Score", "-12", False),
        ("X-Rspamd-Score", "8.11 / 15", True),
        ("X-Spamd-Result", "default: True [16.20 / 15.00]; BAYES_SPAM(5.1)[99%]", True),
        ("X-Spamd-Result", "default: False [3.10 / 15.00]; R_SPF_ALLOW(-0.2)[+all]", False),
        ("X-MS-Exchange-Organization-SCL", "6", True),
        ("X-MS-Exchange-Organization-SCL", "1", False),
        ("X-MS-Exchange-Organization-SCL", "-1", False),
        ("X-Forefront-Antispam-Report", "CIP:192.0.2.1;CTRY:;SFV:SPM;SCL:5;", True),
        ("X-Forefront-Antispam-Report", "CIP:192.0.2.1;SFV:NSPM;SCL:1;", False),
        ("X-Spam-Score", "very much", False),
        ("X-Spam-Score", "9" * 400, False),
        ("X-Spam-Status", "", False),
    ],
)
def test_what_a_spam_filter_in_front_of_us_says_counts(
    arrive: Arrive, name, value, is_spam
) -> None:
    item = arrive(**{name: value})

    assert item.reason == (Reason.SPAM if is_spam else "")


def test_the_detail_shows_the_score(arrive: Arrive) -> None:
    assert arrive(**{"X-Spam-Score": "6.2"}).detail == "x-spam-score: 6.2 of 5"


def test_a_verdict_shows_the_score_of_its_neighbour(arrive: Arrive) -> None:
    item = arrive(**{"X-Spam-Flag": "YES", "X-Spam-Score": "14.7"})

    assert item.detail == "x-spam-flag: YES, score 14.7"


def test_scores_can_be_switched_off(arrive: Arrive, settings) -> None:
    settings.MAIL_SPAM_SCORE = 0

    assert arrive(**{"X-Spam-Score": "60"}).fate == Fate.COMMENT


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("dmarc=fail (p=reject dis=none)", (Fate.SUSPENDED, Reason.FAILED_AUTHENTICATION)),
        ("dmarc=fail (p=quarantine)", (Fate.SUSPENDED, Reason.FAILED_AUTHENTICATION)),
        ("dmarc=fail (p=none)", (Fate.COMMENT, "")),
        ("dmarc=fail", (Fate.COMMENT, "")),
        ("dmarc=pass", (Fate.COMMENT, "")),
    ],
)
def test_a_forgery_is_suspended_where_the_domain_asks_for_it(
    arrive: Arrive, settings, results, expected
) -> None:
    settings.MAIL_TRUSTED_AUTHSERV_IDS = ["mx.example.com"]
    header = f"mx.example.com; {results} header.from=nordwind.example"

    item = arrive(Authentication_Results=header)

    assert (item.fate, item.reason) == expected


def test_more_than_the_limit_in_ten_minutes_is_held_for_an_hour(arrive: Arrive, settings) -> None:
    settings.MAIL_FLOOD_TEN_MINUTES = 3

    items = [arrive(text=f"Number {'i' * n}") for n in range(5)]

    assert fates(*items) == [(Fate.COMMENT, "")] * 3 + [(Fate.SUSPENDED, Reason.FLOOD)] * 2
    assert [item.detail for item in items[3:]] == [
        "More than 3 messages in 10 minutes", "Held for an hour after the last message",
    ]  # fmt: skip


def test_a_flood_in_one_batch_is_counted_as_well(account, settings) -> None:
    settings.MAIL_FLOOD_TEN_MINUTES = 3
    receive([RawMessage(account, make_mail(text=f"Number {n}")) for n in range(6)])

    funnel.process_due()

    assert Ticket.objects.count() == 3
    assert InboundItem.objects.filter(reason=Reason.FLOOD).count() == 3


def test_another_display_name_is_no_other_sender(arrive: Arrive, settings) -> None:
    settings.MAIL_FLOOD_TEN_MINUTES = 2

    items = [arrive(sender=f"Name{n} <{CAROL.upper()}>", text=f"x{'y' * n}") for n in range(3)]

    assert items[-1].reason == Reason.FLOOD


def test_a_flood_of_one_sender_harms_no_other(arrive: Arrive, settings) -> None:
    settings.MAIL_FLOOD_TEN_MINUTES = 1
    for n in range(3):
        arrive(text=f"x{'y' * n}")

    assert arrive(sender="dave@nordwind.example").fate == Fate.COMMENT


def test_agents_and_allowed_senders_may_send_as_much_as_they_like(
    arrive: Arrive, settings, alice
) -> None:
    settings.MAIL_FLOOD_TEN_MINUTES = settings.MAIL_NEW_TICKETS_HOUR = 1
    allow_sender(actor=SETUP, pattern=CAROL)

    items = [
        arrive(sender=sender, text=f"{n}") for n in range(3) for sender in (CAROL, alice.email)
    ]

    assert {item.reason for item in items} == {""}


def test_imported_mail_is_no_flood_and_is_not_counted(account, arrive: Arrive, settings) -> None:
    settings.MAIL_FLOOD_TEN_MINUTES = 2
    receive([RawMessage(account, make_mail(text=f"{n}"), {"via": "import"}) for n in range(5)])
    funnel.process_due()

    assert Ticket.objects.count() == 5
    assert arrive().fate == Fate.COMMENT


def test_who_proves_nothing_opens_so_many_tickets_an_hour(arrive: Arrive, settings) -> None:
    settings.MAIL_NEW_TICKETS_HOUR = 2
    settings.MAIL_TRUSTED_AUTHSERV_IDS = ["mx.example.com"]
    proven = {"Authentication_Results": "mx.example.com; dmarc=pass header.from=nordwind.example"}

    forged = [arrive(sender="x@mail.example", text=f"x{'y' * n}") for n in range(3)]
    honest = [arrive(text=f"x{'y' * n}", **proven) for n in range(3)]

    assert [item.reason for item in forged] == ["", "", Reason.FLOOD]
    assert [item.reason for item in honest] == ["", "", ""]


def test_a_long_talk_on_one_ticket_is_not_many_tickets(arrive: Arrive, settings) -> None:
    settings.MAIL_NEW_TICKETS_HOUR = 2
    arrive(message_id="first@customers.example")

    items = [
        arrive(in_reply_to="<first@customers.example>", text=f"And{'y' * n}") for n in range(4)
    ]

    assert {item.reason for item in items} == {""}
    assert Ticket.objects.count() == 1


def test_with_an_allow_list_only_known_people_get_through(arrive: Arrive, settings, alice) -> None:
    arrive()
    settings.MAIL_ALLOWLIST_ONLY = True
    allow_sender(actor=SETUP, pattern="partner.example")

    items = [
        arrive(text="Me again"), arrive(sender=alice.email), arrive(sender="x@partner.example"),
        arrive(sender="stranger@elsewhere.example"),
    ]  # fmt: skip

    assert [item.reason for item in items] == ["", "", "", Reason.NOT_ON_ALLOWLIST]


def test_mail_that_goes_in_circles_is_stopped(arrive: Arrive) -> None:
    hops = b"Received: by relay.example; Fri, 20 Nov 2026 10:00:00 +0000\r\n"

    items = [arrive(hops * number + make_mail()) for number in (20, 51)]

    assert [item.reason for item in items] == ["", Reason.HOPS]


def test_the_same_words_twice_are_answered_once(arrive: Arrive) -> None:
    for number in range(3):
        arrive(subject=f"Ticket {number}", text=f"Thank you, your number is {number}.")

    assert Ticket.objects.count() == 3
    assert Delivery.objects.count() == 1


def test_screening_many_senders_costs_no_more_queries_than_screening_few(account, settings) -> None:
    settings.MAIL_ALLOWLIST_ONLY = True
    allow_sender(actor=SETUP, pattern="many.example")

    def queries(first: int, last: int) -> int:
        mails = [make_mail(sender=f"c{n}@many.example") for n in range(first, last)]
        receive([RawMessage(account, raw) for raw in mails])
        with CaptureQueriesContext(connection) as captured:
            funnel.process_due()
        return len(captured)

    queries(0, 1)

    assert queries(1, 6) == queries(6, 41)
