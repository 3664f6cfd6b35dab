"""The words in which the builder offers what a rule does."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tickets.models import Priority, Status, TicketType

A_PERSON = "person"  # in place of a role: somebody who is looked up

Text = str | Promise

ROLES: dict[str, Text] = {
    "requester": gettext_lazy("the requester"),
    "requester_and_ccs": gettext_lazy("the requester and CCs"),
    "assignee": gettext_lazy("the assignee"),
    "current_user": gettext_lazy("whoever makes the change"),
    "followers": gettext_lazy("the followers"),
    A_PERSON: gettext_lazy("a certain person …"),
}
SINGLE_ROLES = ("requester", "assignee", "current_user", A_PERSON)
MODES: dict[str, Text] = {
    "append": gettext_lazy("add after what is written"),
    "prepend": gettext_lazy("add before what is written"),
    "set": gettext_lazy("replace what is written"),
}
UNTIL: dict[str, Text] = {
    "reply": gettext_lazy("until the customer replies"),
    "opening": gettext_lazy("until the next business hour"),
    "hours": gettext_lazy("for some hours …"),
    "days": gettext_lazy("for some days …"),
    "wake": gettext_lazy("no more: wake it"),
}
VALUES: dict[str, Mapping[str, Text]] = {
    "status": dict(Status.choices),
    "priority": dict(Priority.choices),
    "type": dict(TicketType.choices),
}
GROUPS = (
    (gettext_lazy("Ticket"), ("status", "priority", "type", "group_id", "assignee_id", "route",
                              "set_tags", "current_tags", "remove_tags", "subject",
                              "ticket_form_id", "snooze", "set_schedule")),
    (gettext_lazy("Tell people"), ("notification_user", "notification_group", "send_reply",
                                   "satisfaction_score", "cc", "follower")),
    (gettext_lazy("Conversation"), ("comment_value", "comment_value_html",
                                    "comment_mode_is_public")),
    (gettext_lazy("Other programs"), ("notification_webhook",)),
)  # fmt: skip
# Labels where the registry's word alone does not say what is done.
LABELS: dict[str, Text] = {
    "status": gettext_lazy("Set the status to"),
    "priority": gettext_lazy("Set the priority to"),
    "type": gettext_lazy("Set the type to"),
    "group_id": gettext_lazy("Give it to the group"),
    "assignee_id": gettext_lazy("Give it to the agent"),
    "subject": gettext_lazy("Change the subject"),
    "ticket_form_id": gettext_lazy("Use the form"),
    "snooze": gettext_lazy("Snooze it"),
    "comment_value": gettext_lazy("Write a comment"),
    "comment_value_html": gettext_lazy("Write a comment in HTML"),
    "comment_mode_is_public": gettext_lazy("Make the comment public"),
    "send_reply": gettext_lazy("Send the public comment to"),
}
