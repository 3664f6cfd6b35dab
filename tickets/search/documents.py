"""Writing the search document in the transaction that changes the ticket: reads follow writes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db import connection

from core import clock
from core.search_text import searchable
from tickets.changes import TicketChange
from tickets.models import Comment, SearchDocument, Ticket

_BETWEEN = re.compile(r"[\W_]+")
TEXT_LIMIT = 100_000  # a tsvector may have 1 MB; a longer message is found by its beginning

_UPSERT = """
INSERT INTO tickets_searchdocument AS doc (ticket_id, public, everything, updated_at)
SELECT ticket_id,
       setweight(to_tsvector('helpdesk', heading), 'A') || to_tsvector('helpdesk', public_text),
       setweight(to_tsvector('helpdesk', heading || ' ' || tags), 'A')
           || to_tsvector('helpdesk', all_text),
       %s
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[])
     AS new (ticket_id, heading, tags, public_text, all_text)
ON CONFLICT (ticket_id) DO UPDATE SET
    public = doc.public || excluded.public,
    everything = doc.everything || excluded.everything,
    updated_at = excluded.updated_at
"""


def write_documents(changes: Sequence[TicketChange]) -> None:
    """Add what a submit wrote to the tickets' documents: one statement for all of them."""
    rows = [row for change in changes if any((row := _row(change))[1:])]
    if not rows:
        return
    _write(rows)


def text_of(comment: Comment, file_names: Sequence[str]) -> str:
    """What is found of a comment: its text and the names of its files, whole and word by word."""
    names = " ".join(file_names)
    apart = _BETWEEN.sub(" ", names)
    return searchable(" ".join(filter(None, (comment.body[:TEXT_LIMIT], names, apart))))


def _row(change: TicketChange) -> tuple[int, str, str, str, str]:
    """Id, heading, tags (staff only), public text, all text; empty where nothing changed."""
    ticket = change.ticket
    heading = tags = ""
    if change.is_creation:
        requester = ticket.requester
        heading = searchable(f"{ticket.subject} {requester.name} {requester.email or ''}")
    elif change.changed("subject"):
        heading = searchable(ticket.subject)
    if change.is_creation or change.changed("tags"):
        tags = searchable(" ".join(ticket.tags))
    comment = change.comment
    text = text_of(comment, change.file_names) if comment else ""
    public = text if change.public_comment else ""
    # What waited was written down for staff when it was submitted.
    return ticket.pk, heading, tags, public, "" if change.is_release else text


def add_file_names(comment: Comment, names: Sequence[str]) -> None:
    """Have a ticket found by the names of files that came after their comment."""
    text = searchable(" ".join((*names, *(_BETWEEN.sub(" ", name) for name in names))))
    is_read = comment.is_public and (comment.send_at is None or comment.send_at <= clock.now())
    _write([(comment.ticket_id, "", "", text if is_read else "", text)])


def rebuild_document(ticket: Ticket) -> None:
    """Write the ticket's document anew from what is there now: something was taken away.

    For one ticket; the text of every comment is read once.
    """
    SearchDocument.objects.filter(ticket=ticket).delete()
    requester = ticket.requester
    heading = searchable(f"{ticket.subject} {requester.name} {requester.email or ''}")
    rows = [(ticket.pk, heading, searchable(" ".join(ticket.tags)), "", "")]
    now = clock.now()
    said = ticket.comments.order_by("id").only("body", "is_public", "send_at")
    for comment in said.prefetch_related("attachments"):
        text = text_of(comment, [file.filename for file in comment.attachments.all()])
        is_released = comment.is_public and (comment.send_at is None or comment.send_at <= now)
        rows.append((ticket.pk, "", "", text if is_released else "", text))
    for row in rows:  # one by one: a statement cannot touch the same row twice
        _write([row])


def _write(rows: Sequence[tuple[int, str, str, str, str]]) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, [clock.now(), *columns])
