"""Dynamic content through its pages: asking before a text goes, its history, the way back."""

from __future__ import annotations

import pytest

from macros.actions import ContentDraft, save_content
from macros.models import DynamicContent, RuleKind, RuleRevision
from tests.factories import as_actor
from tests.macros.rules import CREATED, notice, trigger

pytestmark = pytest.mark.django_db
AT = "/admin/rules/content/"


@pytest.fixture
def chief(browser_of, lead):
    return browser_of(lead)


@pytest.fixture
def content(lead) -> DynamicContent:
    draft = ContentDraft("Closing", "closing", "en", {"en": "Thanks.\nBye", "de": "Danke."})
    return save_content(actor=as_actor(lead), draft=draft)


def form(content: DynamicContent, texts: dict[str, str], **more: str):
    return {
        "name": content.name, "default_locale": "en", "revision": str(content.revision),
        "locale": list(texts), "text": list(texts.values()), **more,
    }  # fmt: skip


def shown(answer) -> str:
    return " ".join(answer.content.decode().split())


def texts_of(content: DynamicContent) -> dict[str, str]:
    return dict(content.variants.values_list("locale", "text"))


def test_a_text_is_not_removed_unasked(chief, content, lead):
    trigger("Tell", [CREATED], notice(lead.pk, "Hi", "{{dc.closing}}"))
    answer = chief.post(f"{AT}{content.pk}/", form(content, {"en": "Bye", "de": " "}))
    page = shown(answer)
    assert answer.status_code == 200
    assert "Remove the text in Deutsch?" in page
    assert "1 rule uses this text." in page
    assert 'name="remove" value="de"' in page
    assert texts_of(content) == {"en": "Thanks.\nBye", "de": "Danke."}
    agreed = form(content, {"en": "Bye", "de": " "}, remove="de")
    assert chief.post(f"{AT}{content.pk}/", agreed).status_code == 302
    assert texts_of(content) == {"en": "Bye"}


def test_what_was_agreed_to_is_all_that_is_removed(chief, content):
    answer = chief.post(f"{AT}{content.pk}/", form(content, {"en": "Bye"}, remove="fr"))
    assert "Remove the text in Deutsch?" in shown(answer)
    assert "de" in texts_of(content)


def test_a_text_that_was_to_go_is_put_back_with_one_button(chief, content):
    answer = chief.post(f"{AT}{content.pk}/", form(content, {"en": "New", "de": ""}, op="keep"))
    page = shown(answer)
    assert "Remove the text in Deutsch?" not in page
    assert "New</textarea>" in page
    assert "Danke.</textarea>" in page


def test_somebody_elses_change_is_told_of_before_it_is_asked_what_goes(chief, content, admin):
    theirs = ContentDraft("Closing", "closing", "en", {"en": "Theirs", "fr": "Merci"})
    save_content(actor=as_actor(admin), draft=theirs, content_id=content.pk)
    answer = chief.post(f"{AT}{content.pk}/", form(content, {"en": "Mine", "de": "Mein"}))
    page = shown(answer)
    assert answer.status_code == 422
    assert "Somebody else has changed this text" in page
    assert "Remove the text in Deutsch?" not in page
    assert 'name="revision" value="2"' in page
    again = form(content, {"en": "Mine", "de": "Mein"}, revision="2")
    assert "Remove the text in français?" in shown(chief.post(f"{AT}{content.pk}/", again))


def test_deleting_asks_first(chief, content):
    assert "Delete “Closing”?" in shown(chief.get(f"{AT}{content.pk}/removal/"))
    assert DynamicContent.objects.exists()
    answer = chief.post(f"{AT}{content.pk}/removal/", follow=True)
    assert "“Closing” was deleted." in shown(answer)
    assert not DynamicContent.objects.exists()
    last = RuleRevision.objects.filter(kind=RuleKind.CONTENT).latest("number")
    assert last.definition["deleted"]
    assert last.definition["texts"]["de"] == "Danke."
    assert chief.get(f"{AT}{content.pk}/history/").status_code == 404


def test_one_that_rules_use_names_them_instead(chief, content, lead):
    rule = trigger("Tell", [CREATED], notice(lead.pk, "Hi", "{{dc.closing}}"))
    for answer in (
        chief.get(f"{AT}{content.pk}/removal/"), chief.post(f"{AT}{content.pk}/removal/"),
    ):  # fmt: skip
        page = shown(answer)
        assert "“Closing” is still used" in page
        assert f"/admin/rules/triggers/{rule.pk}/" in page
        assert "Delete the text" not in page
    assert DynamicContent.objects.exists()


def test_the_history_says_who_changed_which_language_and_one_click_goes_back(chief, content, admin):
    theirs = ContentDraft("Goodbye", "closing", "fr", {"en": "Thanks.\nSee you", "fr": "Merci"})
    save_content(actor=as_actor(admin), draft=theirs, content_id=content.pk)
    page = shown(chief.get(f"{AT}{content.pk}/history/"))
    newest = page[page.index("Revision 2") : page.index("Revision 1")]
    assert admin.display_name in newest
    assert "“Closing” → “Goodbye”" in newest
    assert "language for everyone else: “en” → “fr”" in newest
    for words in ("English (en)", "Deutsch (de)", "Français (fr)", "Danke.", "See you", "Merci"):
        assert words.lower() in newest.lower()
    first = page[page.index("Revision 1") :]
    assert "Made" in first
    assert "Danke." in first
    answer = chief.post(f"{AT}{content.pk}/revert/", {"revision": "1"}, follow=True)
    assert "The text is as it was in revision 1." in shown(answer)
    content.refresh_from_db()
    assert (content.name, content.default_locale, content.revision) == ("Closing", "en", 3)
    assert texts_of(content) == {"en": "Thanks.\nBye", "de": "Danke."}


@pytest.mark.parametrize("revision", ["", "x", "-1", "77"])
def test_there_is_no_way_back_to_what_never_was(chief, content, revision):
    answer = chief.post(f"{AT}{content.pk}/revert/", {"revision": revision}, follow=True)
    assert "It cannot go back" in shown(answer)
    content.refresh_from_db()
    assert content.revision == 1


def test_what_was_written_is_shown_as_text(chief, content, lead):
    evil = ContentDraft("<b>x", "closing", "en", {"en": "<img src=x onerror=alert(1)>"})
    save_content(actor=as_actor(lead), draft=evil, content_id=content.pk)
    page = shown(chief.get(f"{AT}{content.pk}/history/"))
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


@pytest.mark.parametrize("page", ["history/", "removal/"])
def test_the_pages_are_for_those_who_manage_rules(browser_of, alice, content, page):
    assert browser_of(alice).get(f"{AT}{content.pk}/{page}").status_code == 403


def test_only_they_go_back_or_delete(browser_of, alice, content):
    for page in ("revert/", "removal/"):
        answer = browser_of(alice).post(f"{AT}{content.pk}/{page}", {"revision": "1"})
        assert answer.status_code == 403
    assert DynamicContent.objects.exists()
