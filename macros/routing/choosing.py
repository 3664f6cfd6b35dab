"""Who of a team gets a ticket. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from macros.models import RoutingMode, RuleKind
from macros.routing.kinds import Kind
from macros.routing.team import Seat, Team
from tickets.models import Status, Ticket

TITLES = {
    RoutingMode.ROUND_ROBIN: "Round robin",
    RoutingMode.LEAST_LOADED: "Least loaded",
    RoutingMode.SKILLS: "Skills",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """The agent and why, or None and why nobody."""

    seat: Seat | None
    why: str


def choose(
    team: Team, kind: Kind, needed: Mapping[int, str], *, asked: Collection[int] = ()
) -> Choice:
    """The agent who is to have a ticket. `needed` are skills by id; they count in mode `skills`.
    `asked` are those at whom it rang in vain.

    Round robin: who was served longest ago. Otherwise: whose capacity is taken least, then who was
    served longest ago.
    """
    mode = effective_mode(team)
    needed = needed if mode == RoutingMode.SKILLS else {}
    seats = [seat for seat in team.seats if seat.is_online]
    if not seats:
        return Choice(None, f"Nobody in {team.name} is online.")
    seats = [seat for seat in seats if needed.keys() <= seat.skills]
    if not seats:
        return Choice(None, f"Nobody online in {team.name} has {_names(needed)}.")
    seats = [seat for seat in seats if seat.has_room(kind)]
    if not seats:
        return Choice(None, f"Everybody online in {team.name} has all the {_WORDS[kind]} they can.")
    seats = [seat for seat in seats if seat.user_id not in asked]
    if not seats:
        return Choice(None, f"It rang at everybody in {team.name} who is online and has room.")
    if mode == RoutingMode.ROUND_ROBIN:
        chosen = min(seats, key=lambda seat: (seat.turn, seat.user_id))
        reason = "last served longest ago" if chosen.turn else "not served yet"
    else:
        chosen = min(seats, key=lambda seat: (seat.share(kind), seat.turn, seat.user_id))
        reason = "the only one free" if len(seats) == 1 else f"the least of {len(seats)} free"
    skills = f"has {_names(needed)}; " if needed else ""
    return Choice(chosen, f"{chosen.name}: {skills}{chosen.load(kind)}, {reason}")


def effective_mode(team: Team) -> str:
    """A trigger may route in a group that gives nothing out by itself: then the load decides."""
    return RoutingMode.LEAST_LOADED if team.mode == RoutingMode.OFF else team.mode


def note_served(team: Team, seat: Seat, kind: Kind) -> None:
    """Count a ticket that was given out, so that the team can go on being asked."""
    team.turns += 1
    seat.turn = team.turns
    seat.used[kind] += 1


def can_be_routed(ticket: Ticket) -> bool:
    """Whether the ticket looks for an agent."""
    is_waiting = ticket.status in (Status.NEW, Status.OPEN)
    return is_waiting and ticket.assignee_id is None and not ticket.is_deleted


def cause_of(
    team: Team, choice: Choice, *, asked_by: dict[str, Any] | None = None
) -> dict[str, Any]:
    """How the audit says why it was this agent; `asked_by` is the rule that wanted routing."""
    cause = {
        "kind": RuleKind.ROUTING.value, "id": team.group_id, "title": title_of(team),
        "why": choice.why,
    }  # fmt: skip
    return {**cause, "rule": asked_by} if asked_by else cause


def title_of(team: Team) -> str:
    return f"{TITLES[RoutingMode(effective_mode(team))]} in {team.name}"


_WORDS = {Kind.EMAILS: "e-mails", Kind.CHATS: "chats", Kind.CALLS: "calls"}


def _names(needed: Mapping[int, str]) -> str:
    return "the skill " + " and ".join(sorted(needed.values())) if needed else ""
