"""Editing a policy: what it would do, and what it does in the background."""

from __future__ import annotations

import pytest

from accounts.errors import NotPermitted
from macros.actions import (
    InvalidRule,
    SlaPolicyDraft,
    create_sla_policy,
    delete_sla_policy,
    order_sla_policies,
    preview_sla_policy,
    recount_some,
    revert_sla_policy,
    sla_recounts,
    tick_sla,
    update_sla_policy,
)
from macros.models import RuleRevision, SlaClock, SlaRecount, SlaState
from macros.sla import what_if
from tests.factories import SETUP, as_actor, make_ticket
from tests.macros.sla.conftest import make_policy, minutes, recount_all, target
from tickets.actions import ScheduleDraft, save_schedule


def draft_of(*targets, **more) -> SlaPolicyDraft:
    usual = {"title": "Standard", "conditions": {"all": []}, "targets": targets, "warnings": ()}
    return SlaPolicyDraft(**{**usual, **more})


def test_a_preview_says_how_many_change_and_how_many_would_be_in_breach(desk, carol):
    policy = make_policy(target("first_reply_time", 240))
    for minute in (0, 100, 200):
        with desk.at(minute):
            make_ticket(requester=carol)
    make_ticket(requester=carol, priority="low")
    with desk.at(230):
        effect = preview_sla_policy(
            actor=SETUP, policy_id=policy.pk, draft=draft_of(target("first_reply_time", 60))
        )
    assert (effect.changed, effect.in_breach, effect.newly_in_breach) == (3, 2, 2)
    assert set(SlaClock.objects.values_list("target_seconds", flat=True)) == {240 * 60}


def test_a_preview_that_takes_too_long_is_an_estimate_that_says_so(desk, carol, monkeypatch):
    policy = make_policy(target("first_reply_time", 240))
    for minute in range(0, 200, 20):
        with desk.at(minute):
            make_ticket(requester=carol)
    draft = draft_of(target("first_reply_time", 100))
    with desk.at(201):
        whole = preview_sla_policy(actor=SETUP, policy_id=policy.pk, draft=draft)
        monkeypatch.setattr(what_if, "PATIENCE", 0)
        monkeypatch.setattr(what_if, "BATCH", 5)
        part = preview_sla_policy(actor=SETUP, policy_id=policy.pk, draft=draft)
    assert (whole.changed, whole.in_breach, whole.is_whole) == (10, 6, True)
    assert (part.looked_at, part.concerned, part.is_whole) == (5, 10, False)
    assert (part.changed, part.in_breach) == (10, 6)  # every other ticket, twice


def test_a_new_policy_counts_from_the_beginning_of_open_tickets(desk):
    desk.open()
    desk.answers(10, status="pending")
    desk.asks(40)
    with desk.at(50):
        make_policy(target("requester_wait_time", 60), target("next_reply_time", 60))
        recount_all()
    wait = desk.clock("requester_wait_time")
    assert (minutes(wait.started_at), wait.elapsed_seconds, minutes(wait.breach_at)) == (
        0, 20 * 60, 90,
    )  # fmt: skip
    assert minutes(desk.clock("next_reply_time").breach_at) == 100
    row = SlaRecount.objects.get()
    assert (row.done, row.total, row.finished_at is not None) == (1, 1, True)


def test_a_shorter_target_breaches_at_the_next_tick(desk):
    policy = make_policy(target("first_reply_time", 240))
    desk.open()
    with desk.at(100):
        update_sla_policy(
            actor=SETUP, policy_id=policy.pk, draft=draft_of(target("first_reply_time", 60))
        )
        recount_all()
        assert desk.clock("first_reply_time").breached_at is None
        assert tick_sla() == 1
    assert minutes(desk.clock("first_reply_time").breached_at) == 100


def test_a_recount_goes_on_after_a_crash(desk, carol, monkeypatch):
    monkeypatch.setattr(sla_recounts, "BATCH", 2)
    for _ in range(5):
        make_ticket(requester=carol)
    make_policy(target("total_resolution_time", 600))
    assert recount_some() == 2

    def crash(*_args):
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(sla_recounts, "_recount", crash)
        with pytest.raises(MemoryError):
            recount_some()
    assert SlaRecount.objects.get().done == 2
    recount_all()
    assert SlaClock.objects.count() == 5
    assert SlaRecount.objects.get().done == 5


def test_the_first_policy_by_position_counts(desk):
    first = make_policy(target("first_reply_time", 60), title="First")
    second = make_policy(target("first_reply_time", 30), title="Second")
    desk.open()
    assert desk.clock("first_reply_time").policy_id == first.pk
    order_sla_policies(actor=SETUP, policy_ids=[second.pk, first.pk])
    recount_all()
    assert desk.clock("first_reply_time").policy_id == second.pk


def test_without_a_policy_clocks_go_and_their_events_stay(desk):
    policy = make_policy(target("first_reply_time", 60))
    desk.open()
    delete_sla_policy(actor=SETUP, policy_id=policy.pk)
    recount_all()
    assert not SlaClock.objects.exists()
    assert not SlaState.objects.exists()
    assert desk.log("first_reply_time") == [("activate", 0), ("apply_sla", 0)]
    desk.ticket.refresh_from_db()
    assert desk.ticket.sla_next_breach_at is None


def test_other_business_hours_move_the_breach(desk, office_hours):
    make_policy(target("first_reply_time", 60, business=True))
    desk.open(8 * 60 - 20)
    save_schedule(
        actor=SETUP, schedule_id=office_hours.pk,
        draft=ScheduleDraft(name="Office", time_zone="UTC", intervals=[(1440, 6 * 1440)]),
    )  # fmt: skip
    sla_recounts.recount_for_schedules()
    with desk.at(8 * 60 - 10):
        recount_all()
    assert minutes(desk.clock("first_reply_time").breach_at) == 8 * 60 + 40


def test_a_policy_keeps_its_revisions_and_goes_back_to_one(desk):
    policy = make_policy(target("first_reply_time", 60))
    update_sla_policy(
        actor=SETUP, policy_id=policy.pk, draft=draft_of(target("first_reply_time", 30))
    )
    revert_sla_policy(actor=SETUP, policy_id=policy.pk, number=1)
    policy.refresh_from_db()
    assert (policy.targets[0]["target"], policy.revision) == (60, 3)
    assert RuleRevision.objects.filter(kind="sla_policy", rule_id=policy.pk).count() == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"targets": []},
        {"targets": [target("first_reply_time", 0)]},
        {"targets": [target("speed", 5)]},
        {"targets": [target("first_reply_time", 5), target("first_reply_time", 6)]},
        {"warnings": (1.5,)},
        {"settings": {"nonsense": True}},
        {"title": " "},
        {"schedule_id": 999},
    ],
)
def test_a_wrong_policy_is_not_saved(db, wrong):
    right = {"targets": [target("first_reply_time", 60)]}
    with pytest.raises(InvalidRule):
        create_sla_policy(actor=SETUP, draft=draft_of(**{**right, **wrong}))
    assert not RuleRevision.objects.filter(kind="sla_policy").exists()


def test_agents_change_no_policies(alice, db):
    with pytest.raises(NotPermitted):
        preview_sla_policy(actor=as_actor(alice), draft=draft_of(target("first_reply_time", 5)))
