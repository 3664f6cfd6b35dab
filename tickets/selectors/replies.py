"""What an answer answers."""

from __future__ import annotations

from tickets.models import Comment, Ticket


def last_customer_message(ticket: Ticket) -> Comment | None:
    """The latest public message that is not the company's, with its author: one query."""
    return (
        ticket.comments.public()
        .filter(is_from_agent=False)
        .select_related("author")
        .order_by("-created_at", "-id")
        .first()
    )
