"""What a rule does, between its JSON and the rows of a form; in the order in which it is done."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.actor import Actor
from core import liquid
from macros.content import known_placeholders
from macros.effects import EFFECTS, Effect, InvalidEffect, parse_effects
from macros.effects.registry import AMOUNTS, EFFECTS_LIMIT, Shape
from macros.models import Webhook
from tickets.conditions.custom import PREFIX
from tickets.models import TicketField
from web.builder import lookup
from web.builder.conditions import EMPTY
from web.builder.effect_lists import Choices, EffectLists, yes_no
from web.builder.effect_words import A_PERSON, GROUPS, LABELS

PARTS = (
    "value", "mode", "who", "person", "group_id", "webhook_id", "subject", "text", "until",
    "amount",
)  # fmt: skip
LIQUID = {
    Shape.TEXT: ("text",), Shape.COMMENT: ("text",), Shape.WEBHOOK: ("text",),
    Shape.NOTICE: ("subject", "text"), Shape.GROUP_NOTICE: ("subject", "text"),
}  # fmt: skip


@dataclass(slots=True)
class EffectRow:
    """One effect; `parts` are what its fields hold, as text."""

    key: str
    name: str = ""
    parts: dict[str, str] = field(default_factory=dict)
    effect: Effect | None = None
    error: str = ""
    problems: list[str] = field(default_factory=list)
    has_focus: bool = False
    focus_on: str = ""
    lists: dict[str, Choices] = field(default_factory=dict)

    @property
    def shape(self) -> str:
        return self.effect.shape.value if self.effect else ""

    @property
    def needs_amount(self) -> bool:
        """Whether a number is asked for beside the list."""
        return self.parts.get("until", "") in AMOUNTS

    @property
    def needs_person(self) -> bool:
        """Whether somebody has to be looked up."""
        part = "value" if self.shape == Shape.PEOPLE.value else "who"
        return self.parts.get(part) == A_PERSON


@dataclass(slots=True)
class EffectBuilder:
    """The rows, and what they may offer."""

    kind: str
    actor: Actor
    rows: list[EffectRow]
    known: dict[str, Effect] = field(default_factory=dict)
    headings: list[tuple[str, Choices]] = field(default_factory=list)
    error: str = ""

    def __post_init__(self) -> None:
        custom = list(TicketField.objects.filter(is_active=True).order_by("position", "id"))
        self.known = {name: effect for name, effect in EFFECTS.items() if self.kind in effect.kinds}
        fields = {f"{PREFIX}{row.pk}": row for row in custom}
        self.known |= {name: Effect(name, row.title, Shape.CUSTOM) for name, row in fields.items()}
        webhooks = [(str(pk), name) for pk, name in Webhook.objects.order_by("name", "id")
                    .values_list("pk", "name")[:500]]  # fmt: skip
        if not webhooks and not any(row.name == "notification_webhook" for row in self.rows):
            self.known.pop("notification_webhook", None)
        self.headings = self._headings(fields)
        self.settle(EffectLists(self.actor, fields, webhooks))

    def _headings(self, fields: Mapping[str, TicketField]) -> list[tuple[str, Choices]]:
        made = [
            (str(heading), [(name, label_of(self.known[name])) for name in names
                            if name in self.known])
            for heading, names in GROUPS
        ]  # fmt: skip
        own = [(name, label_of(self.known[name])) for name in fields]
        return [(heading, rows) for heading, rows in [*made, (_("Your fields"), own)] if rows]

    def settle(self, lists: EffectLists | None = None) -> None:
        """Number the rows and give each its effect and its lists."""
        for number, row in enumerate(self.rows, 1):
            row.key = str(number)
            row.effect = self.known.get(row.name)
            if row.effect is None:
                row.name = ""
            elif lists is not None:
                row.lists = lists.of(row)
                for part, choices in row.lists.items():
                    if not row.parts.get(part) and choices:
                        row.parts[part] = choices[0][0]

    @property
    def is_valid(self) -> bool:
        return not self.error and not any(row.error for row in self.rows)

    def operate(self, op: str) -> None:
        """`add`, `remove:<row>`, `up:<row>`, `down:<row>`; anything else changes nothing."""
        name, _colon, key = op.partition(":")
        if name == "add" and len(self.rows) < EFFECTS_LIMIT:
            self.rows.append(EffectRow("", has_focus=True))
        place = next((n for n, row in enumerate(self.rows) if row.key == key), None)
        if place is None:
            self.settle()
            return
        row = self.rows[place]
        if name == "remove":
            del self.rows[place]
            if self.rows:
                self.rows[max(0, place - 1)].has_focus = True
        elif name in ("up", "down"):
            self.rows.remove(row)
            self.rows.insert(max(0, place - 1) if name == "up" else place + 1, row)
            row.focus_on = name
        self.settle()

    def as_json(self) -> list[dict[str, Any]]:
        """The shape of macros.effects; rows without an effect are left out."""
        return [self._json(row) for row in self.rows if row.effect]

    def check(self) -> bool:
        """Judge every row by itself and say at the row what is wrong with it."""
        known = known_placeholders()
        for row in self.rows:
            row.error = self._error_of(row, known)
        return self.is_valid

    def _error_of(self, row: EffectRow, known: Collection[str]) -> str:
        if row.effect is None:
            return _("Choose what should happen, or remove this step.")
        parts = LIQUID.get(row.effect.shape, ())
        row.problems = [
            problem
            for part in parts
            for problem in liquid.problems(row.parts.get(part, ""), known=known)
        ]
        made = self._json(row)
        if row.needs_person and _person_in(made) is None:
            return lookup.sentence_for(A_PERSON)
        if row.effect.shape is not Shape.WEBHOOK:
            blank = next((part for part in parts if not row.parts.get(part, "").strip()), None)
            if blank:
                return _("Write the subject.") if blank == "subject" else _("Write the text.")
        try:
            parse_effects([made], self.kind)
        except InvalidEffect as error:
            return str(error)
        return ""

    def _json(self, row: EffectRow) -> dict[str, Any]:
        assert row.effect is not None  # noqa: S101  as_json and _error_of look first
        return {"field": row.name, "value": _VALUE_OF[row.effect.shape](self, row)}

    def person(self, row: EffectRow, part: str) -> int | str | None:
        """A role, or the id of who was looked up."""
        chosen = row.parts.get(part, "")
        if chosen != A_PERSON:
            return chosen
        return lookup.found(A_PERSON, row.parts.get("person", ""), self.actor)


def from_json(raw: Any, kind: str, actor: Actor) -> EffectBuilder:
    """The rows of a stored rule; an empty one begins with a row to fill in."""
    items = raw if isinstance(raw, list) else []
    rows = [_row(item, number) for number, item in enumerate(items, 1) if isinstance(item, dict)]
    return EffectBuilder(kind, actor, rows or [EffectRow("1")])


def from_form(data: QueryDict, kind: str, actor: Actor) -> EffectBuilder:
    """The rows as they were typed; `e` holds their keys, in order."""
    rows = []
    for key in data.getlist("e")[:EFFECTS_LIMIT]:
        row = EffectRow(key[:9], name=data.get(f"e{key}-field", "")[:60])
        if data.get(f"e{key}-was") in (None, row.name):
            row.parts = {
                part: data.get(f"e{key}-{part}", "").replace("\r\n", "\n")[:25_000]
                for part in PARTS
            }
        rows.append(row)
    return EffectBuilder(kind, actor, rows)


def label_of(effect: Effect) -> str:
    """The effect as the beginning of a sentence."""
    return str(LABELS.get(effect.name, effect.label))


def _row(item: Mapping[str, Any], number: int) -> EffectRow:
    """A stored effect's value as the texts of its fields."""
    value = item.get("value")
    parts: dict[str, str] = {}
    if isinstance(value, dict):
        for name, inner in value.items():
            part = "text" if name == "body" else str(name)
            parts[part] = _text(inner)
            if name == "who" and isinstance(inner, int):
                parts |= {"who": A_PERSON, "person": lookup.text_of(A_PERSON, inner)}
    else:
        parts["value"] = parts["text"] = _text(value)
        if item.get("field") in ("cc", "follower", "send_reply") and isinstance(value, int):
            parts |= {"value": A_PERSON, "person": lookup.text_of(A_PERSON, value)}
    return EffectRow(str(number), name=str(item.get("field")), parts=parts)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return " ".join(map(str, value))
    return EMPTY if value in (None, "") else str(value)


def _person_in(made: Mapping[str, Any]) -> Any:
    value = made["value"]
    return value.get("who") if isinstance(value, dict) else value


def _single(builder: EffectBuilder, row: EffectRow) -> Any:
    value = row.parts.get("value", "")
    return None if value == EMPTY else value


def _choice(builder: EffectBuilder, row: EffectRow) -> str:
    value = row.parts.get("value", "")
    return "" if value == EMPTY else value


def _custom(builder: EffectBuilder, row: EffectRow) -> Any:
    value = row.parts.get("value", "")
    if value in ("true", "false") and row.lists.get("value") == yes_no():
        return value == "true"
    return None if value in (EMPTY, "") else value


def _notice(builder: EffectBuilder, row: EffectRow) -> dict[str, Any]:
    return {
        "who": builder.person(row, "who"), "subject": row.parts.get("subject", ""),
        "body": row.parts.get("text", ""),
    }  # fmt: skip


def _group_notice(builder: EffectBuilder, row: EffectRow) -> dict[str, Any]:
    return {
        "group_id": row.parts.get("group_id", ""), "subject": row.parts.get("subject", ""),
        "body": row.parts.get("text", ""),
    }  # fmt: skip


_VALUE_OF: dict[Shape, Callable[[EffectBuilder, EffectRow], Any]] = {
    Shape.CHOICE: _choice,
    Shape.GROUP: _single,
    Shape.AGENT: _single,
    Shape.SCHEDULE: _single,
    Shape.FORM: _single,
    Shape.SNOOZE: lambda builder, row: {
        "until": row.parts.get("until", ""), "amount": row.parts.get("amount", "").strip(),
    },
    Shape.PEOPLE: lambda builder, row: builder.person(row, "value"),
    Shape.TAGS: _choice,
    Shape.TEXT: lambda builder, row: row.parts.get("text", ""),
    Shape.COMMENT: lambda builder, row: {
        "mode": row.parts.get("mode", ""), "text": row.parts.get("text", ""),
    },
    Shape.NOTICE: _notice,
    Shape.GROUP_NOTICE: _group_notice,
    Shape.WEBHOOK: lambda builder, row: {
        "webhook_id": row.parts.get("webhook_id", ""), "body": row.parts.get("text", ""),
    },
    Shape.FLAG: _single,
    Shape.CUSTOM: _custom,
    Shape.NONE: lambda builder, row: None,
}  # fmt: skip
