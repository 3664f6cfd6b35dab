"""The signature beneath an agent's reply: the address's own, else the agent's; never twice."""

from __future__ import annotations

from accounts.models import User
from channels_in.models import AgentSignature, ChannelAccount
from core import liquid
from tickets.models import Comment, Ticket
from tickets.placeholders import values_of


def signature_of(comment: Comment, account: ChannelAccount) -> str:
    """Plain text, or nothing where there is none or the reply ends with it already.

    Signatures are texts with placeholders. An agent's own is filled in first and then is a value:
    `{{ current_user.signature }}` in an address's signature is where it goes.
    """
    signature = signature_text(comment.ticket, comment.author, account)
    return "" if _ends_with(comment.body, signature) else signature


def signature_text(ticket: Ticket, agent: User, account: ChannelAccount) -> str:
    """What stands beneath any reply of this agent's from this address."""
    values = values_of(ticket, current_user=agent)
    own = liquid.render(own_signature(agent, account), values, html=False).strip()
    if not account.signature.strip():
        return own
    values["current_user"] = {**_mapping(values["current_user"]), "signature": own}
    return liquid.render(account.signature, values, html=False).strip()


def own_signature(agent: User, account: ChannelAccount) -> str:
    """What the agent signs with from this address; their usual signature where they chose none."""
    rows = AgentSignature.objects.filter(user=agent, account_id=account.pk)
    text = rows.values_list("text", flat=True).first()
    return agent.signature if text is None else text


def _mapping(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _ends_with(body: str, signature: str) -> bool:
    """Whether a text closes with these words, whatever its spaces and line ends are."""
    return bool(signature) and " ".join(body.split()).endswith(" ".join(signature.split()))
