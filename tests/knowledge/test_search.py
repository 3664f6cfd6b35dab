"""Finding articles by words, by what a ticket is about, and counting what was found in vain."""

from __future__ import annotations

import pytest
from django.db import connection

from core.terms import terms_of
from knowledge.actions import note_missed_search, vote
from knowledge.errors import ArticleNotFound
from knowledge.models import MissedSearch
from knowledge.selectors.search import find_articles, fitting_articles, insertable_articles
from tests.factories import as_actor, make_article

TABLE = {"table": "knowledge_articletranslation", "column": "search"}


def titles(found):
    return [each.title for each in found]


@pytest.fixture
def shelf(db):
    """Articles in two languages, one of them for staff."""
    make_article("Voucher says it has expired", body="<p>Vouchers end at midnight.</p>")
    make_article("Use two vouchers on one order", body="<p>One voucher an order.</p>")
    make_article("Gutschein ist abgelaufen", body="<p>Er endet um Mitternacht.</p>", language="de")
    make_article("Voucher fraud", body="<p>Expired twice? Escalate.</p>", visibility="staff")


def test_words_are_found_while_they_are_typed_title_first(shelf):
    assert sorted(titles(find_articles("vouch", None))) == [
        "Use two vouchers on one order", "Voucher says it has expired",
    ]  # fmt: skip
    assert titles(find_articles("voucher expi", None)) == ["Voucher says it has expired"]
    assert titles(find_articles("midnight", None)) == ["Voucher says it has expired"]


def test_a_mistyped_word_finds_titles_that_are_almost_it(shelf):
    assert titles(find_articles("vuocher expired", None))[0] == "Voucher says it has expired"
    assert find_articles("xqzw", None) == []


def test_a_question_in_a_sentence_finds_what_it_is_about(shelf):
    assert titles(find_articles("why has my voucher expired please?", None))[:1] == [
        "Voucher says it has expired"
    ]
    assert find_articles("how do I feed my cat", None) == []


def test_the_readers_language_comes_first(db):
    make_article("Paket verloren", body="<p>Paket DHL</p>", language="de")
    make_article("Parcel lost", body="<p>Paket DHL</p>", language="en")
    assert titles(find_articles("DHL", None, language="de")) == ["Paket verloren", "Parcel lost"]
    assert titles(find_articles("DHL", None, language="en")) == ["Parcel lost", "Paket verloren"]


def test_search_and_suggestions_tell_nothing_of_hidden_articles(shelf, carol, alice):
    for find in (find_articles, insertable_articles):
        assert titles(find("fraud", None)) == []
        assert titles(find("fraud", as_actor(carol))) == []
        assert titles(find("fraud", as_actor(alice))) == ["Voucher fraud"]
    terms = terms_of("Fraud", "Escalate the fraud", **TABLE)
    assert fitting_articles(terms, as_actor(carol)) == []
    found = fitting_articles(terms, as_actor(alice))
    assert titles([each.translation for each in found]) == ["Voucher fraud"]


@pytest.mark.parametrize("query", ["", "?!", "'); DROP TABLE x; --", "a:* | b", "\x00abcd", "客服"])
def test_any_query_is_answered(shelf, query):
    assert find_articles(query, None) == []


def test_an_article_fits_what_a_ticket_is_about(shelf):
    terms = terms_of("My voucher", "It says the voucher is expired, but it is new.", **TABLE)
    found = fitting_articles(terms, None, language="en")
    assert found[0].translation.title == "Voucher says it has expired"
    german = terms_of("Gutschein", "Mein Gutschein ist abgelaufen, warum?", **TABLE)
    assert titles(each.translation for each in fitting_articles(german, None, language="de")) == [
        "Gutschein ist abgelaufen"
    ]


def test_articles_are_found_by_their_index(db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM knowledge_articletranslation "
            "WHERE search @@ to_tsquery('helpdesk', 'voucher:*')"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
        assert "translation_search" in plan
        cursor.execute(
            "EXPLAIN SELECT id FROM knowledge_articletranslation WHERE 'vuocher' <% lower(title)"
        )
        assert "translation_title" in "\n".join(row[0] for row in cursor.fetchall())


def test_a_vote_counts_once_and_can_be_changed(db, carol):
    article = make_article()
    actor = as_actor(carol)
    for is_helpful, counts in ((True, (1, 0)), (True, (1, 0)), (False, (0, 1))):
        voted = vote(actor=actor, translation_id=article.pk, is_helpful=is_helpful)
        assert (voted.helpful, voted.unhelpful) == counts
    voted = vote(actor=None, translation_id=article.pk, is_helpful=True, browser="secret")
    assert (voted.helpful, voted.unhelpful) == (1, 1)


def test_nobody_votes_on_what_they_cannot_read(db, carol):
    article = make_article(visibility="staff")
    with pytest.raises(ArticleNotFound):
        vote(actor=as_actor(carol), translation_id=article.pk, is_helpful=True)


def test_what_is_not_found_is_counted_but_not_what_staff_tries(db, alice, carol):
    for who in (None, as_actor(carol), as_actor(alice)):
        note_missed_search(actor=who, language="en", query="  Gift   WRAP ")
    row = MissedSearch.objects.get()
    assert (row.query, row.times) == ("gift wrap", 2)
