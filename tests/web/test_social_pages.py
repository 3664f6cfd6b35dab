"""The social stream as people see it: cards with reasons, one click each, likely incidents."""

from __future__ import annotations

from datetime import timedelta

import pytest

from channels_in.actions.stream import look_for_incidents
from channels_in.models import StreamIncident, StreamPost, StreamRules
from core import clock
from tests.channels_in.social.stream import burst, hear, make_account, post
from tickets.models import Comment, Delivery, Ticket

COMPLAINT = "third time my parcel arrives broken, nobody answers"
PRAISE = "just got my lamp, it is beautiful, thank you!"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def account(db):
    return make_account()


def test_an_empty_stream_says_what_will_be_here(browser_of, alice):
    page = browser_of(alice).get("/social/").content.decode()
    assert "No post yet" in page


def test_the_stream_shows_posts_with_their_reasons_and_words_as_text(browser_of, alice, account):
    hear(account, post(f"{COMPLAINT} <script>alert(1)</script>", followers=18_200))
    page = browser_of(alice).get("/social/").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    for words in ("Complaint", "18.2k followers", "something went wrong", "@carol.test", "Why"):
        assert words in page


def test_tabs_and_filters_narrow_the_stream(browser_of, alice, account):
    hear(
        account,
        post(COMPLAINT),
        post(PRAISE),
        post("GIVEAWAY! follow, like and tag 3 friends to win"),
    )
    browser = browser_of(alice)

    def shown(query: str) -> int:
        return browser.get(f"/social/{query}").content.decode().count("data-post ")

    assert [shown(q) for q in ("", "?show=all", "?show=alone", "?show=second")] == [2, 3, 1, 1]
    assert [shown(q) for q in ("?kind=praise", "?q=parcel", "?channel=x", "?language=de")] == [
        1,
        1,
        0,
        0,
    ]
    assert [shown(q) for q in ("?show=junk&order=junk&incident=x&kind=%00", "?order=urgent")] == [
        2,
        2,
    ]


def test_the_page_costs_the_same_however_many_posts_there_are(
    browser_of, alice, account, django_assert_max_num_queries
):
    hear(account, *[post(COMPLAINT, author=f"p{n}") for n in range(25)])
    browser = browser_of(alice)
    browser.get("/social/")
    with django_assert_max_num_queries(22):
        assert browser.get("/social/").content.count(b"data-post ") == 25


def test_one_click_each_answers_with_the_card(browser_of, alice, account):
    first, second, third = hear(
        account, post(PRAISE), post(PRAISE, author="b"), post(PRAISE, author="c")
    )
    browser = browser_of(alice)
    made = browser.post(f"/social/posts/{first.pk}/ticket/", **HTMX).content.decode()
    assert f"#{Ticket.objects.get().pk}" in made
    assert "triage said: Second tier" in made
    left = browser.post(f"/social/posts/{second.pk}/silence/", **HTMX).content.decode()
    assert "Left alone by Alice" in left
    assert (
        "Left alone"
        not in browser.post(f"/social/posts/{second.pk}/return/", **HTMX).content.decode()
    )
    assert (
        "The like is on its way"
        in browser.post(f"/social/posts/{third.pk}/like/", **HTMX).content.decode()
    )
    plain = browser.post(f"/social/posts/{second.pk}/silence/")
    assert (plain.status_code, plain.url) == (302, "/social/")


def test_an_answer_that_is_refused_keeps_what_was_typed(browser_of, alice, account):
    (kept,) = hear(account, post(PRAISE))
    browser = browser_of(alice)
    refused = browser.post(f"/social/posts/{kept.pk}/answer/", {"text": "x" * 301}, **HTMX)
    assert refused.status_code == 422
    assert "x" * 301 in refused.content.decode()
    assert "301 of 300" in refused.content.decode()
    assert Comment.objects.count() == 0
    browser.post(f"/social/posts/{kept.pk}/answer/", {"text": "Enjoy it!"}, **HTMX)
    assert Delivery.objects.get(channel="bluesky").comment.body == "Enjoy it!"


def test_light_agents_look_and_decide_nothing(browser_of, lightly, account):
    (kept,) = hear(account, post(PRAISE))
    browser = browser_of(lightly)
    page = browser.get("/social/").content.decode()
    assert "Make ticket" not in page
    assert browser.post(f"/social/posts/{kept.pk}/ticket/").status_code == 403
    assert browser.get(f"/social/rules/{account.pk}/").status_code == 403
    assert Ticket.objects.count() == 0


def test_what_came_meanwhile_is_told_and_nothing_moves(browser_of, alice, account):
    browser = browser_of(alice)
    before = (clock.now() - timedelta(minutes=1)).isoformat()
    assert browser.get("/social/news/", {"since": before}).status_code == 204
    hear(account, post(PRAISE))
    assert "1 new post" in browser.get("/social/news/", {"since": before}).content.decode()
    assert browser.get("/social/news/", {"since": "yesterday"}).status_code == 404


def test_an_incident_is_declared_on_its_page(browser_of, alice, account):
    burst(account)
    look_for_incidents()
    incident = StreamIncident.objects.get()
    browser = browser_of(alice)
    assert "Likely incident" in browser.get("/social/").content.decode()
    url = f"/social/incidents/{incident.pk}/"
    refused = browser.post(url, {"subject": "Checkout down", "statement": "We are on it."})
    assert (refused.status_code, "We are on it." in refused.content.decode()) == (422, True)
    done = browser.post(
        url, {"subject": "Checkout down", "statement": "We are on it.", "account": account.pk}
    )
    assert done.status_code == 302
    page = browser.get(url).content.decode()
    assert f"Problem #{Ticket.objects.get(type='problem').pk}" in page
    assert "The statement is on its way" in page
    assert browser.post(url, {"subject": "again"}).status_code == 404


def test_the_ticket_offers_to_go_on_in_private_and_reminds_to_close_the_loop(
    browser_of, alice, account
):
    hear(account, post(COMPLAINT))
    ticket = Ticket.objects.get()
    browser = browser_of(alice)
    assert (
        f"/social/tickets/{ticket.pk}/strip/"
        in browser.get(f"/tickets/{ticket.pk}/").content.decode()
    )
    strip = f"/social/tickets/{ticket.pk}/strip/"
    assert "Continue in private" in browser.get(strip).content.decode()
    given = {"channel": "bluesky", "text": "Your number?", "public_text": ""}
    assert browser.post(f"/social/tickets/{ticket.pk}/private/", given).status_code == 302
    assert "Close the loop" in browser.get(strip).content.decode()
    loop = f"/social/tickets/{ticket.pk}/loop/"
    assert browser.post(loop, {"text": " "}).status_code == 422
    assert browser.post(loop, {"text": "Solved with Carol."}).status_code == 302
    assert "the public was told" in browser.get(strip).content.decode()


def test_a_ticket_that_did_not_begin_in_public_has_no_strip(browser_of, alice, ticket):
    assert browser_of(alice).get(f"/social/tickets/{ticket.pk}/strip/").status_code == 204
    assert browser_of(alice).get(f"/social/tickets/{ticket.pk}/private/").status_code == 404


def test_the_rules_of_an_account_are_saved(browser_of, admin, account):
    given = {
        "tier-praise": "alone",
        "tier-spam": "junk",
        "always": "wholesale",
        "first_answer": "Hi",
    }
    assert browser_of(admin).post(f"/social/rules/{account.pk}/", given).status_code == 302
    rules = StreamRules.objects.get()
    assert (rules.tiers, rules.always, rules.signs_initials) == (
        {"praise": "alone"},
        "wholesale",
        False,
    )
    assert browser_of(admin).get(f"/social/rules/{account.pk}/").status_code == 200
    assert StreamPost.objects.count() == 0
