"""Calls: some that agents wrote down, and one that nobody took."""

from __future__ import annotations

import io
import math
import struct
import wave
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.files.base import ContentFile

from accounts.actor import Actor, actor_for
from accounts.models import Identity, IdentityKind, User
from channels_in.actions.connections import connect
from channels_in.networks.network import Profile
from channels_in.networks.registry import network_of
from channels_in.payloads import stored
from channels_in.phone.parse import MISSED
from channels_in.receive import RawMessage, receive
from core import clock
from tickets.actions import CallDraft, keep_upload, log_call
from tickets.models import Status, Ticket

OURS = "+493055501234"
CALLS = (  # who took it, minutes, direction, notes, hours ago, has a recording
    ("alice", 6, "inbound", "Wants the parcel left with the neighbour at number 12. Told the "
     "courier; they ring tomorrow before ten.", 3, True),
    ("bob", 2, "outbound", "Left a message: the refund was sent this morning.", 8, False),
    ("alice", 11, "inbound", "Assembled the shelf together on the phone. One screw too few: send "
     "bag B by letter.", 27, False),
)  # fmt: skip


def make_calls(setup: Actor, users: Mapping[str, User], now: datetime) -> None:
    """A connected number, calls on open tickets of people with a number, and a missed one."""
    network = network_of("phone")
    if network is None:
        return
    plain = {field.name: field.default for field in network.fields if not field.is_secret}
    plain |= {"account_sid": "AC" + "0" * 32, "sender": OURS}
    with clock.frozen(now - timedelta(days=40)):
        connection = connect(
            actor=setup, network=network, profile=Profile(OURS, "Telephone"), plain=plain,
            hidden={"auth_token": "demo"},
        )  # fmt: skip
    numbers = dict(Identity.objects.filter(kind=IdentityKind.PHONE).values_list("user_id", "value"))
    open_ones = Ticket.objects.filter(requester__in=numbers, status__in=Status.unsolved())
    tickets = open_ones.order_by("requester_id", "id").distinct("requester_id")[: len(CALLS)]
    for ticket, call in zip(tickets, CALLS, strict=False):
        _log(users, ticket, numbers[ticket.requester_id], call, now)
    form = {"CallSid": "CA" + "1" * 32, "From": "+441632960017", "To": OURS, "CallDuration": "19"}
    with clock.frozen(now - timedelta(hours=1)):
        receive([RawMessage(connection.account, stored(**form, stage=MISSED))])


def _log(
    users: Mapping[str, User],
    ticket: Ticket,
    number: str,
    call: tuple[str, int, str, str, int, bool],
    now: datetime,
) -> None:
    who, minutes, direction, notes, hours, has_recording = call
    actor = actor_for(users[who])
    with clock.frozen(now - timedelta(hours=hours)):
        uploads: tuple[int, ...] = ()
        if has_recording:
            file = keep_upload(actor=actor, file=ContentFile(_hum()), filename="call.wav")
            uploads = (file.pk,)
        draft = CallDraft(direction, number, OURS, minutes * 60 + 20, notes, uploads)
        log_call(actor=actor, person_id=ticket.requester_id, draft=draft, ticket_id=ticket.pk)


def _hum() -> bytes:
    """Two seconds of a quiet tone: what stands for a recording."""
    file, rate = io.BytesIO(), 8_000
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        for at in range(2 * rate):
            sound.writeframesraw(struct.pack("<h", int(1_500 * math.sin(at * 0.35))))
    return file.getvalue()
