"""Writing articles: who may, what is kept, and what nobody overwrites unseen."""

from __future__ import annotations

import pytest

from knowledge import policies
from knowledge.actions import (
    create_article,
    delete_section,
    move_category,
    revert_translation,
    save_article,
    save_category,
    set_state,
)
from knowledge.drafts import ArticleDraft, SectionDraft
from knowledge.errors import ArticleChanged, InvalidArticle, NotPermitted, SectionInUse
from knowledge.models import Article, ArticleTranslation, Category
from tests.factories import SETUP, as_actor, make_article


def draft_of(translation, **changes):
    values = {
        "section_id": translation.article.section_id, "language": translation.language,
        "title": translation.title, "body": translation.body,
        "visibility": translation.article.visibility, **changes,
    }  # fmt: skip
    return ArticleDraft(**values)


def test_an_article_is_kept_inert_with_its_text_and_first_revision(db, alice):
    article = make_article(
        "  Voucher   expired ", actor=as_actor(alice), state="draft",
        body='<h2>Why</h2><p onclick="x()">Time is up.<script>alert(1)</script></p>'
        '<a href="javascript:x">no</a>',
    )  # fmt: skip
    assert article.title == "Voucher expired"
    assert article.body.startswith("<h2>Why</h2><p>Time is up.</p><a ")
    assert "href" not in article.body
    assert "script" not in article.text
    assert (article.state, article.published_at, article.revision) == ("draft", None, 1)
    assert [row.author for row in article.revisions.all()] == [alice]


@pytest.mark.parametrize("who", ["lightly", "carol"])
def test_only_who_manages_knowledge_writes(request, db, who):
    article = make_article()
    actor = as_actor(request.getfixturevalue(who))
    for attempt in (
        lambda: create_article(actor=actor, draft=draft_of(article)),
        lambda: save_article(actor=actor, article_id=article.article_id, draft=draft_of(article)),
        lambda: set_state(actor=actor, translation_id=article.pk, state="archived"),
        lambda: revert_translation(actor=actor, translation_id=article.pk, number=1),
        lambda: save_category(actor=actor, draft=SectionDraft("Mine")),
        lambda: delete_section(actor=actor, section_id=article.article.section_id),
    ):
        with pytest.raises(NotPermitted):
            attempt()
    assert Article.objects.count() == Category.objects.count() == 1
    article.refresh_from_db()
    assert (article.state, article.revision) == ("published", 1)


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(db, alice, bob):
    article = make_article()
    first = draft_of(article, title="As Alice wants it")
    save_article(
        actor=as_actor(alice), article_id=article.article_id, draft=first, expected_revision=1
    )
    late = draft_of(article, title="As Bob wants it")
    with pytest.raises(ArticleChanged) as refused:
        save_article(
            actor=as_actor(bob), article_id=article.article_id, draft=late, expected_revision=1
        )
    assert refused.value.revision == 2
    article.refresh_from_db()
    assert article.title == "As Alice wants it"


def test_going_back_is_one_more_revision(db, alice):
    article = make_article("Before")
    draft = draft_of(article, title="After", body="<p>New words</p>")
    save_article(actor=as_actor(alice), article_id=article.article_id, draft=draft)
    back = revert_translation(actor=as_actor(alice), translation_id=article.pk, number=1)
    assert (back.title, back.revision) == ("Before", 3)
    titles = back.revisions.order_by("number").values_list("title", flat=True)
    assert list(titles) == ["Before", "After", "Before"]


def test_moving_an_article_makes_no_revision(db, alice):
    article = make_article()
    draft = draft_of(article, visibility="staff")
    saved = save_article(actor=as_actor(alice), article_id=article.article_id, draft=draft)
    assert (saved.revision, saved.article.visibility) == (1, "staff")


def test_a_second_language_is_a_translation_of_its_own(db, alice):
    article = make_article(state="published")
    draft = draft_of(article, language="DE", title="Etwas zurücksenden", body="<p>Etikett</p>")
    german = save_article(actor=as_actor(alice), article_id=article.article_id, draft=draft)
    assert (german.language, german.state, german.article_id) == ("de", "draft", article.article_id)
    assert german.pk != article.pk


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"), ({"title": "x" * 201}, "title"),
        ({"language": "klingon!"}, "language"), ({"section_id": 0}, "section"),
        ({"visibility": "friends"}, "visibility"), ({"body": "x" * 200_001}, "body"),
    ],
)  # fmt: skip
def test_what_an_article_cannot_be_is_refused(db, alice, changes, field):
    article = make_article()
    with pytest.raises(InvalidArticle) as refused:
        create_article(actor=as_actor(alice), draft=draft_of(article, **changes))
    assert refused.value.field == field
    assert ArticleTranslation.objects.count() == 1


def test_an_empty_article_is_not_published(db, alice):
    article = make_article(body="", state="draft")
    with pytest.raises(InvalidArticle):
        set_state(actor=as_actor(alice), translation_id=article.pk, state="published")


def test_a_section_with_articles_stays_and_categories_move(db):
    article = make_article()
    with pytest.raises(SectionInUse):
        delete_section(actor=SETUP, section_id=article.article.section_id)
    second = save_category(actor=SETUP, draft=SectionDraft("Orders"))
    assert second.slug == "orders-2"
    move_category(actor=SETUP, category_id=second.pk, is_up=True)
    rows = Category.objects.order_by("position").values_list("slug", flat=True)
    assert list(rows) == ["orders-2", "orders"]


def test_who_reads_what(db, alice, lightly, carol):
    make_article("Public")
    make_article("Customers", visibility="customers")
    make_article("Staff", visibility="staff")
    make_article("Draft", state="draft")
    make_article("Archived", state="archived")

    def titles(rows):
        return sorted(rows.values_list("title", flat=True))

    assert titles(policies.readable(None)) == ["Public"]
    assert titles(policies.readable(as_actor(carol))) == ["Customers", "Public"]
    assert titles(policies.readable(as_actor(alice))) == ["Customers", "Public", "Staff"]
    assert titles(policies.listed(as_actor(lightly))) == ["Customers", "Public", "Staff"]
    assert len(titles(policies.listed(as_actor(alice)))) == 5
