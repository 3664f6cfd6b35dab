"""What stands beside messages of networks: files that are still to come, and what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from channels_in.models import AwaitedFile
from channels_in.social.names import names_of_deliveries
from tickets.models import Channel, Comment, Ticket

EXCERPT = 120  # letters of an answered message


@dataclass(frozen=True, slots=True)
class Answered:
    pk: int
    author: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Beside:
    """`files` by the comment that waits for them, `answered` by its own id; by delivery what its
    address is `called`.
    """

    files: dict[int, list[AwaitedFile]] = field(default_factory=dict)
    answered: dict[int, Answered] = field(default_factory=dict)
    called: dict[int, str] = field(default_factory=dict)


def beside_of(ticket: Ticket, comments: Sequence[Comment]) -> Beside:
    """One query for what came by networks, one more where something was answered, and where it
    went to numbers; else none.
    """
    by_network = [row.pk for row in comments if not Channel(row.channel).answers_by_mail]
    files: dict[int, list[AwaitedFile]] = {}
    if by_network:
        for row in AwaitedFile.objects.filter(comment__in=by_network).order_by("id"):
            files.setdefault(row.comment_id, []).append(row)
    sent = [each for row in comments if row.is_from_agent for each in row.deliveries.all()]
    return Beside(files, _answered(ticket, comments), names_of_deliveries(sent))


def _answered(ticket: Ticket, comments: Sequence[Comment]) -> dict[int, Answered]:
    wanted = {pk for row in comments if (pk := row.metadata.get("answers"))}
    if not wanted:
        return {}
    here = {row.pk: row for row in comments if row.pk in wanted}
    rest = wanted - here.keys()
    if rest:
        rows = Comment.objects.filter(pk__in=rest, ticket=ticket, is_public=True)
        here |= {row.pk: row for row in rows.select_related("author")}
    return {pk: _shown(row) for pk, row in here.items()}


def _shown(comment: Comment) -> Answered:
    text = " ".join((comment.reply_text or comment.body)[: EXCERPT * 2].split())
    cut = text if len(text) <= EXCERPT else f"{text[: EXCERPT - 1].rstrip()}…"
    return Answered(comment.pk, comment.author.display_name, cut or "📎")
