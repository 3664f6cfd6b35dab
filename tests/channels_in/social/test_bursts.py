"""Many people about one thing are a likely incident; one loud person and usual talk are not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from channels_in.social.bursts import POSTS, Voice, find_bursts, telling_words, usual_of

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
USUAL = usual_of(
    telling_words(text)
    for text in [
        "where is my order",
        "my order arrived broken",
        "how do I change the address of my order",
        "the lamp hums",
        "refund for my order please",
    ]
    * 40
)


def _voices(texts, *, author=None, minutes=2, first_id=1):
    return [
        Voice(
            id=first_id + number,
            author=author or f"person-{first_id + number}",
            posted_at=NOW - timedelta(minutes=minutes * number),
            words=telling_words(text),
        )
        for number, text in enumerate(texts)
    ]


CHECKOUT = [
    "checkout is down, payment fails",
    "can't pay, the checkout says payment failed",
    "is the checkout broken for everyone? payment error",
    "payment page of the checkout returns 502",
    "five tries, checkout dead",
]


def test_several_people_about_a_rare_thing_are_an_incident():
    (burst,) = find_bursts(_voices(CHECKOUT), USUAL, now=NOW)
    assert burst.authors == 5
    assert burst.post_ids == (1, 2, 3, 4, 5)
    assert burst.words[0] == "checkout"
    assert (burst.first_at, burst.last_at) == (NOW - timedelta(minutes=8), NOW)


def test_one_person_who_writes_often_is_none():
    assert find_bursts(_voices(CHECKOUT, author="loud"), USUAL, now=NOW) == []


def test_the_usual_talk_is_none():
    texts = ["where is my order", "my order is late", "order arrived broken", "cancel my order"]
    assert find_bursts(_voices(texts), USUAL, now=NOW) == []


def test_what_was_said_hours_ago_does_not_count():
    assert find_bursts(_voices(CHECKOUT, minutes=40), USUAL, now=NOW) == []


def test_two_incidents_are_two_groups():
    voices = [
        *_voices(CHECKOUT),
        *_voices(["the kettle leaks"] * 2 + ["kettle leaking", "new kettle leaks"], first_id=50),
    ]
    bursts = find_bursts(voices, USUAL, now=NOW)
    assert [burst.post_ids for burst in bursts] == [(1, 2, 3, 4, 5), (50, 51, 52, 53)]


def test_a_flood_is_looked_at_up_to_a_limit():
    (burst, *_) = find_bursts(_voices(CHECKOUT * 400, minutes=0), USUAL, now=NOW)
    assert len(burst.post_ids) <= POSTS
