"""Rules that the shop made for itself: where mail goes, who hears of what, who speaks what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accounts.actor import Actor
from accounts.models import Group, User
from macros.actions import (
    TriggerDraft,
    add_skill_rule,
    create_skill,
    create_trigger,
    save_category,
    set_skill_holders,
)

_CREATED = {"field": "update_type", "operator": "is", "value": "Create"}
_BY_CUSTOMER = {"field": "role", "operator": "is", "value": "end_user"}
# Group: words of the subject or the message that are its own.
_WORDS = {
    "Delivery": "parcel courier tracking Paket colis paquete",
    "Billing": "invoice refund voucher Rechnung facture factura",
}
# Skill: (language of the ticket, who has it)
_SKILLS = {
    "German": ("de", ("admin", "lead")),
    "French": ("fr", ("alice",)),
}


def make_rules(actor: Actor, groups: Mapping[str, Group], users: Mapping[str, User]) -> None:
    """Triggers in two categories, and skills for languages."""
    sorting = save_category(actor=actor, name="Sorting")
    for name, words in _WORDS.items():
        draft = _sorting(name, groups[name].pk, words, sorting.pk)
        create_trigger(actor=actor, draft=draft)
    care = save_category(actor=actor, name="Care")
    for draft in (_angry(care.pk), _nearly_late(users["lead"].pk, care.pk)):
        create_trigger(actor=actor, draft=draft)
    for skill_name, (language, holders) in _SKILLS.items():
        skill = create_skill(actor=actor, name=skill_name)
        people = [users[key].pk for key in holders]
        set_skill_holders(actor=actor, skill_id=skill.pk, user_ids=people)
        speaks = {"all": [{"field": "locale_id", "operator": "is", "value": language}]}
        add_skill_rule(actor=actor, skill_id=skill.pk, conditions=speaks, timeout=120)


def _sorting(name: str, group_id: int, words: str, category_id: int) -> TriggerDraft:
    fields = ("subject_includes_word", "comment_includes_word")
    return TriggerDraft(
        title=f"Questions for {name} go to {name}",
        description="Only where nobody chose a group. Words in the languages most customers use.",
        conditions={
            "all": [_CREATED, _BY_CUSTOMER,
                    {"field": "group_id", "operator": "is", "value": ""}],
            "any": [{"field": field, "operator": "includes", "value": words} for field in fields],
        },
        effects=[_effect("group_id", group_id), _effect("current_tags", [name.lower()])],
        category_id=category_id,
    )  # fmt: skip


def _angry(category_id: int) -> TriggerDraft:
    return TriggerDraft(
        title="Angry customers do not wait",
        conditions={
            "all": [_BY_CUSTOMER,
                    {"field": "priority", "operator": "less_than", "value": "high"}],
            "any": [{"field": "comment_includes_word", "operator": "includes",
                     "value": "unacceptable complaint lawyer furious"},
                    {"field": "reopens", "operator": "greater_than", "value": 1}],
        },
        effects=[_effect("priority", "high"), _effect("current_tags", ["angry"])],
        category_id=category_id,
    )  # fmt: skip


def _nearly_late(lead_id: int, category_id: int) -> TriggerDraft:
    return TriggerDraft(
        title="Tell the lead before a promise is broken",
        conditions={"all": [{"field": "sla_event", "operator": "is", "value": "warning"}]},
        effects=[_effect("notification_user", {
            "who": lead_id, "subject": "[#{{ticket.id}}] Soon late: {{ticket.title}}",
            "body": "Nobody has answered {{ticket.requester.name}} yet: {{ticket.agent_url}}",
        })],
        category_id=category_id,
    )  # fmt: skip


def _effect(field: str, value: Any) -> dict[str, Any]:
    return {"field": field, "value": value}
