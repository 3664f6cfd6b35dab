"""What a rehearsal found, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.actor import Actor
from accounts.models import User
from macros.engine.rates import SUBMITS, WINDOW
from macros.models import Metric, Rehearsal, RuleKind, Webhook
from macros.rehearsal.automations import RUNS_TOO_OFTEN
from macros.rehearsal.loops import OFTEN
from macros.sla.lengths import seconds_of
from tickets.conditions import Conditions
from tickets.conditions.words import names_in as names_of_conditions
from tickets.conditions.words import words_of_condition
from tickets.models import AuditEvent, EventType, Priority, Schedule, Ticket, TicketField
from tickets.policies import visible_tickets
from web.admin.rules.kinds import AUTOMATIONS, POLICIES, TRIGGERS, RuleType
from web.admin.rules.presenting import parsed
from web.admin.rules.targets import duration
from web.agent.event_words import Names, names_in, words_of
from web.templatetags.report_words import thousands

OF_KIND: dict[str, RuleType] = {
    RuleKind.TRIGGER: TRIGGERS, RuleKind.AUTOMATION: AUTOMATIONS, RuleKind.SLA_POLICY: POLICIES,
}  # fmt: skip
OFTEN_ON_ONE = 5  # firings on one ticket that are worth a word
_FIELDS = {
    "status": gettext_lazy("Status"), "priority": gettext_lazy("Priority"),
    "type": gettext_lazy("Type"), "group_id": gettext_lazy("Group"),
    "assignee_id": gettext_lazy("Assignee"), "tags": gettext_lazy("Tags"),
    "subject": gettext_lazy("Subject"), "schedule_id": gettext_lazy("Business hours"),
    "form_id": gettext_lazy("Form"), "snoozed_until": gettext_lazy("Snooze"),
    "cc_ids": gettext_lazy("CC"), "follower_ids": gettext_lazy("Followers"),
}  # fmt: skip
_WHO = {
    "requester": gettext_lazy("Mails to requesters"),
    "requester_and_ccs": gettext_lazy("Mails to requesters and CCs"),
    "assignee": gettext_lazy("Mails to assignees"), "group": gettext_lazy("Mails to groups"),
    "current_user": gettext_lazy("Mails to whoever made the update"),
    "followers": gettext_lazy("Mails to followers"),
    "user": gettext_lazy("Mails to a person by name"),
    "reply": gettext_lazy("Public comments sent"),
}  # fmt: skip
_PEOPLE_TODAY = ("requester_email", "requester_role", "organization_tags")


@dataclass(frozen=True, slots=True)
class Line:
    """A number with what it counts; `part` is its percentage of the largest."""

    words: str
    count: int
    part: int = 0


@dataclass(frozen=True, slots=True)
class Promise:
    """How often one target of a policy would have been kept and broken, or still runs."""

    metric: str
    priority: str
    kept: int
    broken: int
    running: int


@dataclass(frozen=True, slots=True)
class Loop:
    words: str
    why: str
    ticket: Ticket | None


@dataclass(frozen=True, slots=True)
class Mail:
    to: str
    subject: str
    body: str
    is_reply: bool


@dataclass(slots=True)
class Example:
    ticket: Ticket
    at: datetime
    by: str = ""
    held: list[str] = field(default_factory=list)
    would: list[str] = field(default_factory=list)
    mails: list[Mail] = field(default_factory=list)
    more_mails: int = 0
    texts: list[str] = field(default_factory=list)
    error: str = ""


@dataclass(slots=True)
class Told:
    """Everything that the page says; lists are empty where there is nothing to say."""

    headline: str
    done: list[Line]
    refused: list[Line]
    failed: list[Line]
    loops: list[Loop]
    examples: list[Example]
    unknown: list[str]
    often: tuple[Ticket, int] | None = None
    promises: list[Promise] = field(default_factory=list)


def told(row: Rehearsal, reader: Actor) -> Told:
    """The result as far as it goes. Only tickets that the reader may see are named."""
    result = {"counts": {}, "examples": [], "loops": {}, "most": [0, 0], **row.result}
    counts: Mapping[str, int] = result["counts"]
    tickets = _tickets(result, reader)
    conditions = parsed(row.definition["conditions"], OF_KIND[row.kind].purpose)
    of_policy = row.kind == RuleKind.SLA_POLICY
    most, times = result["most"]
    return Told(
        headline=_headline(row, counts),
        done=_done(counts), refused=_refused(counts, conditions),
        failed=_lines((name.partition(":")[2] or _("Other reasons"), count)
                      for name, count in counts.items() if name.startswith("failed:")),
        loops=[_loop(each, tickets) for each in result["loops"].values()],
        examples=_broken(result["examples"], tickets) if of_policy
        else _examples(result["examples"], tickets, conditions),
        unknown=_unknown(row, conditions),
        often=(tickets[most], times) if times >= OFTEN_ON_ONE and most in tickets else None,
        promises=_promises(counts),
    )  # fmt: skip


def _tickets(result: Mapping[str, Any], reader: Actor) -> dict[int, Ticket]:
    ids = {each["ticket"] for each in (*result["examples"], *result["loops"].values())}
    return visible_tickets(reader).in_bulk(ids | {result["most"][0]})


def _headline(row: Rehearsal, counts: Mapping[str, int]) -> str:
    fired, tickets = counts.get("fired", 0), counts.get("tickets", 0)
    words = {"n": thousands(fired), "total": thousands(row.done), "tickets": thousands(tickets)}
    on = ngettext("on %(tickets)s ticket", "on %(tickets)s tickets", tickets) % words
    if row.kind == RuleKind.SLA_POLICY:
        kinds = ("kept", "broken", "running")
        words |= {kind: thousands(counts.get(kind, 0)) for kind in kinds}
        promises = sum(counts.get(kind, 0) for kind in kinds)
        if not promises:
            return _("It would have promised nothing on %(total)s updates: no ticket meets its "
                     "conditions, or another policy comes first.") % words  # fmt: skip
        words |= {"n": thousands(promises), "on": on}
        return _("Of %(n)s promises %(on)s, %(kept)s would have been kept and %(broken)s broken; "
                 "%(running)s still run.") % words  # fmt: skip
    if row.kind == RuleKind.AUTOMATION:
        if not fired:
            return _("Would not have run on any of %(total)s tickets.") % words
        times = ngettext("Would have run %(n)s time", "Would have run %(n)s times", fired) % words
        return _("%(times)s, %(on)s of %(total)s looked at.") % {**words, "times": times, "on": on}
    if not fired:
        return _("Would not have fired on any of %(total)s updates.") % words
    return _("Would have fired on %(n)s of %(total)s updates, %(on)s.") % {**words, "on": on}


def _done(counts: Mapping[str, int]) -> list[Line]:
    """What would have been changed, written and sent, the most first."""
    titles = {f"custom_fields_{field.pk}": field.title for field in TicketField.objects.all()}
    hooks = dict(Webhook.objects.values_list("pk", "name"))
    found: list[tuple[str, int]] = []
    for name, count in counts.items():
        kind, _colon, what = name.partition(":")
        if kind == "change":
            known = _FIELDS.get(what) or titles.get(what, what)
            found.append((_("%(field)s changed") % {"field": known}, count))
        elif kind == "mail":
            found.append((str(_WHO.get(what, what)), count))
        elif kind == "webhook":
            found.append(
                (_("Calls of %(hook)s") % {"hook": hooks.get(int(what), f"#{what}")}, count)
            )
    found += [
        (words, counts.get(name, 0))
        for name, words in (
            ("comments", _("Comments written")), ("ratings", _("Ratings offered")),
            ("routes", _("Given out by routing")),
            ("idle", _("Nothing to do: all was so already")),
        )
    ]  # fmt: skip
    return _lines(found)


def _refused(counts: Mapping[str, int], conditions: Conditions | None) -> list[Line]:
    """Of updates on which it would not have fired: the condition that decided."""
    if conditions is None:
        return []
    order, names = list(conditions), names_of_conditions([conditions])
    return _lines(
        (words_of_condition(order[int(name.partition(":")[2])], names), count)
        for name, count in counts.items()
        if name.startswith("unmet:")
    )


def _lines(found: Iterable[tuple[str, int]]) -> list[Line]:
    rows = sorted((pair for pair in found if pair[1]), key=lambda pair: -pair[1])
    top = rows[0][1] if rows else 1
    return [Line(words, count, max(1, round(100 * count / top))) for words, count in rows]


def _loop(loop: Mapping[str, Any], tickets: Mapping[int, Ticket]) -> Loop:
    title = (loop["rule"] or {}).get("title", "")
    minutes = int(WINDOW.total_seconds()) // 60
    times = ngettext("once", "%(n)s times", loop["times"]) % {"n": thousands(loop["times"])}
    words, why = {
        "undone": (
            _("“%(title)s” would undo it, %(times)s.") % {"title": title, "times": times},
            _("That trigger runs in the same update and sets back what this rule has set. Add a "
              "condition to one of them so that only one applies."),
        ),
        "undoes": (
            _("It would undo “%(title)s”, %(times)s.") % {"title": title, "times": times},
            _("That trigger runs before it in the same update and sets the opposite. Add a "
              "condition to one of them so that only one applies."),
        ),
        "stopped": (
            _("Triggers would have been stopped, %(times)s.") % {"times": times},
            _("It fired in %(submits)s updates of one ticket within %(minutes)s minutes, none of "
              "them made by a person at the screen: programs that answer each other.")
            % {"submits": SUBMITS, "minutes": minutes},
        ),
        "often": (
            _("It would have fired in quick succession, %(times)s.") % {"times": times},
            _("At least %(n)s times on one ticket within %(minutes)s minutes, on updates that a "
              "program or a mail may have made. Does what it sends come back as an update?")
            % {"n": OFTEN, "minutes": minutes},
        ),
        "again": (
            ngettext("On %(n)s ticket it would have run %(runs)s times or more.",
                     "On %(n)s tickets it would have run %(runs)s times or more.", loop["times"])
            % {"n": thousands(loop["times"]), "runs": RUNS_TOO_OFTEN},
            _("Its conditions began to hold again and again. Add an action that ends them, such as "
              "a tag, with the condition that the tag is not there."),
        ),
        "endless": (
            _("It would never come to an end on a ticket, and cannot be saved like this."),
            _("Add an action that makes one of its conditions false, or a condition that is true "
              "only once, such as “Hours since pending is 24”."),
        ),
    }[loop["kind"]]  # fmt: skip
    return Loop(words, why, tickets.get(loop["ticket"]))


def _examples(
    raw: Sequence[Mapping[str, Any]], tickets: Mapping[int, Ticket], conditions: Conditions | None
) -> list[Example]:
    seen = [each for each in raw if each["ticket"] in tickets]
    events = [_events(each) for each in seen]
    names = names_in([event for own in events for event in own], TicketField.objects.all())
    people = User.objects.in_bulk(
        {each["by"] for each in seen if each["by"]}
        | {mail["to"] for each in seen for mail in each["mails"]}
    )
    hooks = dict(Webhook.objects.values_list("pk", "name"))
    order = list(conditions) if conditions else []
    said = names_of_conditions([conditions] if conditions else [])
    schedules = dict(Schedule.objects.values_list("pk", "name"))
    return [
        Example(
            ticket=tickets[each["ticket"]], at=datetime.fromisoformat(each["at"]),
            by=_by(each, people),
            held=[words_of_condition(order[n], said) for n in each["held"] if n < len(order)],
            would=list(_would(each, own, names, schedules, hooks)),
            mails=[
                Mail(str(people.get(mail["to"], "")), mail["subject"], mail["body"],
                     mail["is_reply"])
                for mail in each["mails"]
            ],
            more_mails=each["mail_count"] - len(each["mails"]), texts=each["comments"],
            error=each["error"],
        )
        for each, own in zip(seen, events, strict=True)
    ]  # fmt: skip


def _by(example: Mapping[str, Any], people: Mapping[int, User]) -> str:
    if example["audit"] is None:
        return ""
    who = people.get(example["by"] or 0)
    return str(who) if who else _("the help desk itself")


def _events(example: Mapping[str, Any]) -> list[AuditEvent]:
    """Its changes as events, which have their words already."""
    types = {"cc_ids": EventType.CC, "follower_ids": EventType.FOLLOWER}
    return [
        AuditEvent(type=types.get(name, EventType.CHANGE), field_name=name, previous_value=before,
                   value=after)
        for name, before, after in example["changes"] if name not in ("subject", "schedule_id")
    ]  # fmt: skip


def _would(
    example: Mapping[str, Any], events: Sequence[AuditEvent], names: Names,
    schedules: Mapping[int, str], hooks: Mapping[int, str],
) -> Iterator[str]:  # fmt: skip
    yield from words_of(events, names)
    for name, _before, after in example["changes"]:
        if name == "subject":
            yield _("subject “%(text)s”") % {"text": after}
        elif name == "schedule_id":
            yield _("business hours %(name)s") % {"name": schedules.get(after, "—")}
    if example["rating"]:
        yield _("offer a rating")
    if example["routes"]:
        yield _("give it out by routing")
    for hook_id, _body in example["calls"]:
        yield _("call %(hook)s") % {"hook": hooks.get(hook_id, f"#{hook_id}")}
    if example["comments"]:
        yield _("write a public comment") if example["is_public"] else _("write an internal note")


def _broken(raw: Sequence[Mapping[str, Any]], tickets: Mapping[int, Ticket]) -> list[Example]:
    """Broken promises: what was promised, when it was over, and when it came after all."""
    made = []
    for each in raw:
        if each["ticket"] not in tickets:
            continue
        at = datetime.fromisoformat(each["at"])
        ended = datetime.fromisoformat(each["ended"]) if each["ended"] else None
        words = {"metric": str(Metric(each["metric"]).label), "time": duration(seconds_of(each))}
        hours = _("%(metric)s within %(time)s of business hours")
        promise = (hours if each["is_business"] else _("%(metric)s within %(time)s")) % words
        late = _("has not come yet")
        if ended:
            minutes = int((ended - at).total_seconds()) // 60
            late = (
                _("came %(time)s later") % {"time": duration(minutes * 60)} if minutes
                else _("came within a minute after")
            )  # fmt: skip
        made.append(Example(tickets[each["ticket"]], at, would=[promise, late]))
    return made


def _promises(counts: Mapping[str, int]) -> list[Promise]:
    """In the order of the policy's table."""
    kinds = ("kept:", "broken:", "running:")
    pairs = {tuple(name.split(":")[1:]) for name in counts if name.startswith(kinds)}
    metrics, order = [*Metric.values], [*reversed(Priority.values), ""]
    return [
        Promise(
            str(Metric(metric).label),
            str(Priority(priority).label) if priority else _("No priority"),
            *(counts.get(f"{kind}{metric}:{priority}", 0) for kind in kinds),
        )
        for metric, priority in sorted(
            pairs, key=lambda pair: (metrics.index(pair[0]), order.index(pair[1]))
        )
    ]


def _unknown(row: Rehearsal, conditions: Conditions | None) -> list[str]:
    """What cannot be known about the past, as far as it touches this draft."""
    fields = {each.field.name for each in conditions or ()}
    effects = row.definition.get("effects") or []
    found = [_("History is left as it was: what the draft would have done at one update is not "
               "there at the next.")]  # fmt: skip
    if row.kind == RuleKind.TRIGGER:
        found.append(_("Imports and other updates on which no triggers ran are replayed as well."))
    if not fields.isdisjoint(_PEOPLE_TODAY):
        found.append(_("People and organizations are judged by what they are today: what they were "
                       "then is not kept."))  # fmt: skip
    if any("current_groups" in (each.value or ()) for each in conditions or ()
           if isinstance(each.value, str)):  # fmt: skip
        found.append(_("Agents are judged by the groups they are in today."))
    if not fields.isdisjoint(("locale_id", "recipient", "via_id")):
        found.append(_("Language, address and channel of a ticket are those of today."))
    if "may_be_answered" in fields:
        found.append(_("Which senders were machines is not kept: every one is taken for a person."))
    if any("sla_next_breach_at" in name for name in fields):
        found.append(_("The next SLA breach of a ticket is not kept: conditions on it do not "
                       "hold."))  # fmt: skip
    if any(str(each["field"]).startswith(("notification", "send_reply")) for each in effects):
        found.append(_("Mails go to the CCs, followers and group members of today, and the daily "
                       "limit of automatic mails is left out."))  # fmt: skip
    if any(each["field"] == "route" for each in effects):
        found.append(_("Who would have been given a ticket by routing cannot be told."))
    return found
