"""What the conversation's lines say of a side conversation."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tickets.models import AuditEvent, EventType


def side_words(event: AuditEvent) -> str:
    """One phrase after the name of whoever did it."""
    value = event.value or {}
    names = {"subject": value.get("subject", ""), "number": value.get("ticket", "")}
    if value.get("kind") == "child_ticket":
        return _of_child(event.type) % names
    if event.type == EventType.SIDE_REPLY and value.get("is_heard"):
        if not value.get("is_known", True):
            return _("wrote in the side conversation “%(subject)s”, unasked") % names
        return _("answered in the side conversation “%(subject)s”") % names
    return {
        EventType.SIDE_CREATED: _("began the side conversation “%(subject)s”"),
        EventType.SIDE_REPLY: _("wrote in the side conversation “%(subject)s”"),
        EventType.SIDE_TAKEN_BACK: _("took back a message in the side conversation “%(subject)s”"),
        EventType.SIDE_CLOSED: _("closed the side conversation “%(subject)s”"),
        EventType.SIDE_REOPENED: _("reopened the side conversation “%(subject)s”"),
    }[EventType(event.type)] % names


def _of_child(type: str) -> str:
    if type == EventType.SIDE_CREATED:
        return _("opened the child ticket #%(number)s “%(subject)s”")
    if type == EventType.SIDE_CLOSED:
        return _("noted that the child ticket #%(number)s “%(subject)s” is done")
    return _("noted that the child ticket #%(number)s “%(subject)s” is open again")
