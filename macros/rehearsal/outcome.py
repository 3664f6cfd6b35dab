"""What a draft would have done at one moment of the past: changed, written, sent. Only said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from macros.effects import Notice, Plan, plan
from macros.engine.doing import Outbound, comment_of
from macros.engine.notices import addressed
from macros.rehearsal.reading import Cast
from macros.rehearsal.tally import MAILS_SHOWN, TEXT_SHOWN, Tally
from macros.values import values_for
from tickets.actions.trial import outcome_of
from tickets.changes import TicketChange
from tickets.conditions import Situation
from tickets.conditions.custom import PREFIX
from tickets.errors import InvalidChange, TicketError
from tickets.models import Comment, ParticipantRole, Ticket

HELD = 250  # outcomes whose mails are worked out together

Differences = dict[str, tuple[Any, Any]]  # by field: before, after
_LISTS = {"cc_ids": ParticipantRole.CC, "follower_ids": ParticipantRole.FOLLOWER}


@dataclass(slots=True)
class Outcome:
    """`change` holds the ticket as it was then; it is not touched. `error` says why it failed."""

    change: TicketChange
    plan: Plan = field(default_factory=Plan)
    differences: Differences = field(default_factory=dict)
    outbound: list[Outbound] = field(default_factory=list)
    error: str = ""
    example: dict[str, Any] | None = None

    @property
    def is_idle(self) -> bool:
        """Whether it asks for nothing that is not so already."""
        made = self.plan
        leaves = made.notices or made.texts or made.webhooks or made.routes
        offers = made.offers_rating and self.change.ticket.satisfaction == "unoffered"
        return not (self.error or self.differences or leaves or offers)


def outcome(
    effects: Sequence[dict[str, Any]], situation: Situation, cast: Cast, cause: dict[str, Any]
) -> Outcome:
    """What effects come to in a situation of the past. A failure is an outcome as well."""
    change = situation.change
    assert change is not None  # noqa: S101  rules act in submits
    try:
        made = plan(effects, situation, values_for(situation, user=_writer(change, cast)))
        outbound = list(_outbound(made, change, cause))
    except TicketError as error:
        return Outcome(change, error=str(error))
    return Outcome(change, made, differences(made.fields, change.ticket), outbound)


def differences(fields: Mapping[str, Any], ticket: Ticket) -> Differences:
    """What planned fields would change on a ticket; people are compared with today's lists."""
    found: Differences = {}
    for name, value in fields.items():
        if name == "custom_fields":
            pairs = {f"{PREFIX}{key}": (ticket.custom_fields.get(key), each)
                     for key, each in value.items()}  # fmt: skip
        elif name in _LISTS:
            pairs = {name: (_people(ticket, _LISTS[name]), sorted(value))}
        elif name == "tags":
            pairs = {name: (list(ticket.tags), list(value))}
        else:
            pairs = {name: (getattr(ticket, name), value)}
        found |= {each: pair for each, pair in pairs.items() if (pair[0] or "") != (pair[1] or "")}
    return found


def _people(ticket: Ticket, role: str) -> list[int]:
    rows = ticket.participants.all()
    return sorted(row.user_id for row in rows if row.role == role and row.is_accepted)


def _writer(change: TicketChange, cast: Cast) -> Any:
    comment = change.comment
    return cast.users.get(change.actor.user_id or (comment.author_id if comment else 0) or 0)


def _outbound(made: Plan, change: TicketChange, cause: dict[str, Any]) -> Iterator[Outbound]:
    """As macros.engine.doing.carry_out hands over what people have to be told."""
    for notice in made.notices:
        yield Outbound(change, notice, cause, change.comment if notice.is_reply else None)
    if made.texts:
        draft = comment_of(made, change)
        if draft.is_public:
            comment = Comment(
                ticket=change.ticket, author_id=draft.author_id, body=draft.body, is_public=True,
                is_from_agent=True,
            )  # fmt: skip
            yield Outbound(change, Notice("requester_and_ccs", is_reply=True), cause, comment)


class Outcomes:
    """Gathers outcomes and works out their mails together."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._held: list[Outcome] = []

    def take(self, made: Outcome, example: dict[str, Any]) -> None:
        """Count what the draft would have done; `example` says when and where."""
        counts = self._tally.counts
        counts["fired"] += 1
        counts["idle"] += made.is_idle
        if made.error:
            self._tally.fail(made.error)
        for name in made.differences:
            counts[f"change:{name}"] += 1
        counts["comments"] += bool(made.plan.texts)
        counts["ratings"] += made.plan.offers_rating
        counts["routes"] += made.plan.routes
        for call in made.plan.webhooks:
            counts[f"webhook:{call.webhook_id}"] += 1
        if self._tally.wants_examples and not self._tally.has_example_of(example["ticket"]):
            made.example = example | _shown(made)
            self._tally.offer(made.example)
        if made.outbound:
            self._held.append(made)
        if len(self._held) >= HELD:
            self.flush()

    def flush(self) -> None:
        """Count the mails of what is held; a constant number of queries."""
        held, self._held = self._held, []
        examples = {id(made.change): made for made in held}
        wanted, gone = addressed([item for made in held for item in made.outbound])
        for item, draft in wanted:
            who = "reply" if item.notice.is_reply else item.notice.who
            self._tally.counts[f"mail:{who}"] += 1
            example = examples[id(item.change)].example
            if example is not None:
                example["mail_count"] += 1
                if len(example["mails"]) < MAILS_SHOWN:
                    body = item.comment.body if item.comment else draft.body
                    example["mails"].append({
                        "to": draft.recipient.pk, "subject": draft.subject,
                        "body": body[:TEXT_SHOWN], "is_reply": item.notice.is_reply,
                    })  # fmt: skip
        for item, error in gone:
            self._tally.fail(str(error))
            example = examples[id(item.change)].example
            if example is not None:
                example["error"] = str(error)


def _shown(made: Outcome) -> dict[str, Any]:
    """The part of an example that says what would have happened."""
    found, error = made.differences, made.error
    if found and not error:
        try:
            found = found | _what_follows(made)
        except InvalidChange as problem:
            error = str(problem)
    texts = [text.text[:TEXT_SHOWN] for text in made.plan.texts]
    calls = [[call.webhook_id, call.body[:TEXT_SHOWN]] for call in made.plan.webhooks]
    return {
        "changes": [[name, _plain(old), _plain(new)] for name, (old, new) in found.items()],
        "comments": texts, "is_public": bool(made.plan.is_public), "calls": calls,
        "rating": made.plan.offers_rating, "routes": made.plan.routes, "mails": [],
        "mail_count": 0, "error": error,
    }  # fmt: skip


def _what_follows(made: Outcome) -> Differences:
    """What assignment brings along: a group, a status, an assignee. Raises InvalidChange."""
    before = made.change.ticket
    after = outcome_of(actor=made.change.actor, ticket=before, changes=made.plan.changes)
    return {
        name: (getattr(before, name), getattr(after, name))
        for name in ("status", "group_id", "assignee_id")
        if getattr(before, name) != getattr(after, name)
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
