"""A macro that names something gone works on without it, is marked, and its owner told."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Group
from macros.actions import AppliedMacro, MacroDraft, create_macro, submit_with_macros
from macros.models import Macro
from tests import factories
from tests.factories import as_actor, make_ticket
from tickets.drafts import CommentDraft
from tickets.models import Delivery, DeliveryKind

pytestmark = pytest.mark.django_db


def made(user, *effects: dict[str, Any], **draft: Any) -> Macro:
    given = MacroDraft(title="Hand over", effects=list(effects), **draft)
    return create_macro(actor=as_actor(user), draft=given)


def use(macro: Macro, user, carol):
    return submit_with_macros(
        actor=as_actor(user), ticket_id=make_ticket(requester=carol).pk,
        applied=[AppliedMacro(macro.pk, macro.revision)],
        comment=CommentDraft(author_id=user.pk, body="Done", is_public=False),
    )  # fmt: skip


def told() -> list[tuple[str, str]]:
    rows = Delivery.objects.filter(kind=DeliveryKind.NOTIFICATION, subject__contains="macro")
    return list(rows.values_list("address", "body"))


@pytest.fixture
def gone(db) -> Group:
    return factories.make_group("Returns")


def test_a_deleted_group_is_marked_once_and_the_reply_kept(alice, carol, gone):
    macro = made(
        alice, {"field": "group_id", "value": gone.pk}, {"field": "priority", "value": "high"}
    )
    gone.delete()
    ticket = use(macro, alice, carol)
    assert (ticket.priority, ticket.comments.count()) == ("high", 2)
    macro.refresh_from_db()
    assert "A part was left out" in macro.error
    ((address, body),) = told()
    assert address == alice.email
    assert "Hand over" in body
    use(macro, alice, carol)
    assert len(told()) == 1


def test_who_changed_a_shared_one_last_is_told(alice, lead, carol, gone):
    macro = made(lead, {"field": "group_id", "value": gone.pk}, scope="everyone")
    gone.delete()
    use(macro, alice, carol)
    assert [address for address, _body in told()] == [lead.email]


def test_one_that_works_is_not_marked(alice, carol, support):
    macro = made(alice, {"field": "group_id", "value": support.pk})
    use(macro, alice, carol)
    macro.refresh_from_db()
    assert macro.error == ""
    assert told() == []
