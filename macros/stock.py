"""The triggers a new help desk begins with; people change them like their own."""

from __future__ import annotations

from typing import Any

from macros.actions.triggers import TriggerDraft

_CREATED = {"field": "update_type", "operator": "is", "value": "Create"}
_CHANGED = {"field": "update_type", "operator": "is", "value": "Change"}
_PUBLIC = {"field": "comment_is_public", "operator": "is", "value": "public"}
_BY_AGENT = {"field": "role", "operator": "is", "value": "agent"}
_NOT_OWN = {"field": "assignee_id", "operator": "is_not", "value": "current_user"}
_NOT_BY_AGENT = {"field": "role", "operator": "is_not", "value": "agent"}
# By mail or form: nobody else expects a mail.
_WROTE_TO_US = [{"field": "via_id", "operator": "is", "value": way} for way in ("email", "web")]


def _tell(who: str, subject: str, body: str) -> dict[str, Any]:
    notice = {"who": who, "subject": subject, "body": body}
    return {"field": "notification_user", "value": notice}


STOCK_TRIGGERS = (
    TriggerDraft(
        key="acknowledge",
        title="Tell the requester that the request was received",
        description="No word of the request is repeated: anybody can write in another's name.",
        conditions={"all": [_CREATED, _NOT_BY_AGENT,
                            {"field": "may_be_answered", "operator": "is", "value": True}],
                    "any": _WROTE_TO_US},
        effects=[_tell(
            "requester", "We received your request #{{ticket.id}}",
            "Thank you for writing to us. We received your request #{{ticket.id}}. "
            "A person will read your message and answer you.\n\n"
            "To add something, just reply to this e-mail.",
        )],
    ),
    TriggerDraft(
        key="reply",
        title="Send an agent's public reply to requester and CCs",
        conditions={"all": [_PUBLIC, _BY_AGENT]},
        effects=[{"field": "send_reply", "value": "requester_and_ccs"}],
    ),
    TriggerDraft(
        key="solved",
        title="Tell the requester that the request was solved",
        description="Only when it is solved without a reply; a reply says so itself.",
        conditions={"all": [
            _CHANGED, _BY_AGENT, {"field": "status", "operator": "value", "value": "solved"},
            {"field": "comment_is_public", "operator": "is_not", "value": "public"},
        ], "any": _WROTE_TO_US},
        effects=[_tell(
            "requester", "Your request #{{ticket.id}} was solved",
            "We have marked your request #{{ticket.id}} as solved.\n\n"
            "If something is still open, just reply to this e-mail, and we go on.",
        )],
    ),
    TriggerDraft(
        key="notify_assignee",
        title="Tell the assignee of a customer's message",
        conditions={"all": [_CHANGED, _NOT_BY_AGENT,
                            {"field": "comment_is_public", "operator": "is_not", "value": "none"},
                            {"field": "assignee_id", "operator": "present"}]},
        effects=[_tell(
            "assignee", "[#{{ticket.id}}] {{ticket.title}}",
            "{{current_user.name}} wrote on ticket #{{ticket.id}}:\n\n"
            "{{ticket.latest_public_comment}}\n\n{{ticket.agent_url}}",
        )],
    ),
    TriggerDraft(
        key="notify_assignment",
        title="Tell an agent of a ticket assigned to them",
        conditions={"all": [{"field": "assignee_id", "operator": "changed"},
                            {"field": "assignee_id", "operator": "present"},
                            _NOT_OWN]},
        effects=[_tell(
            "assignee", "[#{{ticket.id}}] Assigned to you: {{ticket.title}}",
            "Ticket #{{ticket.id}} of {{ticket.requester.name}} was assigned to you.\n\n"
            "{{ticket.agent_url}}",
        )],
    ),
    TriggerDraft(
        key="notify_group",
        title="Tell a group of a ticket assigned to it",
        is_active=False,
        conditions={"all": [{"field": "group_id", "operator": "changed"},
                            {"field": "group_id", "operator": "present"},
                            {"field": "assignee_id", "operator": "not_present"}]},
        effects=[{"field": "notification_group", "value": {
            "group_id": "current_group",
            "subject": "[#{{ticket.id}}] New for your group: {{ticket.title}}",
            "body": "Ticket #{{ticket.id}} of {{ticket.requester.name}} waits in your group.\n\n"
                    "{{ticket.agent_url}}",
        }}],
    ),
    TriggerDraft(
        key="reopened",
        title="Tell the assignee of a reopened ticket",
        conditions={"all": [_CHANGED, {"field": "status", "operator": "value_previous",
                                       "value": "solved"},
                            {"field": "status", "operator": "is", "value": "open"},
                            {"field": "assignee_id", "operator": "present"},
                            _NOT_OWN]},
        effects=[_tell(
            "assignee", "[#{{ticket.id}}] Reopened: {{ticket.title}}",
            "Ticket #{{ticket.id}} was solved and is open again.\n\n{{ticket.agent_url}}",
        )],
    ),
)  # fmt: skip
