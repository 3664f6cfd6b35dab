"""The knowledge base in the workspace: lists, writing, history, sections, and "[[" ."""

from __future__ import annotations

import re

import pytest

from knowledge.actions import note_missed_search
from knowledge.models import ArticleTranslation, Category, Section
from tests.factories import make_article


@pytest.fixture
def alices(browser_of, alice):
    return browser_of(alice)


def shown(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_list_is_searched_and_filtered(alices):
    make_article("Voucher expired")
    make_article("Gutschein abgelaufen", language="de", state="draft")
    for query, expected in (
        ("", {"Voucher expired", "Gutschein abgelaufen"}), ("?q=vouch", {"Voucher expired"}),
        ("?state=draft", {"Gutschein abgelaufen"}), ("?language=en", {"Voucher expired"}),
        ("?section=0", set()), ("?q=nothing", set()),
    ):  # fmt: skip
        page = shown(alices.get(f"/knowledge/{query}"))
        found = set(re.findall(r'data-open><bdi class="strong">([^<]+)', page))
        assert found == expected, query


def test_the_list_costs_the_same_for_one_article_and_for_many(
    alices, django_assert_max_num_queries, django_assert_num_queries
):
    make_article("One")
    alices.get("/knowledge/")
    with django_assert_max_num_queries(14) as first:
        alices.get("/knowledge/")
    for number in range(8):
        make_article(f"More {number}", language=("en", "de", "fr")[number % 3])
    with django_assert_num_queries(len(first)):
        alices.get("/knowledge/")


def test_an_article_is_written_published_and_read(alices):
    section = make_article().article.section
    data = {"title": "Gift cards", "body": "<p>Valid three years.</p>", "language": "en",
            "section": section.pk, "visibility": "everyone", "state": "published"}  # fmt: skip
    answer = alices.post("/knowledge/new/", data, follow=True)
    page = shown(answer)
    assert "Valid three years." in page
    assert "Published" in page
    assert ArticleTranslation.objects.get(title="Gift cards").is_published


def test_a_refused_article_keeps_what_was_written(alices):
    data = {"title": "", "body": "<p>Half a text</p>", "language": "en", "section": ""}
    answer = alices.post("/knowledge/new/", data)
    assert answer.status_code == 422
    assert "Half a text" in answer.content.decode()
    assert ArticleTranslation.objects.count() == 0


def test_a_change_meanwhile_is_a_conflict_that_keeps_both(alices):
    article = make_article("First")
    data = {"title": "Second", "body": "<p>b</p>", "section": article.article.section_id,
            "visibility": "everyone", "revision": "1"}  # fmt: skip
    assert alices.post(f"/knowledge/{article.pk}/edit/", data).status_code == 302
    late = {**data, "title": "Third", "body": "<p>Late words</p>"}
    answer = alices.post(f"/knowledge/{article.pk}/edit/", late)
    assert answer.status_code == 409
    assert "Late words" in answer.content.decode()
    article.refresh_from_db()
    assert article.title == "Second"
    again = re.search(r'name="revision" value="(\d+)"', answer.content.decode())
    assert alices.post(
        f"/knowledge/{article.pk}/edit/", {**late, "revision": again[1]}
    ).status_code == 302  # fmt: skip


def test_the_history_shows_lines_and_goes_back(alices):
    article = make_article("Before", body="<p>Old line</p>")
    alices.post(f"/knowledge/{article.pk}/edit/", {
        "title": "After", "body": "<p>New line</p>", "section": article.article.section_id,
        "visibility": "everyone", "revision": "1",
    })  # fmt: skip
    page = shown(alices.get(f"/knowledge/{article.pk}/history/"))
    assert "<del>Old line</del>" in page
    assert "<ins>New line</ins>" in page
    assert "Old line" in shown(alices.get(f"/knowledge/{article.pk}/history/1/"))
    assert alices.post(f"/knowledge/{article.pk}/history/1/").status_code == 302
    article.refresh_from_db()
    assert (article.title, article.revision) == ("Before", 3)
    assert alices.get(f"/knowledge/{article.pk}/history/9/").status_code == 404


def test_a_translation_begins_with_the_text_and_is_linked(alices):
    article = make_article("Send back", body="<p>Label</p>")
    assert "Label" in shown(alices.get(f"/knowledge/{article.pk}/translate/"))
    data = {"title": "Zurück", "body": "<p>Etikett</p>", "language": "de", "state": "published",
            "section": article.article.section_id, "visibility": "everyone"}  # fmt: skip
    assert alices.post(f"/knowledge/{article.pk}/translate/", data).status_code == 302
    assert "Deutsch" in shown(alices.get(f"/knowledge/{article.pk}/"))
    assert alices.post(f"/knowledge/{article.pk}/translate/", data).status_code == 422


def test_sections_are_arranged(alices):
    alices.post("/knowledge/sections/", {"name": "Payments"})
    category = Category.objects.get(name="Payments")
    alices.post("/knowledge/sections/", {"name": "Invoices", "category": category.pk})
    section = Section.objects.get(name="Invoices")
    alices.post(f"/knowledge/sections/{section.pk}/", {
        "op": "save", "name": "Bills", "name-de": "Rechnungen", "category": category.pk,
    })  # fmt: skip
    section.refresh_from_db()
    assert (section.name, section.names) == ("Bills", {"de": "Rechnungen"})
    assert "Bills" in shown(alices.get("/knowledge/sections/"))
    answer = alices.post(f"/knowledge/categories/{category.pk}/", {"op": "delete"}, follow=True)
    assert "There are still sections in it." in answer.content.decode()
    alices.post(f"/knowledge/sections/{section.pk}/", {"op": "delete"})
    alices.post(f"/knowledge/categories/{category.pk}/", {"op": "delete"})
    assert not Category.objects.exists()


def test_what_was_not_found_is_listed_to_be_written(alices):
    note_missed_search(actor=None, language="en", query="gift wrap")
    page = shown(alices.get("/knowledge/missed/"))
    assert "gift wrap" in page
    assert "/knowledge/new/?title=gift%20wrap" in page


def test_a_light_agent_reads_what_is_published_and_writes_nothing(browser_of, lightly):
    published, draft = make_article("Published"), make_article("Draft", state="draft")
    browser = browser_of(lightly)
    page = shown(browser.get("/knowledge/"))
    assert "Published" in page
    assert "Draft" not in page
    assert browser.get(f"/knowledge/{draft.pk}/").status_code == 404
    assert "Edit" not in shown(browser.get(f"/knowledge/{published.pk}/"))
    for path in (
        f"{published.pk}/edit/",
        "new/",
        "sections/",
        "missed/",
        f"{published.pk}/history/",
    ):
        assert browser.get(f"/knowledge/{path}").status_code == 403


def test_insertion_offers_options_with_a_whole_address_and_marks_internal_ones(alices):
    make_article('Say "hello" & <wave>')
    make_article("Hello inside", visibility="staff")
    page = shown(alices.get("/knowledge/insert/?q=hello"))
    assert page.count('role="option"') == 2
    assert 'data-insert-kind="internal"' in page
    assert 'data-insert-html="&lt;a href=&quot;http://testserver/help/en/articles/' in page
    assert "<wave>" not in page
    assert shown(alices.get("/knowledge/insert/?q=zzzzz")).strip() == ""
    assert shown(alices.get("/knowledge/insert/")).count('role="option"') == 2


def test_customers_are_led_away(browser_of, carol):
    make_article()
    assert browser_of(carol).get("/knowledge/insert/?q=send").status_code == 302
