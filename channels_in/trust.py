"""What a message may do on the ticket it answers (attacks 1–8)."""

from __future__ import annotations

from accounts.addresses import canonical
from channels_in.courtesy import is_courtesy
from channels_in.letters import Letter
from channels_in.proof import Standing
from channels_in.verification import lets_somebody_in
from tickets.models import Participant, Status, Ticket

# Statuses in which somebody may say thanks without anything to be done.
_DONE = (Status.PENDING, Status.SOLVED)


def weigh(letter: Letter, ticket: Ticket) -> None:
    """Note on a reply what speaks against it, whether it is withheld and whether it reopens.

    - A colleague's address that nothing proves, or that proven lost its rights: agents read it.
    - Nobody the ticket knows, and no token of their own: an unverified participant.
    - Refuted by the sender's own domain, and no token of their own: withheld and flagged.
    - A code or a machine's mail that came by somebody else's token: agents read it, nobody else.
    """
    message = letter.message
    if letter.author.is_staff_member:
        letter.flags.append("is_staff_address")
        letter.is_withheld = letter.author.pk != ticket.requester_id
    if not (_takes_part(ticket, letter) or letter.is_authors_own):
        letter.flags.append("unverified_sender")
        letter.is_withheld = True
    if letter.proof.standing is Standing.FAIL:
        letter.flags.append("failed_authentication")
        letter.is_withheld = letter.is_withheld or not letter.is_authors_own
    if not letter.is_authors_own and (
        not message.may_be_answered or lets_somebody_in(message.subject, message.text)
    ):
        letter.is_withheld = True
    if _answers_go_elsewhere(letter):
        letter.flags.append("reply_to_differs")
    letter.reopens = not message.is_auto_reply
    if letter.reopens and ticket.status in _DONE and _only_thanks(letter, ticket):
        letter.flags.append("courtesy")
        letter.reopens = False


def weigh_first(letter: Letter) -> None:
    """The same for a message that opens a ticket: there is nobody to keep it from."""
    letter.flags += letter.introduction.flags
    handed_in_by = letter.forwarder or letter.author
    if handed_in_by.is_staff_member and not letter.proof.is_proven:
        letter.flags.append("is_staff_address")
    if letter.proof.standing is Standing.FAIL:
        letter.flags.append("failed_authentication")


def is_agents_word(letter: Letter, ticket: Ticket) -> bool:
    """Whether a reply acts with its author's rights: a proven agent who is not the customer here.

    A Reply-To that leads elsewhere takes the rights away (attack 6), and so does a machine.
    """
    return (
        letter.author.is_staff_member
        and letter.proof.is_proven
        and letter.author.pk != ticket.requester_id
        and not letter.message.is_auto_reply
        and not _answers_go_elsewhere(letter)
    )


def _takes_part(ticket: Ticket, letter: Letter) -> bool:
    person = letter.author
    if person.pk in (ticket.requester_id, ticket.submitter_id):
        return True
    return Participant.objects.filter(ticket=ticket, user=person, is_accepted=True).exists()


def _answers_go_elsewhere(letter: Letter) -> bool:
    sender = letter.arrival.message.sender
    named = {canonical(address.email) for address in letter.arrival.message.reply_to}
    return bool(sender and named and canonical(sender.email) not in named)


def _only_thanks(letter: Letter, ticket: Ticket) -> bool:
    message = letter.message
    if any(not file.is_inline for file in message.attachments):
        return False
    people = (letter.author, ticket.requester, ticket.assignee)
    return is_courtesy(
        message.reply_text or message.text, names=tuple(p.name for p in people if p is not None)
    )
