"""Every field a condition may name, with its kind. Nothing outside this list reaches a query.

Names are Zendesk's (domain-standards.md §3). A field of the ticket can be asked for in memory and
in the database; one of the change (what was said, who did it) only where there is a change to
judge: in triggers.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, Flag, auto

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from tickets.models import Channel, Priority, Score, Status, TicketType


class Purpose(Flag):
    """Where conditions are used; each field says where it makes sense."""

    VIEW = auto()
    SLA = auto()
    AUTOMATION = auto()
    TRIGGER = auto()


STORED = Purpose.VIEW | Purpose.SLA | Purpose.AUTOMATION | Purpose.TRIGGER
TIMED = Purpose.VIEW | Purpose.AUTOMATION


class Kind(Enum):
    ORDERED = "ordered"  # choices with an order: status, priority
    CHOICE = "choice"
    REFERENCE = "reference"  # an id, "current_user", "current_groups", or empty
    TAGS = "tags"
    FLAG = "flag"
    NUMBER = "number"
    TEXT = "text"  # one line, compared as a whole or in part
    WORDS = "words"  # a long text in which words are looked for
    SEARCH = "search"  # everything written on the ticket, as the search finds it
    DATE = "date"
    MOMENT = "moment"  # an instant of which is asked only whether there is one
    HOURS = "hours"  # whole hours since an instant, or until one


@dataclass(frozen=True, slots=True)
class Field:
    """`path` leads from the ticket to the value, in memory (with dots) as in the database.

    `choices` stand in their order. `status` limits an HOURS field to tickets that are in it now;
    `is_ahead` counts until the instant instead of since it. `custom_id` is a custom field's, under
    which its value lies in the ticket, or in the ticket's `holder`: requester or organization.
    """

    name: str
    kind: Kind
    path: str = ""
    label: str | Promise = ""
    choices: tuple[str, ...] = ()
    purposes: Purpose = STORED
    has_history: bool = False  # previous and new values can be asked for
    refers_to: str = ""  # of a REFERENCE: group, agent, person, organization, schedule, form
    status: str = ""
    is_ahead: bool = False
    custom_id: str = ""
    holder: str = ""


_TRIGGER = Purpose.TRIGGER

_FIELDS = (
    # The ticket
    Field("status", Kind.ORDERED, "status", _("Status"), tuple(Status.values), has_history=True),
    Field("priority", Kind.ORDERED, "priority", _("Priority"), ("", *Priority.values),
          has_history=True),
    Field("type", Kind.CHOICE, "type", _("Type"), ("", *TicketType.values), has_history=True),
    Field("group_id", Kind.REFERENCE, "group_id", _("Group"), has_history=True, refers_to="group"),
    Field("assignee_id", Kind.REFERENCE, "assignee_id", _("Assignee"), has_history=True,
          refers_to="agent"),
    Field("requester_id", Kind.REFERENCE, "requester_id", _("Requester"), has_history=True,
          refers_to="person"),
    Field("organization_id", Kind.REFERENCE, "organization_id", _("Organization"),
          has_history=True, refers_to="organization"),
    Field("current_tags", Kind.TAGS, "tags", _("Tags")),
    Field("subject_includes_word", Kind.WORDS, "subject", _("Subject")),
    Field("full_text", Kind.SEARCH, "search_document.everything", _("Text of the ticket"),
          purposes=Purpose.VIEW),
    Field("via_id", Kind.CHOICE, "channel", _("Channel"), tuple(Channel.values)),
    Field("recipient", Kind.TEXT, "recipient", _("Received at")),
    Field("locale_id", Kind.TEXT, "language", _("Language")),
    Field("satisfaction_score", Kind.CHOICE, "satisfaction", _("Satisfaction"),
          tuple(Score.values), has_history=True),
    Field("ticket_is_public", Kind.FLAG, "is_public", _("Has public comments")),
    Field("schedule_id", Kind.REFERENCE, "schedule_id", _("Schedule"), refers_to="schedule"),
    Field("ticket_form_id", Kind.REFERENCE, "form_id", _("Form"), has_history=True,
          refers_to="form"),
    Field("snoozed_until", Kind.MOMENT, "snoozed_until", _("Snooze"), has_history=True),
    Field("reopens", Kind.NUMBER, "reopens", _("Reopens")),
    Field("replies", Kind.NUMBER, "replies", _("Agent replies")),
    Field("agent_stations", Kind.NUMBER, "assignee_stations", _("Assignees so far")),
    Field("group_stations", Kind.NUMBER, "group_stations", _("Groups so far")),
    # Its people
    Field("requester_role", Kind.CHOICE, "requester.role", _("Requester's role"),
          tuple(Role.values)),
    Field("requester_email", Kind.TEXT, "requester.email", _("Requester's e-mail")),
    Field("requester_tags", Kind.TAGS, "requester.tags", _("Requester's tags")),
    Field("organization_tags", Kind.TAGS, "organization.tags", _("Organization's tags")),
    # The change, and who makes it
    Field("update_type", Kind.CHOICE, label=_("Ticket is"), choices=("Create", "Change"),
          purposes=_TRIGGER),
    Field("role", Kind.CHOICE, label=_("Changed by a"), choices=("agent", "end_user", "system"),
          purposes=_TRIGGER),
    Field("current_user_id", Kind.REFERENCE, label=_("Changed by"), purposes=_TRIGGER,
          refers_to="person"),
    Field("current_via_id", Kind.CHOICE, label=_("Changed by way of"),
          choices=tuple(Channel.values), purposes=_TRIGGER),
    Field("comment_is_public", Kind.CHOICE, label=_("Comment"),
          choices=("public", "private", "none"), purposes=_TRIGGER),
    Field("comment_includes_word", Kind.WORDS, label=_("Comment text"), purposes=_TRIGGER),
    Field("attachment", Kind.FLAG, label=_("Comment has files"), purposes=_TRIGGER),
    Field("cc", Kind.FLAG, label=_("CCs were changed"), purposes=_TRIGGER),
    Field("may_be_answered", Kind.FLAG, label=_("Sender may be answered by a machine"),
          purposes=_TRIGGER),
    Field("in_business_hours", Kind.FLAG, label=_("Within business hours"), purposes=_TRIGGER),
    Field("sla_event", Kind.CHOICE, label=_("SLA"), choices=("", "warning", "breach"),
          purposes=_TRIGGER),
    # Time; an automation is due at the moment, see `due.py`
    Field("NEW", Kind.HOURS, "status_updated_at", _("Hours since new"), purposes=TIMED,
          status=Status.NEW),
    Field("OPEN", Kind.HOURS, "status_updated_at", _("Hours since open"), purposes=TIMED,
          status=Status.OPEN),
    Field("PENDING", Kind.HOURS, "status_updated_at", _("Hours since pending"), purposes=TIMED,
          status=Status.PENDING),
    Field("HOLD", Kind.HOURS, "status_updated_at", _("Hours since on hold"), purposes=TIMED,
          status=Status.HOLD),
    Field("SOLVED", Kind.HOURS, "status_updated_at", _("Hours since solved"), purposes=TIMED,
          status=Status.SOLVED),
    Field("created_hours_ago", Kind.HOURS, "created_at", _("Hours since created"),
          purposes=TIMED),
    Field("updated_hours_ago", Kind.HOURS, "updated_at", _("Hours since update"),
          purposes=TIMED),
    Field("solved_hours_ago", Kind.HOURS, "solved_at", _("Hours since first solved"),
          purposes=TIMED),
    Field("assigned_at", Kind.HOURS, "assigned_at", _("Hours since assigned"), purposes=TIMED),
    Field("requester_updated_hours_ago", Kind.HOURS, "requester_updated_at",
          _("Hours since requester update"), purposes=TIMED),
    Field("assignee_updated_hours_ago", Kind.HOURS, "assignee_updated_at",
          _("Hours since assignee update"), purposes=TIMED),
    Field("due_date", Kind.HOURS, "due_at", _("Hours since due date"), purposes=TIMED),
    Field("until_due_date", Kind.HOURS, "due_at", _("Hours until due date"), purposes=TIMED,
          is_ahead=True),
    Field("sla_next_breach_at", Kind.HOURS, "sla_next_breach_at",
          _("Hours since SLA breach"), purposes=TIMED),
    Field("until_sla_next_breach_at", Kind.HOURS, "sla_next_breach_at",
          _("Hours until next SLA breach"), purposes=TIMED, is_ahead=True),
)  # fmt: skip
FIELDS = {field.name: field for field in _FIELDS}

_SINCE = ("is", "less_than", "greater_than")
_BUSINESS = tuple(f"{name}_business_hours" for name in _SINCE)
OPERATORS: dict[Kind, tuple[str, ...]] = {
    Kind.ORDERED: ("is", "is_not", "less_than", "greater_than"),
    Kind.CHOICE: ("is", "is_not"),
    Kind.REFERENCE: ("is", "is_not", "present", "not_present"),
    Kind.TAGS: ("includes", "not_includes", "present", "not_present"),
    Kind.FLAG: ("is",),
    Kind.NUMBER: ("is", "is_not", "less_than", "greater_than", "present", "not_present"),
    Kind.TEXT: ("is", "is_not", "includes", "not_includes", "present", "not_present"),
    Kind.WORDS: ("includes", "not_includes", "is", "is_not"),
    Kind.SEARCH: ("includes", "not_includes"),
    Kind.DATE: ("is", "less_than", "greater_than", "within_previous_n_days",
                "within_next_n_days", "present", "not_present"),
    Kind.MOMENT: ("present", "not_present"),
    Kind.HOURS: (*_SINCE, *_BUSINESS),
}  # fmt: skip
# Of fields with a history, in triggers: whether this change touched them, and from what to what.
CHANGE_OPERATORS = (
    "changed", "not_changed", "value", "not_value", "value_previous", "not_value_previous",
)  # fmt: skip
WITHOUT_VALUE = ("present", "not_present", "changed", "not_changed")


def operators_of(field: Field, purpose: Purpose) -> tuple[str, ...]:
    """What may be asked about a field where conditions serve `purpose`."""
    asked = OPERATORS[field.kind]
    if field.kind is Kind.MOMENT:
        return (*asked, "changed", "not_changed") if purpose & _TRIGGER else asked
    return (*asked, *CHANGE_OPERATORS) if field.has_history and purpose & _TRIGGER else asked
