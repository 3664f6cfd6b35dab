"""A reply that a network takes in several messages: the text, and each file by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from channels_in.networks.network import NetworkError, Sent, Uncertain


def said_in_parts(steps: Iterable[Callable[[], str]], *, conversation: str) -> Sent:
    """Say one after the other. The id is that of the first, by which receipts come.

    Trouble with the first is trouble with all. Later a part has arrived: nothing is repeated by
    itself, and people are shown what is missing.
    """
    ids: list[str] = []
    for step in steps:
        try:
            said = step()
        except NetworkError as error:
            if not ids:
                raise
            words = _("Only a part of the reply was taken: %(error)s") % {"error": error}
            raise Uncertain(words) from error
        ids.append(said)
    return Sent(ids[0] if ids else "", conversation=conversation, more_ids=ids[1:])
