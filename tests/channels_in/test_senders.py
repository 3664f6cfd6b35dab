"""Sender rules: what they say about an address, and who may make them."""

from __future__ import annotations

import pytest

from accounts.errors import NotPermitted
from channels_in.actions import allow_sender, block_sender, remove_rule
from channels_in.models import SenderRule
from channels_in.senders import decision_for, forget_rules
from tickets.errors import InvalidChange

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_rules_kept():
    forget_rules()
    yield
    forget_rules()


@pytest.mark.parametrize(
    ("email", "decision"),
    [
        ("anyone@spam.example", "block"),
        ("ANYONE@Mail.Spam.Example", "block"),
        ("friend@spam.example", "allow"),
        ("x@good.spam.example", "allow"),
        ("x@notspam.example", None),
        ("spam.example@elsewhere.example", None),
        ("x@m\u00fcller.example", "block"),
        ("no address", None),
        ("", None),
    ],
)
def test_the_address_beats_its_domain_and_the_longer_domain_the_shorter(
    as_actor, admin, email, decision
) -> None:
    actor = as_actor(admin)
    block_sender(actor=actor, pattern="@spam.example")
    allow_sender(actor=actor, pattern="Friend@spam.example")
    allow_sender(actor=actor, pattern="good.spam.example")
    block_sender(actor=actor, pattern="xn--mller-kva.example")

    assert decision_for(email) == decision


def test_a_second_rule_about_the_same_address_replaces_the_first(as_actor, alice) -> None:
    block_sender(actor=as_actor(alice), pattern="carol@nordwind.example")
    rule = allow_sender(actor=as_actor(alice), pattern="carol@nordwind.example", note="A friend")

    assert decision_for("carol@nordwind.example") == "allow"
    assert SenderRule.objects.get() == rule
    assert (rule.created_by, rule.note) == (alice, "A friend")


def test_a_removed_rule_says_nothing_any_more(as_actor, alice) -> None:
    rule = block_sender(actor=as_actor(alice), pattern="carol@nordwind.example")

    remove_rule(actor=as_actor(alice), rule_id=rule.pk)
    forget_rules()

    assert decision_for("carol@nordwind.example") is None


def test_an_agent_decides_about_addresses_but_not_about_domains(as_actor, alice, admin) -> None:
    rule = block_sender(actor=as_actor(admin), pattern="spam.example")

    for act in (allow_sender, block_sender):
        with pytest.raises(NotPermitted):
            act(actor=as_actor(alice), pattern="nordwind.example")
        with pytest.raises(NotPermitted):
            act(actor=as_actor(alice), pattern="@nordwind.example")
    with pytest.raises(NotPermitted):
        remove_rule(actor=as_actor(alice), rule_id=rule.pk)
    assert SenderRule.objects.get() == rule


@pytest.mark.parametrize("person", ["carol", "lightly"])
def test_who_may_not_handle_the_queue_makes_no_rules(as_actor, request, person) -> None:
    actor = as_actor(request.getfixturevalue(person))

    with pytest.raises(NotPermitted):
        allow_sender(actor=actor, pattern="mallory@elsewhere.example")
    assert not SenderRule.objects.exists()


@pytest.mark.parametrize("pattern", ["", "example", "carol@", "a b@x.example", "x" * 300 + ".com"])
def test_what_is_no_address_and_no_domain_is_refused(as_actor, admin, pattern) -> None:
    with pytest.raises(InvalidChange):
        block_sender(actor=as_actor(admin), pattern=pattern)
    assert not SenderRule.objects.exists()


def test_our_own_address_cannot_be_blocked(as_actor, admin) -> None:
    with pytest.raises(InvalidChange):
        block_sender(actor=as_actor(admin), pattern="support@example.com")
