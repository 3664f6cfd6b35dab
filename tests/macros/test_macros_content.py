"""Dynamic content: a text in the requester's language, one level deep."""

from __future__ import annotations

import pytest

from accounts.errors import NotPermitted
from core import clock
from macros.actions import (
    ContentDraft,
    MacroDraft,
    create_macro,
    delete_content,
    delete_macro,
    save_content,
)
from macros.effects import plan
from macros.errors import InvalidRule
from macros.models import DynamicContent
from macros.values import values_for
from tests.factories import as_actor
from tickets.conditions import Situation

pytestmark = pytest.mark.django_db
TEXTS = {"en": "Bye {{ticket.requester.first_name}}", "de": "Tschüss", "pt-br": "Tchau"}


def saved(user, texts=TEXTS, content_id=None, **changes) -> DynamicContent:
    given = {"name": "Bye", "placeholder": "bye", "default_locale": "en", **changes}
    draft = ContentDraft(**given, texts=texts)
    return save_content(actor=as_actor(user), draft=draft, content_id=content_id)


def said(ticket, user, words: str) -> str:
    situation = Situation(ticket=ticket, actor=as_actor(user), now=clock.now())
    effects = [{"field": "comment_value", "value": {"mode": "append", "text": words}}]
    return plan(effects, situation, values_for(situation)).texts[0].text


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", "Tschüss"), ("de-CH", "Tschüss"), ("pt-BR", "Tchau"), ("pt", "Bye Carol"),
     ("fr", "Bye Carol"), ("", "Bye Carol")],
)  # fmt: skip
def test_the_requesters_language_chooses(lead, carol, make_ticket, language, words):
    saved(lead)
    carol.language = language
    carol.save(update_fields=["language"])
    assert said(make_ticket(), lead, "{{dc.bye}}!") == f"{words}!"


def test_what_comes_of_it_is_not_rendered_again(lead, make_ticket, carol):
    saved(lead, {"en": "{{ticket.title}}"})
    ticket = make_ticket(subject="{{dc.bye}} {{ticket.requester.email}}")
    assert said(ticket, lead, "{{dc.bye}}") == "{{dc.bye}} {{ticket.requester.email}}"


def test_a_variant_names_no_other_dynamic_content(lead, make_ticket):
    saved(lead)
    with pytest.raises(InvalidRule, match="dc.bye"):
        saved(lead, {"en": "{{dc.bye}}"}, placeholder="loop")
    assert DynamicContent.objects.count() == 1


@pytest.mark.parametrize(
    ("texts", "changes"),
    [({"de": "x"}, {}), ({"en": ""}, {}), ({"en": "{{x"}, {}), ({"en": "x", "klingon!": "y"}, {}),
     ({"en": "x"}, {"placeholder": "no spaces"}), ({"en": "x"}, {"name": " "}),
     ({"en": "x"}, {"default_locale": "???"})],
)  # fmt: skip
def test_what_cannot_work_is_refused(lead, texts, changes):
    with pytest.raises(InvalidRule):
        saved(lead, texts, **changes)
    assert DynamicContent.objects.count() == 0


def test_languages_are_added_and_removed_and_the_placeholder_stays(lead):
    content = saved(lead)
    saved(lead, {"en": "Bye", "fr": "Salut"}, content.pk, placeholder="other")
    content.refresh_from_db()
    assert content.placeholder == "bye"
    assert sorted(row.locale for row in content.variants.all()) == ["en", "fr"]


def test_it_is_not_deleted_while_a_rule_names_it(lead):
    content = saved(lead)
    effects = [{"field": "comment_value", "value": {"mode": "append", "text": "{{dc.bye}}"}}]
    macro = create_macro(
        actor=as_actor(lead), draft=MacroDraft("Ends", effects, scope="everyone")
    )  # fmt: skip
    assert macro.error == ""
    with pytest.raises(InvalidRule, match="Ends"):
        delete_content(actor=as_actor(lead), content_id=content.pk)
    delete_macro(actor=as_actor(lead), macro_id=macro.pk)
    delete_content(actor=as_actor(lead), content_id=content.pk)
    assert DynamicContent.objects.count() == 0


def test_agents_write_none(alice):
    with pytest.raises(NotPermitted):
        saved(alice)
    assert DynamicContent.objects.count() == 0
