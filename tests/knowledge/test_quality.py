"""How good the suggestions are, measured on the demo's stories, whose matter is known.

The bars lie a little below what was measured: they fall when somebody makes the search worse.
"""

from __future__ import annotations

import re
from statistics import mean

import pytest
from django.db import connection

from accounts.actions import find_or_create_customers
from accounts.actor import system_actor
from demo.articles import ARTICLES
from demo.stories import all_stories
from demo.stories.variations import SCENARIOS
from knowledge.selectors.search import fitting_articles
from tests.factories import SETUP, make_article
from tickets.actions import create_tickets
from tickets.drafts import CommentDraft, TicketDraft
from tickets.selectors.similar import similar_tickets, terms_of_ticket

READER = system_actor("quality")
STEP = 4  # every fourth ticket asks; all of them may be found

# The articles that answer a scenario's customers, by the beginning of their title.
ANSWERS = {
    "refund-when": ("When will I get",), "invoice-copy": ("Get a copy of an invoice",),
    "payment-failed": ("My payment was", "I was charged"), "return-label": ("The return", "Send"),
    "late-parcel": ("Where is my parcel", "Delivered, but"), "cancel": ("Cancel",),
    "address-change": ("Change the delivery",), "sign-in": ("I cannot sign in",),
    "damaged": ("It arrived damaged", "I received the wrong", "Warranty"),
    "appointment": ("Delivery of furniture",), "voucher": ("Voucher says",),
    "appliance-fault": ("Warranty", "Espresso", "Washing"),
}  # fmt: skip


def pattern_of(opening: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\w+\\\}", ".+?", re.escape(opening)), re.IGNORECASE)


CASES = [
    (pattern_of(case.opening), (scenario.key, number))
    for scenario in SCENARIOS
    for number, case in enumerate(scenario.cases)
]


def matter_of(body: str) -> tuple[str, int] | None:
    return next((matter for pattern, matter in CASES if pattern.search(body)), None)


@pytest.fixture
def month(db):
    """(ticket, matter) of every templated story of the demo, as the customer opened it."""
    told = [
        (story, matter) for story in all_stories() if (matter := matter_of(story.messages[0].body))
    ]
    names = {f"{story.requester}@quality.example": story.requester for story, _ in told}
    people = find_or_create_customers(names_by_email=names)
    tickets = create_tickets(
        actor=system_actor("quality", channel="email"),
        drafts=[
            TicketDraft(
                subject=story.subject, channel="email", is_silent=True,
                requester_id=(pk := people[f"{story.requester}@quality.example"].pk),
                comment=CommentDraft(author_id=pk, body=story.messages[0].body, channel="email"),
            )
            for story, _ in told
        ],
    )  # fmt: skip
    for planned in ARTICLES:
        text = planned.texts["en"]
        make_article(
            text.title, body=text.html, visibility=planned.visibility, state=planned.state,
            actor=SETUP,
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tickets_searchdocument, knowledge_articletranslation")
    return [(ticket, matter) for ticket, (_, matter) in zip(tickets, told, strict=True)]


def test_similar_tickets_and_articles_are_about_the_same_matter(month):
    matters = {ticket.pk: matter for ticket, matter in month}
    firsts, recalls, articles = [], [], []
    for ticket, matter in month[::STEP]:
        alike = [pk for pk, other in matters.items() if other == matter and pk != ticket.pk]
        found = [each.ticket.pk for each in similar_tickets(ticket, READER, 5)]
        if alike:
            firsts.append(matters.get(found[0]) == matter if found else False)
            recalls.append(len(set(found) & set(alike)) / min(5, len(alike)))
        if matter[0] in ANSWERS:
            fitting = fitting_articles(terms_of_ticket(ticket), None, language="en", limit=3)
            titles = [each.translation.title for each in fitting]
            articles.append(any(title.startswith(ANSWERS[matter[0]]) for title in titles))
    assert len(recalls) > 50
    measured = f"first {mean(firsts):.2f}, recall {mean(recalls):.2f}, article {mean(articles):.2f}"
    assert mean(firsts) >= 0.7, measured
    assert mean(recalls) >= 0.8, measured
    assert mean(articles) >= 0.65, measured
