"""Dynamic content: a text in the requester's language, one level deep."""

from __future__ import annotations

import pytest

from accounts.errors import NotPermitted
from core import clock, liquid
from macros.actions import (
    ContentDraft,
    MacroDraft,
    create_macro,
    delete_content,
    delete_macro,
    revert_content,
    save_content,
)
from macros.content import known_placeholders
from macros.effects import plan
from macros.errors import ChangedRule, InvalidRule
from macros.macro_plans import preview
from macros.models import DynamicContent, RuleKind, RuleRevision
from macros.selectors.content import uses_of
from macros.values import values_for
from tests.factories import SETUP, as_actor
from tests.macros.rules import CREATED, notice, trigger
from tickets.actions import create_ticket_field
from tickets.conditions import Situation
from tickets.models import Delivery

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


def test_a_variant_that_cannot_be_filled_in_is_the_rules_failure(make_ticket, alice, lead):
    saved(lead, {"en": "Number {{1 | divided_by: 0}}"})
    rule = trigger("Tell", [CREATED], notice(alice.pk, "Hi", "{{dc.bye}}"), by=lead)
    ticket = make_ticket(subject="no number")

    assert ticket.version
    assert not Delivery.objects.filter(subject="Hi").exists()
    rule.refresh_from_db()
    assert "broken" in rule.error


def test_in_a_macro_it_is_shown_as_it_was_written(make_ticket, lead):
    saved(lead, {"en": "{{2 | divided_by: 0}}"})
    words = "{{dc.bye}}, {% if ticket.title == 'x' %}{{1 | divided_by: 0}}{% endif %}"
    macro = create_macro(
        actor=as_actor(lead), draft=MacroDraft(title="Bye", effects=[
            {"field": "comment_value", "value": {"mode": "append", "text": "{{dc.bye}}"}},
            {"field": "comment_value", "value": {"mode": "append", "text": words}},
            {"field": "priority", "value": "high"},
        ])
    )  # fmt: skip
    shown = preview([macro], make_ticket(subject="x"), as_actor(lead))
    assert "{{2 | divided_by: 0}}" in shown.reply.body
    assert words in shown.reply.body
    assert shown.fields["priority"] == "high"
    assert "as it was written" in shown.problems[0]


@pytest.mark.parametrize("words", ['{{ dc["bye"] }}', "{{ dc['bye'] }}", "{{ dc . bye }}"])
def test_every_way_of_naming_it_is_found(lead, make_ticket, carol, words):
    content = saved(lead)
    assert said(make_ticket(), lead, words) == "Bye Carol"
    trigger("Tell", [CREATED], notice(lead.pk, "Hi", words))
    with pytest.raises(InvalidRule, match="Tell"):
        delete_content(actor=as_actor(lead), content_id=content.pk)


def test_the_nearest_wider_language_is_taken(lead, make_ticket, carol):
    saved(lead, {"en": "Bye", "zh-hant": "再見", "zh": "再见"})
    carol.language = "zh-Hant-TW"
    carol.save(update_fields=["language"])
    assert said(make_ticket(), lead, "{{dc.bye}}") == "再見"


def test_a_custom_field_is_named_as_zendesk_does(lead, make_ticket):
    field = create_ticket_field(actor=SETUP, key="order", title="Order", type="text")
    ticket = make_ticket(custom_fields={str(field.pk): "A-17"})
    words = f"{{{{ticket.ticket_field_{field.pk}}}}}"
    assert said(ticket, lead, words) == "A-17"
    assert liquid.problems(words, known=known_placeholders()) == []


def test_it_is_saved_over_another_change_only_by_who_has_read_of_it(lead, admin):
    content = saved(lead)
    opened = content.revision
    saved(admin, {"en": "Theirs"}, content.pk)
    draft = ContentDraft("Bye", "bye", "en", {"en": "Mine"})
    with pytest.raises(ChangedRule) as refused:
        save_content(
            actor=as_actor(lead), draft=draft, content_id=content.pk, expected_revision=opened
        )
    assert content.variants.get().text == "Theirs"
    save_content(actor=as_actor(lead), draft=draft, content_id=content.pk,
                 expected_revision=refused.value.revision)  # fmt: skip
    assert content.variants.get().text == "Mine"


def test_personal_macros_that_name_it_are_counted_and_not_told_of(lead, alice):
    content = saved(lead)
    effects = [{"field": "comment_value", "value": {"mode": "append", "text": "{{dc.bye}}"}}]
    create_macro(actor=as_actor(alice), draft=MacroDraft("My secret", effects))
    uses = uses_of(as_actor(lead), content)
    assert (uses.rules, uses.hidden) == ([], 1)
    assert uses_of(as_actor(alice), content).rules[0].title == "My secret"
    with pytest.raises(InvalidRule, match="1 personal macro") as refused:
        delete_content(actor=as_actor(lead), content_id=content.pk)
    assert "My secret" not in str(refused.value)


def test_every_change_is_a_revision_that_can_be_gone_back_to(lead, admin, alice):
    content = saved(lead)
    saved(admin, {"en": "Theirs"}, content.pk, name="Other")
    with pytest.raises(NotPermitted):
        revert_content(actor=as_actor(alice), content_id=content.pk, number=1)
    revert_content(actor=as_actor(lead), content_id=content.pk, number=1)
    content.refresh_from_db()
    assert (content.name, content.placeholder, content.revision) == ("Bye", "bye", 3)
    assert dict(content.variants.values_list("locale", "text")) == TEXTS
    rows = RuleRevision.objects.filter(kind=RuleKind.CONTENT, rule_id=content.pk)
    assert list(rows.order_by("number").values_list("number", "author_id")) == [
        (1, lead.pk), (2, admin.pk), (3, lead.pk),
    ]  # fmt: skip


def test_a_text_that_names_what_is_gone_does_not_come_back(lead):
    field = create_ticket_field(actor=SETUP, key="order", title="Order", type="text")
    content = saved(lead, {"en": f"{{{{ticket.ticket_field_{field.pk}}}}}"})
    saved(lead, {"en": "Now"}, content.pk)
    field.delete()
    with pytest.raises(InvalidRule, match="ticket_field"):
        revert_content(actor=as_actor(lead), content_id=content.pk, number=1)
    assert content.variants.get().text == "Now"
