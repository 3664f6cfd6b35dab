"""The demo content is complete, believable and the same every time. No Django here."""

from __future__ import annotations

import email
import io
import struct
import unicodedata
import zipfile
import zlib
from collections import Counter
from datetime import UTC, datetime, timedelta
from email import policy
from itertools import pairwise
from statistics import median, quantiles

import pytest

from demo.files import make
from demo.people import AGENT_BY_KEY, CUSTOMER_BY_KEY, CUSTOMERS, GROUPS, ORGANISATION_BY_KEY
from demo.plan import CLOSES_AFTER_DAYS, SHOP, SPAN_DAYS, PlannedTicket, is_open, plan
from demo.promises import open_hours, waiting_since
from demo.stories import STORIES as HAND_WRITTEN
from demo.stories import all_stories
from demo.stories.model import ATTACHMENT_KINDS, CHANNELS, PRIORITIES, STATUSES, TYPES, Story
from demo.suspended import GOOD, SUSPENDED

STORIES = all_stories()
BY_KEY = {story.key: story for story in STORIES}
NOWS = (
    datetime(2026, 11, 18, 13, 30, tzinfo=UTC),
    datetime(2026, 11, 21, 22, 10, tzinfo=UTC),
    datetime(2027, 3, 1, 3, 5, tzinfo=UTC),
)


def _text(story: Story) -> str:
    return story.subject + "".join(message.body for message in story.messages)


def test_there_are_four_hundred_tickets_and_most_themes_are_written_by_hand() -> None:
    assert len(STORIES) == 400
    assert len(HAND_WRITTEN) >= 150
    assert len(BY_KEY) == len(STORIES)


def test_the_statuses_look_like_a_working_team() -> None:
    statuses = Counter(story.status for story in STORIES)
    unsolved = [story for story in STORIES if story.is_unsolved]

    assert statuses["pending"] == 31
    assert statuses["hold"] == 8
    assert statuses["solved"] == 182
    assert statuses["closed"] == 92
    assert len(unsolved) == 126
    assert sum(story.assignee == "alice" for story in unsolved) == 14
    assert sum(story.assignee is None for story in unsolved) == 7


def test_a_ticket_is_new_exactly_when_nobody_has_it() -> None:
    assert all((story.status == "new") == (story.assignee is None) for story in STORIES)


def test_three_in_five_come_by_mail_and_every_channel_is_used() -> None:
    channels = Counter(story.channel for story in STORIES)

    assert set(channels) == set(CHANNELS)
    assert 0.55 < channels["email"] / len(STORIES) < 0.66


def test_every_key_and_word_is_known() -> None:
    for story in STORIES:
        assert story.requester in CUSTOMER_BY_KEY
        assert story.channel in CHANNELS
        assert story.status in STATUSES
        assert story.priority in PRIORITIES
        assert story.type in TYPES
        assert story.group in GROUPS
        for other in (story.problem, story.follow_up_of, story.merged_into):
            assert other is None or other in BY_KEY


def test_every_author_is_an_agent_a_customer_or_somebody_in_copy() -> None:
    for story in STORIES:
        assert story.messages
        for message in story.messages:
            known = message.author in AGENT_BY_KEY or message.author == story.requester
            assert known or message.author[3:] in story.ccs, story.key
            assert message.body.strip()
            assert message.after >= 0


def test_only_agents_write_notes_and_light_agents_write_nothing_else() -> None:
    for story in STORIES:
        for message in story.messages:
            agent = AGENT_BY_KEY.get(message.author)
            assert message.kind == "public" or agent is not None
            assert agent is None or agent.role != "light_agent" or message.kind == "note"


def test_an_assignee_is_a_full_agent_of_the_group() -> None:
    for story in STORIES:
        if story.assignee:
            agent = AGENT_BY_KEY[story.assignee]
            assert story.group in agent.groups, story.key
            assert agent.role != "light_agent"


def test_only_done_tickets_are_rated() -> None:
    rated = [story for story in STORIES if story.rating]

    assert {story.status for story in rated} == {"solved", "closed"}
    assert {story.rating for story in rated} == {"good", "bad"}


def test_people_have_unique_keys_and_addresses_on_reserved_domains() -> None:
    addresses = [person.email for person in (*CUSTOMERS, *AGENT_BY_KEY.values())]

    assert len(CUSTOMERS) == len(CUSTOMER_BY_KEY) >= 110
    assert len(set(addresses)) == len(addresses)
    assert all(address.endswith((".example", "@example.com")) for address in addresses)
    assert len(ORGANISATION_BY_KEY) >= 14
    for customer in CUSTOMERS:
        if customer.organisation:
            domains = ORGANISATION_BY_KEY[customer.organisation].domains
            assert customer.email.split("@")[1] in domains


def test_carol_is_a_customer_with_several_tickets_in_english() -> None:
    hers = [story for story in STORIES if story.requester == "carol"]

    assert CUSTOMER_BY_KEY["carol"].email == "carol@example.com"
    assert len(hers) >= 8
    assert {story.language for story in hers} == {"en"}
    assert len({story.status for story in hers}) >= 4


@pytest.mark.parametrize(
    "script",
    [
        "ARABIC",
        "HEBREW",
        "HIRAGANA",
        "CJK UNIFIED",
        "HANGUL",
        "CYRILLIC",
        "GREEK",
        "DEVANAGARI",
    ],
)
def test_each_script_is_written_in_two_tickets_or_more(script: str) -> None:
    written = [
        story
        for story in STORIES
        if sum(unicodedata.name(letter, "").startswith(script) for letter in _text(story)) > 10
    ]
    assert len(written) >= 2


def test_all_the_languages_of_the_shop_are_there() -> None:
    languages = {story.language.split("-")[0] for story in STORIES}

    assert languages >= {"en", "de", "fr", "es", "it", "nl", "pl", "pt", "tr", "sv"}
    assert languages >= {"ar", "he", "ja", "zh", "ko", "ru", "uk", "el", "hi"}


def test_no_two_tickets_begin_alike() -> None:
    beginnings = Counter((story.subject, story.messages[0].body) for story in STORIES)

    assert beginnings.most_common(1)[0][1] == 1


def test_no_slot_of_a_template_is_left_unfilled() -> None:
    for story in STORIES:
        text = _text(story)
        assert "{" not in text, story.key
        assert "}" not in text, story.key


def test_the_special_cases_are_there() -> None:
    lengths = [len(story.messages) for story in STORIES]
    incidents = [story for story in STORIES if story.problem == "outage-problem"]

    assert sum(12 <= length <= 25 for length in lengths) >= 5
    assert max(lengths) <= 25
    assert len(incidents) >= 10
    assert BY_KEY["outage-problem"].type == "problem"
    assert {story.type for story in incidents} == {"incident"}
    assert sum(story.follow_up_of is not None for story in STORIES) == 2
    assert sum(story.merged_into is not None for story in STORIES) == 1
    assert max(len(story.subject) for story in STORIES) > 300
    assert any(not any(c.isascii() for c in story.subject) for story in STORIES)
    assert "<b>Bobby</b> Tables" in {customer.name for customer in CUSTOMERS}
    assert any(message.html for story in STORIES for message in story.messages)
    assert any("\n> " in message.body for story in STORIES for message in story.messages)


def test_a_followed_up_ticket_is_closed() -> None:
    for story in STORIES:
        if story.follow_up_of:
            assert BY_KEY[story.follow_up_of].status == "closed"


def test_the_stories_are_the_same_every_time() -> None:
    assert all_stories() == STORIES
    assert all_stories(seed=7) != STORIES


def test_the_plan_is_the_same_every_time() -> None:
    assert plan(STORIES) == plan(STORIES)
    assert plan(STORIES, seed=7) != plan(STORIES)


@pytest.mark.parametrize("now", NOWS)
def test_times_run_forward_within_the_month_and_end_before_now(now: datetime) -> None:
    planned = plan(STORIES, now=now)

    assert len(planned) == len(STORIES)
    for ticket in planned:
        ages = ticket.message_minutes_ago
        assert len(ages) == len(ticket.story.messages)
        assert ticket.created_minutes_ago == ages[0] <= SPAN_DAYS * 1440
        assert all(before > after for before, after in pairwise(ages)), ticket.story.key
        assert ages[-1] > 0


@pytest.mark.parametrize("now", NOWS)
def test_a_closed_ticket_was_solved_more_than_four_days_ago(now: datetime) -> None:
    for ticket in plan(STORIES, now=now):
        if ticket.story.status == "closed" and not ticket.story.merged_into:
            assert ticket.solved_minutes_ago is not None
            assert ticket.solved_minutes_ago > CLOSES_AFTER_DAYS * 1440


@pytest.mark.parametrize("now", NOWS)
def test_a_later_ticket_comes_after_the_one_it_belongs_to(now: datetime) -> None:
    placed = {ticket.story.key: ticket for ticket in plan(STORIES, now=now)}

    for ticket in placed.values():
        if ticket.story.follow_up_of:
            earlier = placed[ticket.story.follow_up_of]
            assert earlier.message_minutes_ago[-1] > ticket.created_minutes_ago
    incidents = [t for t in placed.values() if t.story.problem == "outage-problem"]
    begun = placed["outage-problem"].created_minutes_ago
    assert all(abs(incident.created_minutes_ago - begun) < 60 for incident in incidents)


@pytest.mark.parametrize("now", NOWS)
def test_the_team_keeps_its_promises_but_for_a_few_tickets(now: datetime) -> None:
    """Next answers within 40 shop hours, first ones within 16, urgent ones within 8 and 4."""
    late, close = [], []
    for ticket in plan(STORIES, now=now):
        since, is_first = waiting_since(ticket.story, ticket.message_minutes_ago)
        if since is None or not ticket.story.is_unsolved:
            continue
        is_urgent = ticket.story.priority == "urgent"
        target = (4 if is_first else 8) if is_urgent else (16 if is_first else 40)
        local = now.astimezone(SHOP)
        waited = open_hours(local - timedelta(minutes=since), local, is_open)
        if waited > 0.75 * target:
            (late if waited > target else close).append(ticket.story.key)
    assert 2 <= len(late) <= 5
    assert 2 <= len(close) <= 8


@pytest.mark.parametrize("now", NOWS)
def test_unassigned_tickets_and_those_of_alice_are_recent(now: datetime) -> None:
    for ticket in plan(STORIES, now=now):
        if ticket.story.status == "new":
            assert ticket.created_minutes_ago < 1440
        if ticket.story.assignee == "alice" and ticket.story.is_unsolved:
            assert ticket.message_minutes_ago[-1] < 5 * 1440


def _resolution_hours(tickets: list[PlannedTicket]) -> list[float]:
    return [
        (ticket.created_minutes_ago - ticket.solved_minutes_ago) / 60
        for ticket in tickets
        if ticket.solved_minutes_ago is not None
    ]


@pytest.mark.parametrize("now", NOWS)
def test_most_are_solved_in_hours_nearly_all_in_a_day_or_two_and_it_gets_better(
    now: datetime,
) -> None:
    planned = plan(STORIES, now=now)
    hours = _resolution_hours(planned)
    earlier = _resolution_hours([t for t in planned if t.created_minutes_ago > 14 * 1440])
    recent = _resolution_hours([t for t in planned if t.created_minutes_ago <= 14 * 1440])

    assert 1 < median(hours) < 8
    assert quantiles(hours, n=10)[-1] < 48
    assert median(recent) < median(earlier)


@pytest.mark.parametrize(
    ("kind", "magic"),
    [
        ("pdf", b"%PDF-1."),
        ("png", b"\x89PNG\r\n\x1a\n"),
        ("jpg", b"\xff\xd8\xff"),
        ("docx", b"PK\x03\x04"),
        ("csv", b"order,product"),
        ("txt", b"Log for BC-"),
    ],
)
def test_each_kind_of_file_begins_as_it_should_and_is_the_same_for_a_seed(
    kind: str, magic: bytes
) -> None:
    made = make(kind, 5)

    assert kind in ATTACHMENT_KINDS
    assert made.startswith(magic)
    assert make(kind, 5) == made
    assert make(kind, 6) != made
    assert len(made) < 40_000


def test_the_pictures_and_archives_can_be_read() -> None:
    png = make("png", 1)
    length = struct.unpack(">I", png[33:37])[0]
    width, height = struct.unpack(">II", png[16:24])
    document = zipfile.ZipFile(io.BytesIO(make("docx", 1)))
    pdf = make("pdf", 1)
    start = int(pdf.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])

    assert len(zlib.decompress(png[41 : 41 + length])) == height * (1 + width * 3)
    assert document.testzip() is None
    assert "word/document.xml" in document.namelist()
    assert pdf[start:].startswith(b"xref")
    assert make("jpg", 1).endswith(b"\xff\xd9")


def test_every_attachment_can_be_made() -> None:
    attachments = [
        attachment
        for story in STORIES
        for message in story.messages
        for attachment in message.attachments
    ]

    assert len(attachments) >= 60
    assert {attachment.kind for attachment in attachments} == set(ATTACHMENT_KINDS)


def test_the_suspended_mails_are_well_formed_and_say_why() -> None:
    assert len(SUSPENDED) == 8
    assert all(mail.reason for mail in SUSPENDED)
    assert len(GOOD) == 3
    assert not any(mail.reason for mail in GOOD)
    for mail in (*SUSPENDED, *GOOD):
        parsed = email.message_from_bytes(mail.raw, policy=policy.default)
        assert not parsed.defects
        assert parsed["From"]
        assert parsed["Message-ID"]
        assert b"\r\n" in mail.raw
