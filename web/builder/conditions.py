"""Conditions between the JSON of a rule and the rows of a form.

The form works without scripts: every row is there at first paint, and what adds or takes rows away
is a button of the same form (`op`). Two groups stand at the top, "all of these" and "at least one
of these"; a group within them has one of these two modes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.actor import Actor
from tickets.conditions import InvalidCondition, Purpose, parse
from tickets.conditions.grammar import DEPTH, LIMIT
from tickets.conditions.offers import NOBODY, FieldOffer, offers
from tickets.conditions.registry import CHANGE_OPERATORS, WITHOUT_VALUE, Kind
from web.builder import lookup

EMPTY = "(empty)"  # a choice that stands for no value; an empty field is one not chosen yet
_MODES = ("all", "any")
_NUMERIC = (Kind.NUMBER.value, Kind.HOURS.value)


@dataclass(slots=True)
class Row:
    """A condition, or a group of rows in one of the two modes."""

    key: str
    is_group: bool = False
    mode: str = "all"
    depth: int = 0
    rows: list[Row] = field(default_factory=list)
    name: str = ""
    operator: str = ""
    value: str = ""
    error: str = ""
    has_focus: bool = False
    offer: FieldOffer | None = None

    def every(self) -> Iterator[Row]:
        """The row and all that stand in it."""
        yield self
        for row in self.rows:
            yield from row.every()

    @property
    def may_nest(self) -> bool:
        return self.depth < DEPTH - 1

    @property
    def widget(self) -> str:
        """How the value is entered."""
        if self.offer is None or self.operator in WITHOUT_VALUE:
            return "none"
        if self.operator.startswith("within_"):
            return "number"
        if self.offer.is_searched:
            return "search"
        if self.offer.choices or self.offer.kind == Kind.REFERENCE.value:
            return "select"
        if self.offer.kind in _NUMERIC:
            return "number"
        return "date" if self.offer.kind == Kind.DATE.value else "text"

    @property
    def has_one_operator(self) -> bool:
        return self.offer is not None and len(self.offer.operators) == 1

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What the select offers; with what is stored and gone, so that nobody misses it."""
        if self.offer is None:
            return []
        made = [(value or EMPTY, words) for value, words in self.offer.choices]
        if self.offer.refers_to:
            nobody = [(EMPTY, str(NOBODY[self.offer.refers_to]))]
            made = [*(nobody if self.operator in CHANGE_OPERATORS or self.value == EMPTY else []),
                    *made]  # fmt: skip
        if self.value and self.value not in dict(made):
            gone = _("#%(id)s (deleted)") % {"id": self.value}
            made.insert(0, (self.value, gone))
        return made

    @property
    def hint(self) -> str:
        """What is typed into an empty field."""
        if self.offer is None:
            return ""
        match self.widget:
            case "search":
                return _("type to look up")
            case "text" if self.offer.kind == Kind.TAGS.value:
                return _("tags, separated by spaces")
            case "text" if self.offer.kind == Kind.SEARCH.value:
                return _("words, as in the search")
            case "text" if self.operator in ("includes", "not_includes") and (
                self.offer.kind == Kind.WORDS.value
            ):
                return _("words, separated by spaces")
        return ""


@dataclass(slots=True)
class ConditionBuilder:
    """The two groups, and everything their rows may offer."""

    purpose: Purpose
    actor: Actor
    groups: list[Row]
    offers: dict[str, FieldOffer] = field(default_factory=dict)
    error: str = ""

    def __post_init__(self) -> None:
        self.offers = {offer.name: offer for offer in offers(self.purpose, self.actor)}
        self.settle()

    @property
    def headings(self) -> list[tuple[str, list[FieldOffer]]]:
        """Offers under their headings, for the list of fields."""
        made: dict[str, list[FieldOffer]] = {}
        for offer in self.offers.values():
            made.setdefault(offer.heading, []).append(offer)
        return list(made.items())

    @property
    def rows(self) -> list[Row]:
        """Every condition, however deep."""
        return [row for group in self.groups for row in group.every() if not row.is_group]

    @property
    def is_valid(self) -> bool:
        return not self.error and not any(row.error for row in self.rows)

    def settle(self) -> None:
        """Give every row its number, its offer and an operator that its field knows."""
        number = 0
        for group in self.groups:
            for row in group.every():
                if row is not group:
                    number += 1
                    row.key = str(number)
                for inner in row.rows:
                    inner.depth = row.depth + 1
                self._settle_row(row)

    def _settle_row(self, row: Row) -> None:
        if row.is_group:
            return
        row.offer = self.offers.get(row.name)
        if row.offer is None:
            row.name = ""
            return
        known = [name for name, _words in row.offer.operators]
        if row.operator not in known:
            row.operator = known[0]
        is_list = row.widget == "select"
        if is_list and not row.value and not row.offer.refers_to:
            row.value = row.choices[0][0]

    def operate(self, op: str) -> None:
        """`add:<group>`, `group:<group>`, `remove:<row>`; anything else changes nothing."""
        name, _colon, key = op.partition(":")
        target = next((row for group in self.groups for row in group.every() if row.key == key),
                      None)  # fmt: skip
        if target is None:
            return
        if name == "remove":
            self._remove(target)
        elif target.is_group and len(self.rows) < LIMIT:
            new = Row("", has_focus=True)
            if name == "group" and target.may_nest:
                other = "any" if target.mode == "all" else "all"
                target.rows.append(Row("", is_group=True, mode=other, rows=[new, Row("")]))
            elif name == "add":
                target.rows.append(new)
        self.settle()

    def _remove(self, target: Row) -> None:
        for group in self.groups:
            for row in group.every():
                if target in row.rows:
                    place = row.rows.index(target)
                    row.rows.remove(target)
                    beside = row.rows[max(0, place - 1)] if row.rows else row
                    beside.has_focus = True
                    return

    def as_json(self) -> dict[str, Any]:
        """The grammar's shape; rows without a field are left out."""
        every, some = (self._list(group) for group in self.groups)
        return {"all": every, "any": some}

    def check(self) -> bool:
        """Judge every row by itself and say at the row what is wrong with it."""
        for row in self.rows:
            row.error = self._error_of(row)
        return self.is_valid

    def _error_of(self, row: Row) -> str:
        if row.offer is None:
            return _("Choose what the condition looks at, or remove it.")
        value = self._value(row)
        if row.widget == "search" and value is None:
            return lookup.sentence_for(row.offer.refers_to)
        if row.widget == "select" and row.offer.refers_to:
            if not row.value:
                return _("Choose one from the list.")
            known = dict(row.offer.choices)
            if row.value != EMPTY and row.value not in known:
                return _("This one does not exist any more. Choose another one.")
        try:
            parse({"all": [self._json(row)]}, self.purpose)
        except InvalidCondition as error:
            return str(error).replace(row.offer.name, row.offer.label, 1)
        return ""

    def _list(self, group: Row) -> list[dict[str, Any]]:
        made = []
        for row in group.rows:
            if not row.is_group:
                if row.offer is not None:
                    made.append(self._json(row))
            elif inner := self._list(row):
                made.append({row.mode: inner})
        return made

    def _json(self, row: Row) -> dict[str, Any]:
        made: dict[str, Any] = {"field": row.name, "operator": row.operator}
        if row.operator not in WITHOUT_VALUE:
            made["value"] = self._value(row)
        return made

    def _value(self, row: Row) -> Any:
        if row.offer is None:
            return None
        if row.widget == "search":
            return lookup.found(row.offer.refers_to, row.value, self.actor)
        if row.value == EMPTY:
            return None if row.offer.refers_to else ""
        if row.offer.kind == Kind.FLAG.value:
            return row.value == "true"
        if row.offer.refers_to and row.value.isdecimal():
            return int(row.value)
        if row.widget == "number" and row.value.strip().isdecimal():
            return int(row.value)
        return row.value


def from_json(raw: Any, purpose: Purpose, actor: Actor) -> ConditionBuilder:
    """The rows of a stored rule; an empty one begins with a row to fill in."""
    raw = raw if isinstance(raw, dict) else {}
    groups = [
        Row(mode, is_group=True, mode=mode, rows=[_row(item) for item in raw.get(mode) or []])
        for mode in _MODES
    ]
    if not any(group.rows for group in groups):
        groups[0].rows.append(Row(""))
    made = ConditionBuilder(purpose, actor, groups)
    for row in made.rows:
        if row.widget == "search" and row.offer and row.value:
            stored = int(row.value) if row.value.isdecimal() else row.value
            row.value = lookup.text_of(row.offer.refers_to, stored)
    return made


def _row(item: Any) -> Row:
    if not isinstance(item, dict):
        return Row("")
    if "field" not in item:
        return _group(item)
    value, operator = item.get("value"), str(item.get("operator") or "")
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, list | tuple):
        text = " ".join(map(str, value))
    else:
        text = EMPTY if value in (None, "") else str(value)
    if operator in WITHOUT_VALUE:
        text = ""
    return Row("", name=str(item["field"]), operator=operator, value=text)


def _group(item: Mapping[str, Any]) -> Row:
    """A group with both lists becomes one of `all` with a group of `any` in it: the same thing."""
    every, some = ([_row(inner) for inner in item.get(mode) or []] for mode in _MODES)
    if not every:
        return Row("", is_group=True, mode="any", rows=some)
    if some:
        every.append(Row("", is_group=True, mode="any", rows=some))
    return Row("", is_group=True, mode="all", rows=every)


def from_form(data: QueryDict, purpose: Purpose, actor: Actor) -> ConditionBuilder:
    """The rows as they were typed. `c` holds `<key>:<parent>:<g or c>` for each, in order."""
    groups = {mode: Row(mode, is_group=True, mode=mode) for mode in _MODES}
    known: dict[str, Row] = dict(groups)
    for text in data.getlist("c")[: 2 * LIMIT]:
        key, parent, kind = [*text.split(":"), "", ""][:3]
        holder = known.get(parent)
        if not key.isdecimal() or holder is None or not holder.is_group or holder.depth >= DEPTH:
            continue
        row = Row(key, is_group=kind == "g", depth=holder.depth + 1)
        if row.is_group:
            row.mode = "any" if data.get(f"c{key}-mode") == "any" else "all"
        else:
            row.name = data.get(f"c{key}-field", "")[:60]
            row.operator = data.get(f"c{key}-operator", "")[:40]
            row.value = data.get(f"c{key}-value", "")[:2_000]
            if data.get(f"c{key}-was") not in (None, row.name):
                row.operator, row.value = "", ""  # another field: what was chosen does not fit
        holder.rows.append(row)
        known[key] = row
    return ConditionBuilder(purpose, actor, list(groups.values()))
