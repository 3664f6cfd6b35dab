"""Keeping a request before "thank you" is said: a crash loses none, two clicks make one ticket."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from channels_in.models import InboundItem, RequestForm
from channels_in.receive import RawMessage, receive
from channels_in.request_forms.signals import Signals, signals_of
from channels_in.request_forms.submission import Submission, pack


class Stored(StrEnum):
    NEW = "new"
    SAME = "same"  # the same request was stored before: a second click, a repeated post
    SPENT = "spent"  # the page's token has brought another request already


def store(form: RequestForm, sent: Submission, signals: Signals, *, nonce: str) -> Stored:
    """Commit a request. `nonce` is the page's: it brings one request, whatever is sent again."""
    digest = sent.digest
    item_id = f"form:{nonce}"
    if (known := _digest_of(form, item_id)) is not None:
        return Stored.SAME if known == digest else Stored.SPENT
    envelope = replace(signals, digest=digest).as_envelope()
    receive([RawMessage(form.account, pack(sent), envelope, item_id)])
    # Two at once: the row of one of them was kept.
    return Stored.NEW if _digest_of(form, item_id) == digest else Stored.SPENT


def _digest_of(form: RequestForm, item_id: str) -> str | None:
    items = InboundItem.objects.filter(account=form.account_id, external_id=item_id)
    envelope = items.values_list("envelope", flat=True).first()
    return None if envelope is None else signals_of(envelope).digest
