"""The history of routing on its page, and availability set for another agent."""

from __future__ import annotations

import pytest

from macros.actions import add_skill_rule, come_back, create_skill, set_role_capacity, set_routing
from macros.models import AgentStatus, RoutingPart, RoutingSetting
from tests.factories import as_actor

pytestmark = pytest.mark.django_db
AT = "/admin/rules/routing/"


@pytest.fixture
def leads(browser_of, lead):
    return browser_of(lead)


@pytest.fixture
def leader(lead):
    return as_actor(lead)


def text(answer) -> str:
    return answer.content.decode()


def test_the_history_says_in_sentences_who_changed_what(leads, leader, support):
    set_routing(
        actor=leader, group_id=support.pk, mode="round_robin", reassigns_on_offline=True
    )  # fmt: skip
    set_role_capacity(actor=leader, role="lead", limits={"emails": 4, "chats": 1, "calls": 0})
    skill = create_skill(actor=leader, name="German")
    low = {"all": [{"field": "priority", "operator": "is", "value": "low"}]}
    add_skill_rule(actor=leader, skill_id=skill.pk, conditions=low, timeout=30)
    page = text(leads.get(f"{AT}history/"))
    assert "Support: In turn; unanswered tickets go to others" in page
    assert "E-mails 4, Chats 1, Calls 0" in page
    assert "German is needed for 30 minutes when Priority is Low" in page
    assert page.count("Lena Lead") >= 4
    only = text(leads.get(f"{AT}history/?part={RoutingPart.SKILLS}"))
    assert "German" in only
    assert "E-mails 4" not in only


def test_one_click_goes_back(leads, leader, support):
    for mode in ("round_robin", "skills"):
        set_routing(actor=leader, group_id=support.pk, mode=mode, reassigns_on_offline=False)
    where = {"part": RoutingPart.GROUPS.value, "revision": 2}
    answer = leads.post(f"{AT}history/revert/", where, follow=True)
    assert "It is as it was then." in text(answer)
    assert RoutingSetting.objects.get().mode == "round_robin"
    wrong = leads.post(f"{AT}history/revert/", {"part": "x", "revision": "-1"}, follow=True)
    assert "It cannot go back" in text(wrong)


def test_the_history_is_for_those_who_manage_rules(browser_of, alice):
    assert browser_of(alice).get(f"{AT}history/").status_code == 403
    assert browser_of(alice).post(f"{AT}history/revert/").status_code == 403
    assert browser_of(alice).post(f"{AT}agents/{alice.pk}/availability/").status_code == 403


def test_a_lead_sets_an_agent_away_and_both_see_who_did(leads, browser_of, alice):
    come_back(user_id=alice.pk)
    page = leads.post(f"{AT}agents/{alice.pk}/availability/", {"chosen": "away"}, follow=True)
    assert AgentStatus.objects.get(user=alice).state == "away"
    assert "set by Lena Lead" in text(page)
    assert "Alice Archer: Online → Away" in text(leads.get(f"{AT}history/"))
    assert "Lena Lead has set you to Away" in text(browser_of(alice).get("/views/", follow=True))


def test_a_customer_or_a_state_that_is_none_is_refused(leads, alice, carol):
    at = f"{AT}agents/{carol.pk}/availability/"
    assert leads.post(at, {"chosen": "away"}).status_code == 404
    wrong = leads.post(f"{AT}agents/{alice.pk}/availability/", {"chosen": "asleep"}, follow=True)
    assert "online, away or offline" in text(wrong)
