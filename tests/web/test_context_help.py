"""Beside a ticket: fitting macros and articles, and how the like was solved; nothing hidden."""

from __future__ import annotations

import re

import pytest

from macros.actions import MacroDraft, create_macro
from macros.actions.macro_uses import AppliedMacro, submit_with_macros
from tests.factories import as_actor, make_article
from tickets.drafts import CommentDraft, TicketChanges

LEAK = {
    "subject": "Espresso machine leaks water",
    "body": "My espresso machine leaks water from the boiler after ten minutes.",
}
AGAIN = {
    "subject": "Water under my espresso machine",
    "body": "The boiler of the espresso machine is leaking again.",
}


@pytest.fixture
def macro(alice):
    draft = MacroDraft(
        "Technical::Seal of the boiler",
        effects=[{"field": "comment_value", "value": "Please change the boiler's seal."}],
    )
    return create_macro(actor=as_actor(alice), draft=draft)


@pytest.fixture
def article(db):
    return make_article("Espresso machine: leaking", body="<p>Change the seal of the boiler.</p>")


@pytest.fixture
def solved(make_ticket, alice, mallory, macro, article):
    """Mallory's ticket of the same matter, solved with the macro and a link to the article."""
    ticket = make_ticket(requester=mallory, **LEAK)
    link = f"http://testserver/help/en/articles/{article.article_id}-espresso-machine-leaking/"
    applied = [AppliedMacro(macro.pk, macro.revision)]
    submit_with_macros(
        actor=as_actor(alice), ticket_id=ticket.pk, applied=applied,
        changes=TicketChanges(status="solved"),
        comment=CommentDraft(
            author_id=alice.pk, body=f"Hello Mallory,\nchange the seal: {link}"
        ),
    )  # fmt: skip
    return ticket


def page_of(browser, ticket, tab) -> str:
    answer = browser.get(f"/tickets/{ticket.pk}/{tab}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_similar_tickets_say_how_they_were_solved(browser_of, alice, make_ticket, solved, macro):
    page = page_of(browser_of(alice), make_ticket(**AGAIN), "similar")
    assert f"#{solved.pk}" in page
    assert "change the seal" in page
    assert f'data-apply-macro="{macro.pk}"' in page
    assert "Espresso machine: leaking" in page
    assert ">1</span>" in page.rsplit("data-tab-number", 1)[1]


def test_the_answer_that_is_used_greets_this_customer(browser_of, alice, make_ticket, solved):
    page = page_of(browser_of(alice), make_ticket(**AGAIN), "similar")
    used = re.search(r'data-insert-text="(Hello [^"]*)"', page)
    assert used[1].startswith("Hello Carol,")


def test_macros_and_articles_have_a_key_each(
    browser_of, alice, make_ticket, solved, macro, article
):
    page = page_of(browser_of(alice), make_ticket(**AGAIN), "suggested")
    assert re.search(rf'data-apply-macro="{macro.pk}" data-suggestion="1"', page)
    assert 'data-suggestion="2"' in page
    assert "Espresso machine: leaking" in page
    assert "<kbd>Alt 2</kbd>" in page


def test_the_tab_searches_articles_and_hands_out_their_text(
    browser_of, alice, make_ticket, article
):
    browser, ticket = browser_of(alice), make_ticket()
    page = page_of(browser, ticket, "knowledge")
    assert "Espresso machine" not in page
    found = browser.get(f"/tickets/{ticket.pk}/knowledge/?only=articles&q=espresso")
    assert "Espresso machine: leaking" in found.content.decode()
    text = browser.get(f"/tickets/{ticket.pk}/knowledge/text/{article.pk}/").json()
    assert text == {
        "html": "<p>Change the seal of the boiler.</p>", "text": "Change the seal of the boiler.",
    }  # fmt: skip


def test_an_internal_article_goes_into_a_note(browser_of, alice, make_ticket):
    make_article("Espresso: how much we refund", visibility="staff")
    page = page_of(browser_of(alice), make_ticket(**AGAIN), "knowledge")
    assert "Espresso: how much we refund" in page
    assert 'data-insert-kind="internal"' in page


def test_the_tabs_are_hidden_with_the_ticket_and_tell_nothing_of_others(
    browser_of, confined_bob, carol, make_ticket, solved, billing
):
    asked = make_ticket(**AGAIN)
    for tab in ("similar", "knowledge", "suggested"):
        assert browser_of(confined_bob).get(f"/tickets/{asked.pk}/{tab}/").status_code == 404
        assert browser_of(carol).get(f"/tickets/{asked.pk}/{tab}/").status_code == 302
    own = make_ticket(**AGAIN, group_id=billing.pk)
    for tab in ("similar", "suggested"):
        page = page_of(browser_of(confined_bob), own, tab)
        assert "Mallory" not in page
        assert f"#{solved.pk}" not in page


def test_the_tabs_cost_the_same_for_one_and_for_many(
    browser_of, alice, make_ticket, solved, django_assert_num_queries
):
    browser, ticket = browser_of(alice), make_ticket(**AGAIN)
    for tab in ("similar", "suggested"):
        page_of(browser, ticket, tab)
        with django_assert_num_queries(counted(browser, ticket, tab)):
            page_of(browser, ticket, tab)
    before = {tab: counted(browser, ticket, tab) for tab in ("similar", "suggested")}
    for _ in range(4):
        make_ticket(**LEAK)
        make_article("Espresso machine: boiler", body="<p>Water leaks.</p>")
    assert {tab: counted(browser, ticket, tab) for tab in before} == before
    assert max(before.values()) <= 24


def counted(browser, ticket, tab) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        page_of(browser, ticket, tab)
    return len(queries)
