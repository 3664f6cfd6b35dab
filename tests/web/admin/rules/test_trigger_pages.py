"""Triggers built, refused, ordered, switched, tested, reverted and deleted through their pages."""

from __future__ import annotations

import pytest

from macros.actions import ContentDraft, TriggerDraft, create_trigger, save_content
from macros.actions.automations import AutomationDraft, create_automation
from macros.models import Automation, RuleRevision, Trigger, TriggerCategory
from tests.factories import as_actor
from tickets.models import Audit, Delivery

pytestmark = pytest.mark.django_db

TRIGGERS = "/admin/rules/triggers/"
EVIL = "<img src=x onerror=alert(1)>"
CREATED = {"field": "update_type", "operator": "is", "value": "Create"}
URGENT = [{"field": "priority", "value": "urgent"}]


@pytest.fixture
def chief(browser_of, lead):
    """A team lead: manages rules, not channels."""
    return browser_of(lead)


@pytest.fixture
def trigger(lead):
    draft = TriggerDraft(
        title="Hurry", effects=URGENT,
        conditions={"all": [CREATED, {"field": "status", "operator": "is", "value": "new"}]},
    )  # fmt: skip
    return create_trigger(actor=as_actor(lead), draft=draft)


def form(**changes):
    """A whole form: created and subject with a word → priority urgent."""
    return {
        "title": "VIPs first", "is_active": "on", "category": "",
        "c": ["1:all:c", "2:all:c"],
        "c1-field": "update_type", "c1-operator": "is", "c1-value": "Create",
        "c2-field": "subject_includes_word", "c2-operator": "includes", "c2-value": "Parcel lost",
        "e": ["1"], "e1-field": "priority", "e1-value": "urgent", **changes,
    }  # fmt: skip


def shown(answer) -> str:
    return answer.content.decode()


def test_a_lead_finds_the_rules_and_not_the_channels(chief):
    page = shown(chief.get("/admin/", follow=True))
    assert TRIGGERS in page
    assert "/admin/channels/" not in page
    assert chief.get("/admin/channels/").status_code == 403


@pytest.mark.parametrize("path", ["", "new/", "1/", "1/test/", "1/history/", "1/removal/"])
def test_agents_do_not_enter(browser_of, alice, path):
    assert browser_of(alice).get(f"{TRIGGERS}{path}").status_code == 403
    assert browser_of(alice).post(f"{TRIGGERS}{path}", {"title": "x"}).status_code in (403, 405)


def test_a_trigger_is_made_by_the_form_alone(chief, make_ticket):
    answer = chief.post(f"{TRIGGERS}new/", form())
    assert answer["Location"] == TRIGGERS
    trigger = Trigger.objects.get(title="VIPs first")
    assert trigger.conditions == {
        "all": [CREATED, {"field": "subject_includes_word", "operator": "includes",
                          "value": "Parcel lost"}],
        "any": [],
    }  # fmt: skip
    assert trigger.effects == URGENT
    ticket = make_ticket(subject="The parcel did not arrive")
    ticket.refresh_from_db()
    assert ticket.priority == "urgent"


def test_groups_within_groups_become_the_grammars_shape(chief):
    data = form(c=["1:all:c", "2:all:g", "3:2:c", "4:2:c"], **{"c2-mode": "any"})
    data |= {"c3-field": "status", "c3-operator": "less_than", "c3-value": "solved",
             "c4-field": "priority", "c4-operator": "is", "c4-value": "(empty)"}  # fmt: skip
    chief.post(f"{TRIGGERS}new/", data)
    every = Trigger.objects.get(title="VIPs first").conditions["all"]
    assert every[1] == {"any": [
        {"field": "status", "operator": "less_than", "value": "solved"},
        {"field": "priority", "operator": "is", "value": ""},
    ]}  # fmt: skip


def test_what_is_stored_comes_back_as_the_same_form(chief, trigger):
    page = shown(chief.get(f"{TRIGGERS}{trigger.pk}/"))
    assert '<option value="status" selected>' in page
    assert '<option value="urgent" selected>' in page


def test_a_wrong_row_says_so_at_the_row_and_keeps_what_was_typed(chief):
    before = Trigger.objects.count()
    data = form(**{"c2-field": "requester_id", "c2-operator": "is", "c2-value": "Nobody Known"})
    answer = chief.post(f"{TRIGGERS}new/", data)
    page = shown(answer)
    assert answer.status_code == 422
    assert 'id="c2-error"' in page
    assert 'id="c1-error"' not in page
    assert 'value="Nobody Known"' in page
    assert 'value="VIPs first"' in page
    assert Trigger.objects.count() == before


def test_a_step_without_a_text_says_so_and_keeps_the_rest(chief):
    data = form(**{"e1-field": "notification_user", "e1-who": "requester", "e1-subject": "Hello",
                   "e1-text": ""})  # fmt: skip
    answer = chief.post(f"{TRIGGERS}new/", data)
    assert answer.status_code == 422
    assert 'id="e1-error"' in shown(answer)
    assert 'value="Hello"' in shown(answer)


@pytest.mark.parametrize(
    ("op", "rows"), [("c.add:all", 3), ("c.add:any", 3), ("c.group:all", 4), ("c.remove:1", 1)]
)
def test_rows_come_and_go_without_saving(chief, op, rows):
    before = Trigger.objects.count()
    page = shown(chief.post(f"{TRIGGERS}new/", form(op=op)))
    assert page.count("cond-field") == rows
    assert Trigger.objects.count() == before


def test_another_field_forgets_the_value_of_the_first(chief):
    data = form(op="refresh", **{"c2-was": "priority", "c2-field": "status", "c2-value": "urgent"})
    assert '<option value="new" selected>' in shown(chief.post(f"{TRIGGERS}new/", data))


def test_a_person_is_looked_up_by_name_or_address(chief, carol):
    found = shown(chief.get("/builder/lookup/person/", {"c2-value": "carol"}))
    assert "carol@nordwind.example" in found
    data = form(**{"c2-field": "requester_id", "c2-operator": "is",
                   "c2-value": "Carol Customer <carol@nordwind.example>"})  # fmt: skip
    chief.post(f"{TRIGGERS}new/", data)
    trigger = Trigger.objects.get(title="VIPs first")
    assert trigger.conditions["all"][1]["value"] == carol.pk
    page = shown(chief.get(f"{TRIGGERS}{trigger.pk}/"))
    assert "Carol Customer &lt;carol@nordwind.example&gt;" in page


def test_a_group_that_is_gone_is_shown_and_refused(chief, trigger, billing):
    Trigger.objects.filter(pk=trigger.pk).update(
        conditions={"all": [{"field": "group_id", "operator": "is", "value": 999_999}]}
    )
    assert "#999999 (deleted)" in shown(chief.get(f"{TRIGGERS}{trigger.pk}/"))
    assert "#999999 (deleted)" in shown(chief.get(TRIGGERS))
    data = form(**{"c2-field": "group_id", "c2-operator": "is", "c2-value": "999999"})
    answer = chief.post(f"{TRIGGERS}{trigger.pk}/", data)
    assert answer.status_code == 422
    assert "does not exist any more" in shown(answer)


def test_somebody_elses_save_is_not_overwritten(chief, trigger):
    answer = chief.post(f"{TRIGGERS}{trigger.pk}/", form(revision="7"))
    assert answer.status_code == 422
    assert "Somebody else has changed this rule" in shown(answer)
    trigger.refresh_from_db()
    assert trigger.title == "Hurry"
    # Whoever has read that sentence may save over it.
    assert f'name="revision" value="{trigger.revision}"' in shown(answer)


def test_a_text_in_several_languages_is_offered_and_known(chief, trigger, lead):
    save_content(actor=as_actor(lead), draft=ContentDraft("Bye", "bye", "en", {"en": "Bye"}))
    assert 'data-insert="{{dc.bye}}"' in shown(chief.get(f"{TRIGGERS}{trigger.pk}/"))
    headers = {"HX-Request": "true", "HX-Trigger-Name": "e1-text"}
    right = chief.post("/builder/text/", {"e1-text": "{{dc.bye}}"}, headers=headers)
    assert "field-error" not in shown(right)


def test_placeholders_are_checked_while_writing(chief):
    headers = {"HX-Request": "true", "HX-Trigger-Name": "e1-text"}
    wrong = chief.post("/builder/text/", {"e1-text": "{{ticket.nmae}} {{"}, headers=headers)
    assert "field-error" in shown(wrong)
    right = chief.post("/builder/text/", {"e1-text": "{{ticket.id}}"}, headers=headers)
    assert "field-error" not in shown(right)


def test_triggers_move_and_are_switched(chief, trigger):
    other = Trigger.objects.filter(category=trigger.category).order_by("position").first()
    first = list(trigger.category.triggers.order_by("position", "id").values_list("pk", flat=True))
    chief.post(f"{TRIGGERS}{trigger.pk}/position/", {"move": "up"})
    now = list(trigger.category.triggers.order_by("position", "id").values_list("pk", flat=True))
    assert now == [*first[:-2], first[-1], first[-2]]
    ids = [trigger.pk, *[pk for pk in now if pk != trigger.pk]]
    chief.post(f"{TRIGGERS}{trigger.pk}/position/", {"ids": ",".join(map(str, ids))})
    assert trigger.category.triggers.order_by("position", "id").first() == trigger
    chief.post(f"{TRIGGERS}{other.pk}/activation/", {"active": "0"})
    other.refresh_from_db()
    assert not other.is_active


def test_a_trial_names_the_condition_that_decides_and_writes_nothing(chief, trigger, make_ticket):
    ticket = make_ticket(status="open")
    before = (Audit.objects.count(), Delivery.objects.count(), ticket.version)
    page = shown(chief.get(f"{TRIGGERS}{trigger.pk}/test/", {"ticket": ticket.pk}))
    assert "Would not fire" in page
    assert "this decides" in page
    page = shown(
        chief.get(f"{TRIGGERS}{trigger.pk}/test/", {"ticket": ticket.pk, "update": "Create"})
    )
    assert "Status is New" in page[page.index("this decides") - 300 :]
    new = make_ticket(priority="low")
    type(new).objects.filter(pk=new.pk).update(priority="low", status="new")
    page = shown(chief.get(f"{TRIGGERS}{trigger.pk}/test/", {"ticket": new.pk, "update": "Create"}))
    assert "Would fire" in page
    assert "set the priority to Urgent" in page
    ticket.refresh_from_db()
    assert ticket.version == before[2]
    new.refresh_from_db()
    assert new.priority == "low"


def test_a_trial_on_a_ticket_that_is_hidden_says_nothing_of_it(chief, trigger):
    page = shown(chief.get(f"{TRIGGERS}{trigger.pk}/test/", {"ticket": "999999"}))
    assert "There is no such ticket that you may see." in page


def test_the_history_reads_as_sentences_and_goes_back(chief, trigger):
    chief.post(f"{TRIGGERS}{trigger.pk}/", form(revision="1"))
    page = shown(chief.get(f"{TRIGGERS}{trigger.pk}/history/"))
    assert "title: “Hurry” → “VIPs first”" in page
    assert "Status is New" in page
    assert "Lena Lead" in page
    chief.post(f"{TRIGGERS}{trigger.pk}/revert/", {"revision": "1"})
    trigger.refresh_from_db()
    assert (trigger.title, trigger.revision) == ("Hurry", 3)


def test_deleting_asks_first(chief, trigger):
    assert "Delete “Hurry”?" in shown(chief.get(f"{TRIGGERS}{trigger.pk}/removal/"))
    assert Trigger.objects.filter(pk=trigger.pk).exists()
    chief.post(f"{TRIGGERS}{trigger.pk}/removal/")
    assert not Trigger.objects.filter(pk=trigger.pk).exists()
    assert RuleRevision.objects.filter(rule_id=trigger.pk, definition__deleted=True).exists()
    assert chief.get(f"{TRIGGERS}{trigger.pk}/").status_code == 404


def test_categories_are_added_renamed_moved_and_removed_when_empty(chief, trigger):
    chief.post("/admin/rules/categories/", {"name": "Escalations"})
    made = TriggerCategory.objects.get(name="Escalations")
    chief.post("/admin/rules/categories/", {"name": "Alarm", "category": made.pk})
    chief.post(f"/admin/rules/categories/{made.pk}/position/", {"move": "up"})
    names = list(TriggerCategory.objects.order_by("position", "id").values_list("name", flat=True))
    assert names == ["Alarm", "Notifications"]
    answer = chief.post("/admin/rules/categories/", {"name": "Alarm"})
    assert answer.status_code == 422
    chief.post(f"/admin/rules/categories/{trigger.category_id}/removal/")
    chief.post(f"/admin/rules/categories/{made.pk}/removal/")
    assert TriggerCategory.objects.get() == trigger.category


def test_a_broken_trigger_says_what_to_do_in_the_list(chief, trigger):
    Trigger.objects.filter(pk=trigger.pk).update(error="The group does not exist any more.")
    page = shown(chief.get(TRIGGERS))
    assert "The group does not exist any more." in page
    assert "Correct it" in page


def test_titles_and_names_are_text(chief, trigger, lead, billing):
    billing.name = EVIL
    billing.save()
    Trigger.objects.filter(pk=trigger.pk).update(
        title=EVIL, error=EVIL, description=EVIL, effects=[{"field": "subject", "value": EVIL}],
        conditions={"all": [{"field": "group_id", "operator": "is", "value": billing.pk}]},
    )  # fmt: skip
    for path in ("", f"{trigger.pk}/", f"{trigger.pk}/history/", f"{trigger.pk}/removal/"):
        page = shown(chief.get(f"{TRIGGERS}{path}"))
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page


def test_unknown_names_from_outside_the_lists_do_nothing(chief):
    data = form(**{"c2-field": "assignee__password__startswith", "c2-operator": "is"})
    answer = chief.post(f"{TRIGGERS}new/", data)
    assert answer.status_code == 422
    data = form(**{"e1-field": "is_staff", "e1-value": "1"})
    assert chief.post(f"{TRIGGERS}new/", data).status_code == 422
    assert not Trigger.objects.filter(title="VIPs first").exists()


def test_an_automation_is_built_in_the_same_way(chief, lead):
    data = form(
        c=["1:all:c", "2:all:c"],
        **{"c1-field": "SOLVED", "c1-operator": "greater_than", "c1-value": "96",
           "c2-field": "status", "c2-operator": "is", "c2-value": "solved",
           "e1-field": "status", "e1-value": "closed"},
    )  # fmt: skip
    answer = chief.post("/admin/rules/automations/new/", data)
    assert answer["Location"] == "/admin/rules/automations/"
    made = Automation.objects.get(title="VIPs first")
    assert made.effects == [{"field": "status", "value": "closed"}]
    for path in ("", f"{made.pk}/", f"{made.pk}/test/", f"{made.pk}/history/"):
        assert chief.get(f"/admin/rules/automations/{path}").status_code == 200


def test_an_automation_that_would_never_end_is_refused_with_a_sentence(chief):
    data = form(c=["1:all:c"], **{"c1-field": "OPEN", "c1-operator": "greater_than",
                                 "c1-value": "4"})  # fmt: skip
    answer = chief.post("/admin/rules/automations/new/", data)
    assert answer.status_code == 422
    assert "would never come to an end" in shown(answer)


def test_automations_are_ordered(chief, lead):
    made = [
        create_automation(
            actor=as_actor(lead),
            draft=AutomationDraft(
                title=title, effects=[{"field": "status", "value": "closed"}],
                conditions={"all": [
                    {"field": "SOLVED", "operator": "greater_than", "value": 96}]},
            ),
        )
        for title in ("A", "B")
    ]  # fmt: skip
    chief.post(f"/admin/rules/automations/{made[1].pk}/position/", {"move": "up"})
    ordered = Automation.objects.filter(title__in="AB").order_by("position", "id")
    assert [row.title for row in ordered] == ["B", "A"]


def test_a_trial_of_a_text_that_cannot_be_filled_in_says_that_it_would_fail(
    chief, lead, make_ticket
):
    text = {"who": lead.pk, "subject": "Hi", "body": "{{dc.broken}}"}
    broken = ContentDraft("Broken", "broken", "en", {"en": "{{1 | divided_by: 0}}"})
    save_content(actor=as_actor(lead), draft=broken)
    draft = TriggerDraft(
        title="Tell", effects=[{"field": "notification_user", "value": text}],
        conditions={"all": [CREATED]},
    )  # fmt: skip
    made = create_trigger(actor=as_actor(lead), draft=draft)
    asked = {"ticket": make_ticket().pk, "update": "Create"}
    page = shown(chief.get(f"{TRIGGERS}{made.pk}/test/", asked))
    assert "But it would fail" in page
