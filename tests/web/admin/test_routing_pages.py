"""Routing's pages: groups, capacities, skills, the rail's menu."""

from __future__ import annotations

import pytest

from macros.actions import come_back, create_skill
from macros.models import (
    AgentStatus,
    Capacity,
    RoutingHouse,
    RoutingSetting,
    Skill,
    SkillRule,
    WaitingTicket,
)
from tests import factories

pytestmark = pytest.mark.django_db
PAGES = ("", "agents/", "skills/")


@pytest.fixture
def leads(browser_of, lead):
    return browser_of(lead)


def test_the_pages_are_for_those_who_manage_rules(browser_of, alice, lead):
    for page in PAGES:
        assert browser_of(alice).get(f"/admin/rules/routing/{page}").status_code == 403
        assert browser_of(lead).get(f"/admin/rules/routing/{page}").status_code == 200


def test_a_group_chooses_its_way(leads, support, make_ticket):
    make_ticket(group_id=support.pk, subject="Where is my parcel")
    leads.post(
        f"/admin/rules/routing/groups/{support.pk}/", {"mode": "round_robin", "reassigns": "1"}
    )
    setting = RoutingSetting.objects.get()
    assert (setting.mode, setting.reassigns_on_offline) == ("round_robin", True)
    page = leads.get("/admin/rules/routing/").content.decode()
    assert "Where is my parcel" in page
    assert WaitingTicket.objects.count() == 1


def test_an_unknown_way_is_refused(leads, support):
    answer = leads.post(f"/admin/rules/routing/groups/{support.pk}/", {"mode": "dice"}, follow=True)
    assert "from the list" in answer.content.decode()
    assert not RoutingSetting.objects.exists()


def test_agents_who_are_there_are_shown_with_their_load(leads, alice, support, make_ticket):
    come_back(user_id=alice.pk)
    make_ticket(assignee_id=alice.pk, group_id=support.pk)
    page = leads.get("/admin/rules/routing/").content.decode()
    assert "Alice Archer" in page
    assert "1 of 20" in page


def test_what_a_confined_lead_may_not_see_is_not_in_the_queue(
    browser_of, lead, support, billing, make_ticket
):
    from macros.actions import set_routing

    set_routing(
        actor=factories.SETUP, group_id=billing.pk, mode="skills", reassigns_on_offline=False
    )
    make_ticket(group_id=billing.pk, subject="A secret of Billing")
    lead.ticket_access = "groups"
    lead.save(update_fields=["ticket_access"])
    page = browser_of(lead).get("/admin/rules/routing/").content.decode()
    assert "A secret of Billing" not in page


def test_capacities_are_set_and_taken_away(leads, alice):
    limits = {"emails": "5", "chats": "2", "calls": "0"}
    leads.post(f"/admin/rules/routing/agents/{alice.pk}/", limits)
    leads.post("/admin/rules/routing/agents/roles/agent/", limits)
    leads.post("/admin/rules/routing/agents/house/", {**limits, "offline_after": "12"})
    assert sorted(Capacity.objects.values_list("emails", "chats", "calls")) == [(5, 2, 0)] * 2
    assert RoutingHouse.objects.get().offline_after == 12
    empty = {"emails": "", "chats": "", "calls": ""}
    leads.post(f"/admin/rules/routing/agents/{alice.pk}/", empty)
    leads.post("/admin/rules/routing/agents/roles/agent/", empty)
    assert not Capacity.objects.exists()


@pytest.mark.parametrize("wrong", ["-1", "many", "1001", "٣"])
def test_a_capacity_that_is_no_number_is_refused(leads, alice, wrong):
    limits = {"emails": wrong, "chats": "2", "calls": "0"}
    answer = leads.post(f"/admin/rules/routing/agents/{alice.pk}/", limits, follow=True)
    assert "a whole number from 0 to 1,000" in answer.content.decode()
    assert not Capacity.objects.exists()


def test_a_skill_is_made_given_needed_and_deleted(leads, alice, support):
    leads.post("/admin/rules/routing/skills/", {"name": "  German "})
    skill = Skill.objects.get(name="German")
    own = f"/admin/rules/routing/skills/{skill.pk}/"
    leads.post(f"{own}people/", {"person": [alice.pk]})
    assert list(skill.people.all()) == [alice]
    form = {
        "c": "1:all:c", "c1-was": "current_tags", "c1-field": "current_tags",
        "c1-operator": "includes", "c1-value": "german", "timeout": "30",
    }  # fmt: skip
    answer = leads.post(f"{own}rules/new/", form)
    assert answer.status_code == 302, answer.content.decode()
    rule = SkillRule.objects.get()
    assert rule.timeout == 30
    page = leads.get(own).content.decode()
    assert "german" in page
    leads.post(f"{own}rules/{rule.pk}/removal/")
    assert not SkillRule.objects.exists()
    leads.post(f"{own}removal/")
    assert not Skill.objects.exists()


def test_a_rule_without_conditions_is_refused_with_its_form(leads):
    skill = create_skill(actor=factories.SETUP, name="German")
    answer = leads.post(f"/admin/rules/routing/skills/{skill.pk}/rules/new/", {"timeout": "5"})
    assert answer.status_code == 422
    assert 'value="5"' in answer.content.decode()
    assert not SkillRule.objects.exists()


def test_two_skills_of_one_name_are_refused(leads):
    create_skill(actor=factories.SETUP, name="German")
    answer = leads.post("/admin/rules/routing/skills/", {"name": "German"})
    assert answer.status_code == 422
    assert Skill.objects.count() == 1


def test_what_is_gone_is_not_found(leads):
    assert leads.get("/admin/rules/routing/skills/99/").status_code == 404
    assert leads.post("/admin/rules/routing/skills/99/removal/").status_code == 404
    gone = leads.post("/admin/rules/routing/groups/99/", {"mode": "skills"})
    assert gone.status_code == 404


def test_an_agent_chooses_in_the_rail_and_comes_back_to_the_page(browser_of, alice, views):
    browser = browser_of(alice)
    answer = browser.post("/availability/", {"availability": "away", "next": "/views/"})
    assert answer.headers["Location"] == "/views/"
    assert AgentStatus.objects.get().state == "away"
    page = browser.get("/views/", follow=True).content.decode()
    assert 'value="away" aria-pressed="true"' in page
    browser.post("/availability/", {"automatic": "0"})
    assert AgentStatus.objects.get().is_automatic is False


def test_the_rail_refuses_other_words_and_other_people(browser_of, alice, lightly, carol):
    answer = browser_of(alice).post("/availability/", {"availability": "asleep"})
    assert answer.status_code == 400
    for person in (lightly, carol):
        browser_of(person).post("/availability/", {"availability": "online"})
    assert not AgentStatus.objects.exists()


def test_the_way_back_never_leads_out_of_the_house(browser_of, alice):
    answer = browser_of(alice).post(
        "/availability/", {"availability": "online", "next": "https://elsewhere.example/"}
    )
    assert answer.headers["Location"] == "/"
