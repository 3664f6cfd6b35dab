"""Who changed what in routing, and the way back."""

from __future__ import annotations

import pytest

from accounts.errors import NotPermitted
from accounts.models import Group
from macros.actions import (
    add_skill_rule,
    create_skill,
    delete_skill,
    delete_skill_rule,
    rename_skill,
    revert_routing,
    set_agent_availability,
    set_agent_capacity,
    set_availability,
    set_house_capacity,
    set_role_capacity,
    set_routing,
    set_skill_holders,
)
from macros.errors import InvalidRule, RuleGone
from macros.models import (
    AgentStatus,
    Capacity,
    RoutingHouse,
    RoutingPart,
    RoutingSetting,
    RuleKind,
    RuleRevision,
    Skill,
    WaitingTicket,
)
from tests.factories import as_actor, make_ticket

pytestmark = pytest.mark.django_db
LOW = {"all": [{"field": "priority", "operator": "is", "value": "low"}]}


@pytest.fixture
def leader(lead):
    return as_actor(lead)


def revisions(part: RoutingPart) -> list[RuleRevision]:
    rows = RuleRevision.objects.filter(kind=RuleKind.ROUTING, rule_id=part)
    return list(rows.order_by("number"))


def limits(emails: int) -> dict[str, int]:
    return {"emails": emails, "chats": 3, "calls": 1}


def choose(leader, group: Group, mode: str) -> None:
    set_routing(actor=leader, group_id=group.pk, mode=mode, reassigns_on_offline=False)


def test_a_change_keeps_what_was_before_and_names_who_made_it(leader, lead, support):
    choose(leader, support, "round_robin")
    before, after = revisions(RoutingPart.GROUPS)
    assert (before.number, before.author, before.definition) == (1, None, {})
    assert (after.number, after.author) == (2, lead)
    assert after.definition[str(support.pk)]["mode"] == "round_robin"


def test_saving_without_a_difference_makes_no_revision(leader, support):
    choose(leader, support, "round_robin")
    choose(leader, support, "round_robin")
    assert len(revisions(RoutingPart.GROUPS)) == 2


def test_what_went_with_a_deleted_group_is_laid_at_nobodys_door(leader, lead, support, billing):
    choose(leader, billing, "skills")
    billing.delete()
    choose(leader, support, "round_robin")
    authors = [revision.author for revision in revisions(RoutingPart.GROUPS)]
    assert authors == [None, lead, None, lead]


def test_the_ways_of_groups_go_back_and_their_tickets_are_queued(leader, support, billing, carol):
    choose(leader, support, "round_robin")
    choose(leader, support, "off")
    choose(leader, billing, "skills")
    make_ticket(requester=carol, group_id=support.pk)
    revert_routing(actor=leader, part=RoutingPart.GROUPS, number=2)
    modes = dict(RoutingSetting.objects.values_list("group_id", "mode"))
    assert modes == {support.pk: "round_robin", billing.pk: "off"}
    assert WaitingTicket.objects.filter(group=support).count() == 1
    assert revisions(RoutingPart.GROUPS)[-1].definition == (
        revisions(RoutingPart.GROUPS)[1].definition
    )


def test_capacities_go_back(leader, alice, bob):
    set_house_capacity(actor=leader, limits=limits(10), offline_after=7)
    set_role_capacity(actor=leader, role="lead", limits=limits(4))
    set_agent_capacity(actor=leader, user_id=alice.pk, limits=limits(5))
    at = revisions(RoutingPart.CAPACITY)[-1].number
    set_house_capacity(actor=leader, limits=limits(99), offline_after=0)
    set_agent_capacity(actor=leader, user_id=alice.pk, limits={})
    set_agent_capacity(actor=leader, user_id=bob.pk, limits=limits(6))
    revert_routing(actor=leader, part=RoutingPart.CAPACITY, number=at)
    house = RoutingHouse.objects.get()
    assert (house.emails, house.offline_after) == (10, 7)
    assert set(Capacity.objects.values_list("role", "user", "emails")) == {
        ("lead", None, 4), (None, alice.pk, 5),
    }  # fmt: skip


def test_skills_go_back_with_their_people_and_rules_even_when_deleted(leader, alice, bob):
    german = create_skill(actor=leader, name="German")
    set_skill_holders(actor=leader, skill_id=german.pk, user_ids=[alice.pk, bob.pk])
    rule = add_skill_rule(actor=leader, skill_id=german.pk, conditions=LOW, timeout=30)
    at = revisions(RoutingPart.SKILLS)[-1].number
    set_skill_holders(actor=leader, skill_id=german.pk, user_ids=[bob.pk])
    delete_skill_rule(actor=leader, rule_id=rule.pk)
    delete_skill(actor=leader, skill_id=german.pk)
    create_skill(actor=leader, name="French")
    revert_routing(actor=leader, part=RoutingPart.SKILLS, number=at)
    skill = Skill.objects.get()
    assert (skill.pk, skill.name) == (german.pk, "German")
    assert set(skill.people.all()) == {alice, bob}
    assert [(row.conditions, row.timeout) for row in skill.rules.all()] == [(LOW, 30)]


def test_two_skills_that_changed_names_change_them_back(leader):
    one, two = (create_skill(actor=leader, name=name) for name in ("German", "French"))
    at = revisions(RoutingPart.SKILLS)[-1].number
    for skill, name in ((one, "x"), (two, "German"), (one, "French")):
        rename_skill(actor=leader, skill_id=skill.pk, name=name)
    revert_routing(actor=leader, part=RoutingPart.SKILLS, number=at)
    assert dict(Skill.objects.values_list("pk", "name")) == {one.pk: "German", two.pk: "French"}


def test_going_back_leaves_out_an_agent_who_has_left(leader, alice):
    set_agent_capacity(actor=leader, user_id=alice.pk, limits=limits(5))
    set_agent_capacity(actor=leader, user_id=alice.pk, limits={})
    alice.is_active = False
    alice.save()
    revert_routing(actor=leader, part=RoutingPart.CAPACITY, number=2)
    assert not Capacity.objects.exists()


@pytest.mark.parametrize(("part", "number"), [(1, 99), (4, 1), (77, 1)])
def test_there_is_no_way_back_to_what_never_was(leader, alice, part, number):
    set_agent_availability(actor=leader, user_id=alice.pk, chosen="away")
    with pytest.raises(InvalidRule):
        revert_routing(actor=leader, part=part, number=number)


def test_a_lead_sets_another_agents_availability_and_the_history_says_so(leader, lead, alice):
    set_availability(actor=as_actor(alice), chosen="online")
    set_agent_availability(actor=leader, user_id=alice.pk, chosen="away")
    status = AgentStatus.objects.get()
    assert (status.state, status.chosen_by) == ("away", lead)
    (kept,) = revisions(RoutingPart.AVAILABILITY)
    assert kept.author == lead
    assert kept.definition == {"user": alice.pk, "before": "online", "chosen": "away"}
    set_availability(actor=as_actor(alice), chosen="online")
    status.refresh_from_db()
    assert (status.state, status.chosen_by) == ("online", None)
    assert len(revisions(RoutingPart.AVAILABILITY)) == 1


def test_only_who_manages_rules_sets_others_and_only_those_who_take_tickets(
    leader, alice, bob, carol
):
    with pytest.raises(NotPermitted):
        set_agent_availability(actor=as_actor(bob), user_id=alice.pk, chosen="away")
    with pytest.raises(NotPermitted):
        revert_routing(actor=as_actor(bob), part=RoutingPart.GROUPS, number=1)
    with pytest.raises(RuleGone):
        set_agent_availability(actor=leader, user_id=carol.pk, chosen="away")
    with pytest.raises(InvalidRule):
        set_agent_availability(actor=leader, user_id=alice.pk, chosen="asleep")
