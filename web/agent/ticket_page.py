"""What the ticket page shows, gathered for the templates. Each part can also be asked for alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from accounts.actor import Actor
from accounts.models import User
from accounts.roles import Permission
from accounts.teams import Team, teams
from core import clock
from core.kept import Kept
from macros.selectors.sla import Timer, timers_of
from tickets import policies
from tickets.models import (
    MergeRecord,
    Priority,
    Status,
    Ticket,
    TicketField,
    TicketForm,
    TicketType,
)
from tickets.selectors.conversations import People, other_tickets_of, people_of
from tickets.selectors.customers import CustomerFigures, figures_of
from tickets.selectors.forms import active_fields, fields_of, forms_for
from tickets.selectors.incidents import Incidents, incidents_of
from tickets.selectors.links import Linked, linked_tickets
from tickets.selectors.merges import undoable_merges
from tickets.selectors.standing import standing_of
from web.agent.conversation_window import LATEST, Asked, asked_timeline
from web.agent.recipients import Recipients, recipients_of
from web.agent.timeline import Timeline
from web.composer.parts import Begun, ComposerUrls, begun_of, urls_of
from web.composer.ways import Way, ways_to
from web.fields.inputs import FieldInput, panel_inputs
from web.people.profile import Profile, profile_of

EARLIER = 6  # of the customer's other tickets beside this one; the rest on demand

# What a submit may set; `new` never comes back, `closed` is made by time alone.
SUBMIT_KEYS = {Status.OPEN: "O", Status.PENDING: "P", Status.HOLD: "H", Status.SOLVED: "S"}
SUBMIT_STATUSES = (Status.OPEN, Status.PENDING, Status.HOLD, Status.SOLVED)


@dataclass(frozen=True, slots=True)
class Properties:
    """The left column. `merges`: those that can still be undone."""

    ticket: Ticket
    people: People
    teams: list[Team]
    forms: list[TicketForm]
    fields: list[FieldInput]
    linked: list[Linked]
    incidents: Incidents | None
    merges: list[MergeRecord]
    seconds: int
    may_edit: bool
    may_merge: bool
    may_redact: bool
    has_files: bool
    timers: list[Timer]
    is_overdue: bool
    priorities: Sequence[tuple[str, Any]] = tuple(Priority.choices)
    types: Sequence[tuple[str, Any]] = tuple(TicketType.choices)


@dataclass(frozen=True, slots=True)
class Customer:
    """The right column."""

    person: User
    profile: Profile
    figures: CustomerFigures
    others: list[Ticket]


@dataclass(frozen=True, slots=True)
class Composer:
    """Who would get a public reply, and what the person may write."""

    to: Recipients
    may_reply: bool
    may_note: bool
    may_edit: bool
    statuses: Sequence[Status]
    default_status: Status
    urls: ComposerUrls
    ways: Sequence[Way] = ()
    # What only a page that is opened needs, not the parts that are fetched anew all the time.
    begun: Callable[[], Begun] = Begun

    @property
    def submit_choices(self) -> list[tuple[Status, str]]:
        return [(status, f"Alt+Shift+{SUBMIT_KEYS[status]}") for status in self.statuses]


kept_fields = Kept(active_fields)  # what every ticket page shows and hardly ever changes
kept_teams = Kept(teams)


def properties_of(
    ticket: Ticket,
    actor: Actor,
    people: People,
    teams: list[Team],
    fields: Sequence[TicketField] | None = None,
) -> Properties:
    """`fields`: all active ones, for who has them at hand."""
    if fields is None or ticket.form_id is not None:
        fields = fields_of(ticket)
    is_problem = ticket.type == TicketType.PROBLEM
    standing = standing_of(ticket)
    may_edit = actor.can(Permission.EDIT_TICKETS) and not ticket.is_closed
    return Properties(
        ticket=ticket,
        people=people,
        teams=teams,
        forms=forms_for(ticket) if standing.has_forms or ticket.form_id else [],
        fields=panel_inputs(ticket, fields, is_open_to_changes=may_edit),
        linked=linked_tickets(ticket, actor, has_links=standing.has_links),
        incidents=incidents_of(ticket, actor) if is_problem else None,
        merges=undoable_merges(ticket) if standing.has_merges else [],
        seconds=standing.seconds,
        may_edit=may_edit,
        may_merge=actor.can(Permission.MERGE_TICKETS),
        may_redact=policies.may_redact(actor),
        has_files=standing.has_files,
        timers=timers_of(ticket),
        is_overdue=bool(ticket.is_open and ticket.due_at and ticket.due_at < clock.now()),
    )


def customer_of(ticket: Ticket, actor: Actor) -> Customer:
    person = ticket.requester
    if person.organization_id == ticket.organization_id:
        person.organization = ticket.organization
    return Customer(
        person=person,
        profile=profile_of(person, actor),
        figures=figures_of(person, actor),
        others=other_tickets_of(person, actor, but=ticket, limit=EARLIER),
    )


def composer_of(ticket: Ticket, actor: Actor, people: People, timeline: Timeline) -> Composer:
    may_edit = actor.can(Permission.EDIT_TICKETS)
    return Composer(
        to=recipients_of(ticket, actor.user_id, people, shown=timeline.latest),
        may_reply=may_reply(actor),
        may_note=actor.can(Permission.COMMENT_INTERNALLY),
        may_edit=may_edit,
        statuses=SUBMIT_STATUSES if may_edit else (),
        default_status=Status.OPEN if ticket.status == Status.NEW else Status(ticket.status),
        urls=urls_of(ticket.pk),
        ways=ways_to(ticket, shown=timeline.latest),
        begun=partial(begun_of, ticket, actor, timeline.latest),
    )


def may_reply(actor: Actor) -> bool:
    return actor.can(Permission.REPLY_PUBLICLY)


@dataclass(frozen=True, slots=True)
class TicketPage:
    ticket: Ticket
    timeline: Timeline
    properties: Properties
    composer: Composer


def page_of(ticket: Ticket, actor: Actor, asked: Asked = LATEST) -> TicketPage:
    """Conversation, properties and composer of a ticket that the actor may see."""
    fields, found = kept_fields(), kept_teams()
    people = people_of(ticket, actor)
    timeline = asked_timeline(ticket, actor, fields, _names(found), asked)
    return TicketPage(
        ticket=ticket,
        timeline=timeline,
        properties=properties_of(ticket, actor, people, found, fields),
        composer=composer_of(ticket, actor, people, timeline),
    )


def timeline_for(ticket: Ticket, actor: Actor, asked: Asked) -> Timeline:
    """The part of the conversation that is asked for, alone."""
    return asked_timeline(ticket, actor, kept_fields(), _names(kept_teams()), asked)


def _names(found: Sequence[Team]) -> dict[int, str]:
    return {team.group_id: team.name for team in found}
