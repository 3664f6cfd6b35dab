"""The settings of routing read aloud: a sentence for each thing that can be set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import Role
from macros.models import Availability, RoutingMode, RoutingPart
from macros.routing.kinds import Kind
from tickets.conditions import Conditions, InvalidCondition, Purpose, parse
from tickets.conditions.words import Names, names_in, words_of

Definition = Mapping[str, Any]


def names_of_definitions(definitions: Iterable[tuple[RoutingPart, Definition]]) -> Names:
    """The names that these definitions need: at most four queries."""
    more: dict[str, set[int]] = {"group": set(), "agent": set()}
    conditions = []
    for part, definition in definitions:
        if part is RoutingPart.GROUPS:
            more["group"] |= {int(pk) for pk in definition}
        elif part is RoutingPart.CAPACITY:
            more["agent"] |= {int(pk) for pk in definition["agents"]}
        elif part is RoutingPart.AVAILABILITY:
            more["agent"].add(definition["user"])
        else:
            for skill in definition.values():
                more["agent"] |= set(skill["people"])
                conditions += [_parsed(rule["conditions"]) for rule in skill["rules"]]
    return names_in([each for each in conditions if each is not None], more)


def words_of_definition(part: RoutingPart, definition: Definition, names: Names) -> list[str]:
    """One sentence for each group, agent, skill, … that is set."""
    return list(_SAY[part](definition, names))


def _groups(definition: Definition, names: Names) -> Iterator[str]:
    for pk, setting in definition.items():
        values = {
            "group": names.of("group", int(pk)), "mode": RoutingMode(setting["mode"]).label,
        }  # fmt: skip
        yield (
            _("%(group)s: %(mode)s; unanswered tickets go to others when their agent is offline")
            if setting["reassigns_on_offline"]
            else _("%(group)s: %(mode)s")
        ) % values


def _capacity(definition: Definition, names: Names) -> Iterator[str]:
    house = definition["house"]
    yield _named(_("Everybody"), house)
    minutes = house["offline_after"]
    yield ngettext(
        "Offline after %(n)d minute without a connection",
        "Offline after %(n)d minutes without a connection", minutes,
    ) % {"n": minutes} if minutes else _("Never offline for want of a connection")  # fmt: skip
    for role, limits in definition["roles"].items():
        yield _named(str(Role(role).label), limits)
    for pk, limits in definition["agents"].items():
        yield _named(names.of("agent", int(pk)), limits)


def _skills(definition: Definition, names: Names) -> Iterator[str]:
    for skill in definition.values():
        people = ", ".join(names.of("agent", pk) for pk in skill["people"])
        yield _("%(skill)s: %(people)s") % {"skill": skill["name"], "people": people or _("nobody")}
        for rule in skill["rules"]:
            yield _needed(skill["name"], rule, names)


def _availability(definition: Definition, names: Names) -> Iterator[str]:
    yield _("%(agent)s: %(before)s → %(after)s") % {
        "agent": names.of("agent", definition["user"]),
        "before": Availability(definition["before"]).label,
        "after": Availability(definition["chosen"]).label,
    }


def _needed(skill: str, rule: Mapping[str, Any], names: Names) -> str:
    conditions = _parsed(rule["conditions"])
    said = words_of(conditions, names) if conditions else [_("names what does not exist any more")]
    values = {"skill": skill, "when": " · ".join(said), "n": rule["timeout"]}
    if rule["timeout"] is None:
        return _("%(skill)s is needed when %(when)s") % values
    return ngettext(
        "%(skill)s is needed for %(n)d minute when %(when)s",
        "%(skill)s is needed for %(n)d minutes when %(when)s", rule["timeout"],
    ) % values  # fmt: skip


def _named(whose: str, limits: Mapping[str, int]) -> str:
    """`Everybody: E-mails 20, Chats 3, Calls 1`."""
    return f"{whose}: " + ", ".join(f"{kind.label} {limits[kind.value]}" for kind in Kind)


def _parsed(raw: Any) -> Conditions | None:
    try:
        return parse(raw, Purpose.SLA)
    except InvalidCondition:
        return None


_SAY = {
    RoutingPart.GROUPS: _groups,
    RoutingPart.CAPACITY: _capacity,
    RoutingPart.SKILLS: _skills,
    RoutingPart.AVAILABILITY: _availability,
}
