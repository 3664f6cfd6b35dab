"""Two workers, each with one message of the same conversation."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from channels_in import funnel, letterbox
from channels_in.models import ChannelAccount, Fate, InboundItem
from channels_in.receive import RawMessage, receive
from tests.channels_in.conftest import make_mail
from tickets.models import Comment, Ticket

pytestmark = pytest.mark.django_db(transaction=True)

PARENT = make_mail(message_id="parent@n.example", text="The question")
REPLY = make_mail(
    message_id="reply@n.example", in_reply_to="<parent@n.example>", text="And one thing more"
)


@pytest.mark.parametrize("first", [0, 1], ids=["parent first", "reply first"])
def test_a_mail_and_its_answer_in_two_workers_become_one_ticket(
    account: ChannelAccount, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    receive([RawMessage(account, raw) for raw in (PARENT, REPLY)])
    ids = list(InboundItem.objects.order_by("id").values_list("id", flat=True))
    is_writing, may_commit = threading.Event(), threading.Event()
    real = letterbox._open_tickets

    def slowly(*arguments: object) -> None:
        real(*arguments)
        if not is_writing.is_set():
            is_writing.set()
            may_commit.wait(10)

    monkeypatch.setattr(letterbox, "_open_tickets", slowly)

    def work(item_id: int) -> None:
        funnel.process_items([item_id])
        connection.close()

    workers = [threading.Thread(target=work, args=(ids[n],)) for n in (first, 1 - first)]
    workers[0].start()
    assert is_writing.wait(10)
    workers[1].start()
    workers[1].join(0.5)
    second_waits = workers[1].is_alive()
    may_commit.set()
    for worker in workers:
        worker.join(10)

    assert second_waits
    assert Ticket.objects.count() == 1
    assert Comment.objects.count() == 2
    assert set(InboundItem.objects.values_list("fate", flat=True)) == {Fate.COMMENT}
