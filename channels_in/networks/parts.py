"""A reply that a network takes in several messages: the text, and each file by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from channels_in.networks.network import NetworkError, Uncertain


def said_in_parts(steps: Iterable[Callable[[], str]]) -> str:
    """Say one after the other; the id of the first, by which receipts come.

    Trouble with the first is trouble with all. Later a part has arrived: nothing is repeated by
    itself, and people are shown what is missing.
    """
    first = ""
    for step in steps:
        try:
            said = step()
        except NetworkError as error:
            if not first:
                raise
            words = _("Only a part of the reply was taken: %(error)s") % {"error": error}
            raise Uncertain(words) from error
        first = first or said
    return first
