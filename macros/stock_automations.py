"""The automations a new help desk begins with; people change them like their own."""

from __future__ import annotations

from typing import Any

from macros.actions.automations import AutomationDraft


def _tell_requester(subject: str, body: str) -> dict[str, Any]:
    notice = {"who": "requester", "subject": subject, "body": body}
    return {"field": "notification_user", "value": notice}


_ASK_AGAIN = (
    "We are waiting for your answer on your request #{{ticket.id}}.\n\n"
    "Just reply to this e-mail when you have it, or if you need more time. "
    "If the matter is settled, there is nothing you have to do."
)
_HOW_WAS_IT = (
    "Yesterday we solved your request #{{ticket.id}}, “{{ticket.title}}”.\n\n"
    "We would like to know how we did; it takes one click: {{satisfaction.rating_url}}"
)

STOCK_AUTOMATIONS = (
    AutomationDraft(
        key="close_solved",
        title="Close tickets 4 days after they were solved",
        description="Until then an answer opens the ticket again; after it, it opens a new one.",
        conditions={"all": [{"field": "SOLVED", "operator": "greater_than", "value": 96}]},
        effects=[{"field": "status", "value": "closed"}],
    ),
    AutomationDraft(
        key="remind_pending",
        title="Remind requesters who have not answered for 3 days",
        is_active=False,
        conditions={"all": [{"field": "PENDING", "operator": "is", "value": 72},
                            {"field": "ticket_is_public", "operator": "is", "value": True}]},
        effects=[_tell_requester("Your request #{{ticket.id}} waits for you", _ASK_AGAIN)],
    ),
    AutomationDraft(
        key="escalate_unanswered",
        title="Escalate new tickets nobody has taken for 8 business hours",
        is_active=False,
        conditions={"all": [
            {"field": "NEW", "operator": "greater_than_business_hours", "value": 8},
            {"field": "priority", "operator": "less_than", "value": "high"},
            {"field": "current_tags", "operator": "not_includes", "value": ["escalated"]},
        ]},
        effects=[{"field": "priority", "value": "high"},
                 {"field": "current_tags", "value": ["escalated"]}],
    ),
    AutomationDraft(
        key="offer_rating",
        title="Ask for a rating 24 hours after a ticket was solved",
        is_active=False,
        conditions={"all": [
            {"field": "SOLVED", "operator": "greater_than", "value": 24},
            {"field": "satisfaction_score", "operator": "is", "value": "unoffered"},
            {"field": "ticket_is_public", "operator": "is", "value": True},
        ]},
        effects=[{"field": "satisfaction_score"},
                 _tell_requester("How did we do with your request #{{ticket.id}}?", _HOW_WAS_IT)],
    ),
)  # fmt: skip
