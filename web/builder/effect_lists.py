"""What the lists of the builder's steps offer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.actor import Actor
from macros.effects import Effect
from macros.effects.registry import Shape
from tickets.conditions import Purpose
from tickets.conditions.offers import FieldOffer, offers
from tickets.models import FieldType, TicketField
from web.builder.conditions import EMPTY
from web.builder.effect_words import MODES, ROLES, SINGLE_ROLES, UNTIL, VALUES

if TYPE_CHECKING:
    from web.builder.effects import EffectRow

Choices = list[tuple[str, str]]


class EffectLists:
    """Choices of rows; read once for a whole builder."""

    def __init__(self, actor: Actor, fields: Mapping[str, TicketField], webhooks: Choices) -> None:
        found = {offer.name: offer for offer in offers(Purpose.SLA, actor)}
        self.fields = fields
        self.webhooks = webhooks
        self.groups = _ids(found.get("group_id"))
        self.agents = _ids(found.get("assignee_id"))
        self.schedules = _ids(found.get("schedule_id"))
        self.forms = _ids(found.get("ticket_form_id"))

    def of(self, row: EffectRow) -> dict[str, Choices]:
        """The lists of one row by part; what is stored and gone stays visible."""
        assert row.effect is not None  # noqa: S101  its caller has looked
        made = self._of(row.effect)
        for part, choices in made.items():
            value = row.parts.get(part, "")
            if value and value not in dict(choices):
                choices.insert(0, (value, _("#%(id)s (deleted)") % {"id": value}))
        return made

    def _of(self, effect: Effect) -> dict[str, Choices]:
        match effect.shape:
            case Shape.CHOICE:
                words = VALUES.get(effect.name, {})
                return {"value": [(v or EMPTY, str(words.get(v, v or _("(none)"))))
                                  for v in effect.choices]}  # fmt: skip
            case Shape.GROUP:
                return {"value": [*self.groups, (EMPTY, _("(no group)"))]}
            case Shape.AGENT:
                acting = [("current_user", _("(whoever makes the change)")),
                          ("requester", _("(the requester)"))]  # fmt: skip
                return {"value": [*acting, *self.agents, (EMPTY, _("(nobody)"))]}
            case Shape.SCHEDULE:
                return {"value": [*self.schedules, (EMPTY, _("(that of the house)"))]}
            case Shape.FORM:
                return {"value": [*self.forms, (EMPTY, _("(none)"))]}
            case Shape.SNOOZE:
                return {"until": [(name, str(UNTIL[name])) for name in effect.choices]}
            case Shape.PEOPLE:
                may = ROLES if effect.name == "send_reply" else SINGLE_ROLES
                return {"value": [(name, str(ROLES[name])) for name in may]}
            case Shape.COMMENT:
                return {"mode": [(name, str(words)) for name, words in MODES.items()]}
            case Shape.NOTICE:
                return {"who": [(name, str(words)) for name, words in ROLES.items()]}
            case Shape.GROUP_NOTICE:
                own = ("current_group", _("(the ticket's group)"))
                return {"group_id": [own, *self.groups]}
            case Shape.WEBHOOK:
                return {"webhook_id": list(self.webhooks)}
            case Shape.FLAG:
                return {"value": yes_no()}
            case Shape.CUSTOM:
                return self._custom(self.fields[effect.name])
        return {}

    def _custom(self, row: TicketField) -> dict[str, Choices]:
        if row.type == FieldType.CHECKBOX:
            return {"value": yes_no()}
        if row.type == FieldType.TAGGER:
            return {"value": [*((each, each) for each in row.options), (EMPTY, _("(none)"))]}
        return {}


def _ids(offer: FieldOffer | None) -> Choices:
    """A reference's choices that are rows: without "whoever acts"."""
    return [(value, words) for value, words in offer.choices if value.isdecimal()] if offer else []


def yes_no() -> Choices:
    return [("true", _("yes")), ("false", _("no"))]
