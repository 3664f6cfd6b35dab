"""What the house and the sink have written down, compared: the ledger's own check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.chaos.sink import Sink
from tests.chaos.writers import answer_text, message_id, parent_of
from tests.journeys.house import House

UNSETTLED = """
    SELECT (SELECT count(*) FROM channels_in_inbounditem WHERE fate IN ('pending', 'failed'))
         + (SELECT count(*) FROM tickets_delivery WHERE state IN ('queued', 'sending'))
         + (SELECT count(*) FROM core_outboxmessage)
"""
KNOWN = "SELECT count(DISTINCT message_id) FROM tickets_comment WHERE message_id LIKE 'ledger-%'"


@dataclass
class Findings:
    """Everything that must be nothing, and how many deliveries ended as unknown."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    unknown: int = 0

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.wrong)

    def __str__(self) -> str:
        parts = [f"lost {self.lost[:9]}", f"doubled {self.doubled[:9]}", f"wrong {self.wrong[:9]}"]
        return "; ".join(parts)


def audit(house: House, sink: Sink, mails: Sequence[int], answers: Sequence[int]) -> Findings:
    """Compare the books after quiet."""
    found = Findings()
    _audit_mails(house, mails, found)
    _audit_answers(house, answers, found)
    _audit_deliveries(house, sink, found)
    if left := house.value(UNSETTLED):
        found.wrong.append(f"{left} pieces of work are not settled")
    if total := int(str(house.value("SELECT count(*) FROM tickets_comment"))):
        surplus = total - len(mails) - len(answers)
        if surplus > 0:
            found.doubled.append(f"{surplus} comments too many")
    return found


def _audit_mails(house: House, mails: Sequence[int], found: Findings) -> None:
    """Every mail is exactly one comment, and an answer is on the ticket of what it answers."""
    rows = house.rows("SELECT message_id, ticket_id FROM tickets_comment WHERE message_id != ''")
    counts = Counter(known for known, _ in rows)
    tickets = dict(rows)
    for number in mails:
        known = message_id(number)
        if not counts[known]:
            found.lost.append(f"mail {number}")
        elif counts[known] > 1:
            found.doubled.append(f"mail {number}")
        parent = parent_of(number)
        if parent is not None and tickets.get(known) != tickets.get(message_id(parent)):
            found.wrong.append(f"mail {number} went astray")


def _audit_answers(house: House, answers: Sequence[int], found: Findings) -> None:
    """Every answer is one comment with one delivery."""
    rows = house.rows(
        "SELECT c.body, count(DISTINCT c.id), count(d.id) FROM tickets_comment c"
        " LEFT JOIN tickets_delivery d ON d.comment_id = c.id AND d.kind = 'comment'"
        " WHERE c.body LIKE 'This is the answer%' GROUP BY c.body"
    )
    known = {str(body).strip(): (comments, deliveries) for body, comments, deliveries in rows}
    for number in answers:
        comments, deliveries = known.get(answer_text(number), (0, 0))
        if not comments or not deliveries:
            found.lost.append(f"answer {number}")
        elif comments > 1 or deliveries > 1:
            found.doubled.append(f"answer {number}")


def _audit_deliveries(house: House, sink: Sink, found: Findings) -> None:
    """Sent means taken once; unknown means taken at most once; nothing was taken and forgotten."""
    rows = house.rows("SELECT message_id, state, kind, ticket_id FROM tickets_delivery")
    for known, state, kind, _ in rows:
        taken = sink.taken[str(known)]
        if taken > 1:
            found.doubled.append(f"{kind} {known} was taken {taken} times")
        elif state == "sent" and not taken:
            found.lost.append(f"{kind} {known} is sent but was not taken")
        elif state not in ("sent", "unknown"):
            found.wrong.append(f"{kind} {known} is {state}")
        found.unknown += state == "unknown"
    for known in sink.taken.keys() - {str(row[0]) for row in rows}:
        found.wrong.append(f"{known} was taken, and the house does not know it")
    acknowledged = Counter(ticket for _, _, kind, ticket in rows if kind == "acknowledgement")
    found.doubled += [f"acknowledgements of {t}" for t, n in acknowledged.items() if n > 1]
