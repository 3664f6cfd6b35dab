"""Completion of searches."""

from __future__ import annotations

import pytest

from tests.factories import as_actor
from web.search.completion import completions_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complete(alice, bob, carol, make_ticket, nordwind):
    make_ticket(tags=("vip", "voucher"))
    make_ticket(tags=("voucher", "late"))

    def texts(typed):
        return [each.text for each in completions_of(typed, as_actor(alice))]

    return texts


def test_keywords_are_completed_at_the_end_of_what_is_typed(complete):
    assert complete("sta") == ["status:"]
    assert complete("lamp -sta") == ["-status:"]
    assert complete("status:open as") == ["assignee:"]
    assert complete("lamp") == []
    assert len(complete("lamp ")) == 8


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("status:o", ["status:open"]),
        ("status<s", ["status<solved"]),
        ("priority:no", ["priority:none", "priority:normal"]),
        ("priority>no", ["priority>normal"]),
        ("tags:v", ["tags:voucher", "tags:vip"]),
        ("-tags:la", ["-tags:late"]),
        ("assignee:m", ["assignee:me"]),
        ("assignee:bob", ["assignee:bob@example.com"]),
        ("requester:carol", ["requester:carol@nordwind.example"]),
        ('organization:"nord', ["organization:Nordwind"]),
        ("created>7", ["created>7days"]),
        ("created<7", []),
        ("nonsense:x", []),
    ],
)
def test_values_are_completed(complete, typed, expected):
    assert complete(typed) == expected


def test_a_value_with_a_blank_is_quoted(complete, alice):
    from accounts.models import Group

    group = Group.objects.first()
    Group.objects.filter(pk=group.pk).update(name="First line")
    assert complete("group:fir") == ['group:"First line"']


@pytest.mark.parametrize("typed", ["", '"', "a" * 500, 'status:"', "(((", "tags:%", "tags:'"])
def test_nothing_breaks_it(complete, typed):
    complete(typed)
