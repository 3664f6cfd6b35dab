"""Macros: who has which, what they come to, what a submit makes of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile

from accounts.errors import NotPermitted
from core import clock
from core.storage import blobs
from macros.actions import (
    AppliedMacro,
    MacroDraft,
    copy_files,
    create_macro,
    delete_macro,
    order_macros,
    revert_macro,
    save_reply_as_macro,
    set_macro_active,
    submit_with_macros,
    update_macro,
)
from macros.effects import InvalidEffect
from macros.errors import ChangedRule, InvalidRule, RuleGone
from macros.macro_plans import Reply, preview
from macros.models import Macro, MacroUse, RuleRevision
from macros.selectors.macros import categories_of, listed_macros, usable_macros, usage_of
from macros.selectors.revisions import revisions_of
from macros.selectors.suggestions import suggested_macros
from tests import factories
from tests.factories import as_actor
from tickets.actions import keep_upload, update_ticket
from tickets.drafts import CommentDraft, TicketChanges
from tickets.errors import InvalidChange, TicketNotFound
from tickets.models import AuditEvent, EventType, Ticket, TicketField

pytestmark = pytest.mark.django_db


def text(words: str, mode: str = "append") -> dict[str, Any]:
    return {"field": "comment_value", "value": {"mode": mode, "text": words}}


def effect(field: str, value: Any) -> dict[str, Any]:
    return {"field": field, "value": value}


def made(user, title="Late", *effects, **draft) -> Macro:
    given = MacroDraft(title=title, effects=list(effects) or [text("Sorry.")], **draft)
    return create_macro(actor=as_actor(user), draft=given)


def applied(*macros: Macro) -> list[AppliedMacro]:
    return [AppliedMacro(macro.pk, macro.revision) for macro in macros]


def said(body: str, user, *, is_public: bool = True) -> CommentDraft:
    return CommentDraft(author_id=user.pk, body=body, is_public=is_public)


def titles(rows) -> list[str]:
    return [macro.title for macro in rows]


# -- whose they are


def test_agents_see_their_own_their_groups_and_everyones(alice, bob, lead, support):
    made(alice, "Mine")
    made(bob, "Bobs")
    made(lead, "Supports", scope="group", group_id=support.pk)
    made(lead, "Everyones", scope="everyone")
    assert titles(usable_macros(as_actor(alice))) == ["Mine", "Supports", "Everyones"]
    assert titles(usable_macros(as_actor(bob))) == ["Bobs", "Everyones"]


def test_who_manages_rules_sees_all_groups_but_nobodys_personal_ones(alice, lead, billing):
    made(alice, "Mine")
    made(lead, "Billings", scope="group", group_id=billing.pk)
    assert titles(listed_macros(as_actor(lead))) == ["Billings"]
    assert titles(usable_macros(as_actor(lead))) == []


def test_customers_have_no_macros(carol, lead):
    made(lead, "Everyones", scope="everyone")
    assert list(usable_macros(as_actor(carol))) == []
    with pytest.raises(NotPermitted):
        made(carol)


@pytest.mark.parametrize("scope", ["group", "everyone"])
def test_sharing_needs_the_permission_for_rules(alice, support, scope):
    with pytest.raises(NotPermitted):
        made(alice, scope=scope, group_id=support.pk)
    own = made(alice)
    with pytest.raises(NotPermitted):
        update_macro(
            actor=as_actor(alice), macro_id=own.pk,
            draft=MacroDraft("Late", [text("x")], scope=scope, group_id=support.pk),
        )  # fmt: skip
    assert Macro.objects.get().owner_id == alice.pk


def test_others_cannot_touch_a_personal_macro_nor_learn_of_it(alice, lead, bob):
    own = made(alice)
    for intruder in (lead, bob):
        with pytest.raises(RuleGone):
            delete_macro(actor=as_actor(intruder), macro_id=own.pk)
        with pytest.raises(RuleGone):
            set_macro_active(actor=as_actor(intruder), macro_id=own.pk, is_active=False)
    assert Macro.objects.get().is_active


def test_agents_cannot_change_shared_macros(alice, lead):
    shared = made(lead, scope="everyone")
    with pytest.raises(NotPermitted):
        update_macro(
            actor=as_actor(alice), macro_id=shared.pk, draft=MacroDraft("Mine now", [text("x")])
        )
    with pytest.raises(NotPermitted):
        order_macros(actor=as_actor(alice), macro_ids=[shared.pk])
    assert Macro.objects.get().title == "Late"


# -- writing them


def test_each_change_is_a_revision_that_can_be_brought_back(alice):
    macro = made(alice, "Late", text("Sorry."))
    update_macro(
        actor=as_actor(alice), macro_id=macro.pk, draft=MacroDraft("Very late", [text("So sorry.")])
    )
    revert_macro(actor=as_actor(alice), macro_id=macro.pk, number=1)
    macro.refresh_from_db()
    assert (macro.title, macro.effects, macro.revision) == ("Late", [text("Sorry.")], 3)
    changed = [revision.changed for revision in revisions_of("macro", macro.pk)]
    assert changed == [["effects", "title"], ["effects", "title"], []]


def test_a_change_made_meanwhile_is_not_overwritten(alice):
    macro = made(alice)
    update_macro(actor=as_actor(alice), macro_id=macro.pk, draft=MacroDraft("B", [text("b")]))
    with pytest.raises(ChangedRule):
        update_macro(
            actor=as_actor(alice), macro_id=macro.pk, draft=MacroDraft("C", [text("c")]),
            expected_revision=1,
        )  # fmt: skip
    assert Macro.objects.get().title == "B"


@pytest.mark.parametrize(
    "effects",
    [
        [],
        [{"field": "notification_user", "value": {}}],
        [{"field": "route", "value": None}],
        [{"field": "attachments", "value": [999]}],
        [{"field": "role", "value": "admin"}],
        [{"field": "comment_value", "value": {"mode": "exec", "text": "x"}}],
    ],
)
def test_macros_take_only_what_macros_may_do(alice, effects):
    with pytest.raises((InvalidRule, InvalidEffect)):
        create_macro(actor=as_actor(alice), draft=MacroDraft("Late", effects))
    assert Macro.objects.count() == 0


def test_order_is_kept_and_is_no_revision(lead):
    one, two, three = (made(lead, name, scope="everyone") for name in ("One", "Two", "Three"))
    order_macros(actor=as_actor(lead), macro_ids=[three.pk, one.pk])
    assert titles(usable_macros(as_actor(lead))) == ["Three", "Two", "One"]
    assert RuleRevision.objects.filter(kind="macro").count() == 3


def test_titles_make_categories(lead):
    for title in ("Shipping::Late", "Thanks", "Billing::Refund", "Shipping::Lost"):
        made(lead, title, scope="everyone")
    found = categories_of(list(usable_macros(as_actor(lead))))
    assert [(each.name, len(each.macros)) for each in found] == [
        ("Billing", 1), ("Shipping", 2), ("", 1),
    ]  # fmt: skip


# -- what they come to


def test_a_preview_fills_in_the_ticket_and_writes_nothing(alice, make_ticket, support):
    ticket = make_ticket(group_id=support.pk, tags=("old",))
    macro = made(
        alice, "Late", text("Hi {{ticket.requester.first_name}}"), effect("priority", "high"),
        effect("current_tags", ["late"]), effect("remove_tags", ["old"]),
        effect("status", "pending"), effect("comment_mode_is_public", False),
    )  # fmt: skip
    found = preview([macro], ticket, as_actor(alice))
    step = found.steps[0]
    assert found.reply == Reply("Hi Carol", "", is_public=False)
    assert [(change.label, change.before, change.after) for change in step.changes] == [
        ("Status", "New", "Pending"), ("Priority", "—", "High"),
        ("Assignee", "—", "Alice Archer"),
    ]  # fmt: skip
    assert (step.tags_added, step.tags_removed) == (["late"], ["old"])
    ticket.refresh_from_db()
    assert (ticket.version, ticket.priority, ticket.tags) == (1, "", ["old"])
    assert MacroUse.objects.count() == 0


def test_a_later_macro_sees_the_earlier_ones(alice, make_ticket):
    ticket = make_ticket(tags=("a",))
    first = made(alice, "1", effect("priority", "urgent"), effect("set_tags", ["b"]), text("One."))
    second = made(
        alice, "2", effect("remove_tags", ["b"]), effect("current_tags", ["c"]),
        text("It is {{ticket.priority}}."), text("Hello,", "prepend"),
    )  # fmt: skip
    found = preview([first, second], ticket, as_actor(alice))
    assert found.ticket.tags == ["c"]
    assert found.reply.body == "Hello,\n\nOne.\n\nIt is urgent."
    assert found.steps[1].tags_removed == ["b"]


@pytest.mark.parametrize(
    ("before", "after", "mode", "words", "body"),
    [
        ("", "", "append", "Thanks.", "Thanks."),
        ("Hello Carol,", "", "append", "Two\nlines", "Hello Carol,\n\nTwo\nlines"),
        ("Hello, ", "", "append", "thank you", "Hello, thank you"),
        ("Hello ", " there", "append", "you", "Hello you there"),
        ("A\n\n", "\n\nB", "append", "x\ny", "A\n\nx\ny\n\nB"),
        ("old", " text", "set", "New", "New"),
        ("old", "", "prepend", "Dear C,", "Dear C,\n\nold"),
    ],
)
def test_texts_go_where_the_cursor_is(alice, make_ticket, before, after, mode, words, body):
    macro = made(alice, "T", text(words, mode))
    reply = Reply(before, after)
    assert preview([macro], make_ticket(), as_actor(alice), reply=reply).reply.body == body


def test_rich_text_is_inserted_as_text(alice, make_ticket):
    rich = "<p>Hi <b>{{ticket.requester.name}}</b></p><script>alert(1)</script><p>Bye</p>"
    macro = made(alice, "Rich", effect("comment_value_html", {"mode": "append", "text": rich}))
    found = preview([macro], make_ticket(), as_actor(alice))
    assert found.reply.body == "Hi Carol Customer\n\nBye"
    assert "script" not in found.steps[0].texts[0].text


def test_a_broken_text_is_shown_raw_with_a_sentence(alice, make_ticket):
    macro = made(alice, "Broken", text("Hi {{ticket.id"), effect("priority", "low"))
    found = preview([macro], make_ticket(), as_actor(alice))
    assert found.reply.body == "Hi {{ticket.id"
    assert found.fields == {"priority": "low"}
    assert "shown as it was written" in found.problems[0]
    assert "placeholder" in Macro.objects.get().error or Macro.objects.get().error


def test_what_was_deleted_is_left_out_and_the_rest_is_done(alice, lead, make_ticket, billing):
    macro = made(alice, "To billing", effect("group_id", billing.pk), text("We look into it."))
    billing.memberships.all().delete()
    billing.delete()
    found = preview([macro], make_ticket(), as_actor(alice))
    assert found.reply.body == "We look into it."
    assert "group_id" not in found.fields
    assert found.problems == ["A part was left out: Group: choose a group from the list."]


def test_customer_text_is_a_value_and_never_a_template(alice, make_ticket):
    ticket = make_ticket(subject="{{ticket.requester.email}} {% for i in (1..9) %}")
    macro = made(alice, "Echo", text("About {{ticket.title}}"))
    found = preview([macro], ticket, as_actor(alice))
    assert found.reply.body == "About {{ticket.requester.email}} {% for i in (1..9) %}"


def test_a_saved_reply_stays_the_text_it_was(alice, make_ticket):
    body = "You wrote {{ticket.id}} and {% raw %} and {{{x}}}."
    macro = save_reply_as_macro(actor=as_actor(alice), title="Mine", body=body, is_public=False)
    found = preview([macro], make_ticket(), as_actor(alice))
    assert found.reply == Reply(body, "", is_public=False)
    assert (macro.owner_id, macro.error) == (alice.pk, "")


# -- submitting


def test_a_submit_carries_the_macros_into_one_audit(alice, make_ticket, support):
    ticket = make_ticket(group_id=support.pk)
    field = TicketField.objects.create(
        title="Order", key="order", type="text", position=1, options=[],
        created_at=clock.now(), updated_at=clock.now(),
    )  # fmt: skip
    one = made(alice, "One", effect("priority", "high"), effect("current_tags", ["vip"]))
    two = made(alice, "Two", effect(f"custom_fields_{field.pk}", "A1"), effect("type", "question"))
    submit_with_macros(
        actor=as_actor(alice), ticket_id=ticket.pk, applied=applied(one, two),
        changes=TicketChanges(status="pending"), comment=said("Hello", alice), expected_version=1,
    )  # fmt: skip
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.tags, ticket.type) == ("high", ["vip"], "question")
    assert (ticket.status, ticket.custom_fields) == ("pending", {str(field.pk): "A1"})
    audit = ticket.audits.order_by("-id").first()
    events = {e.field_name: e for e in audit.events.all() if e.type == EventType.CHANGE}
    assert events["priority"].cause == {
        "kind": "macro", "id": one.pk, "title": "One", "revision": 1,
    }  # fmt: skip
    assert events["type"].cause["title"] == "Two"
    assert events["status"].cause == {}
    named = [e.value for e in audit.events.filter(type=EventType.AGENT_MACRO).order_by("id")]
    assert named == [
        {"macro_id": one.pk, "title": "One", "revision": 1},
        {"macro_id": two.pk, "title": "Two", "revision": 1},
    ]
    assert list(MacroUse.objects.order_by("id").values_list("macro_id", "user_id")) == [
        (one.pk, alice.pk), (two.pk, alice.pk),
    ]  # fmt: skip


def test_the_agents_own_choice_counts_before_the_macro(alice, make_ticket):
    ticket = make_ticket()
    macro = made(alice, "Solve", effect("status", "solved"))
    submit_with_macros(
        actor=as_actor(alice), ticket_id=ticket.pk, applied=applied(macro),
        changes=TicketChanges(status="open"),
    )  # fmt: skip
    ticket.refresh_from_db()
    assert ticket.status == "open"
    assert AuditEvent.objects.get(audit__ticket=ticket, field_name="status",
                                  type="Change").cause == {}  # fmt: skip


def test_what_is_submitted_is_what_was_shown(alice, make_ticket):
    ticket = make_ticket()
    macro = made(alice, "Raise", effect("priority", "high"))
    update_macro(
        actor=as_actor(alice), macro_id=macro.pk,
        draft=MacroDraft("Lower", [effect("priority", "low")]),
    )  # fmt: skip
    submit_with_macros(
        actor=as_actor(alice), ticket_id=ticket.pk, applied=[AppliedMacro(macro.pk, 1)]
    )
    ticket.refresh_from_db()
    assert ticket.priority == "high"
    event = AuditEvent.objects.get(type=EventType.AGENT_MACRO)
    assert event.value == {"macro_id": macro.pk, "title": "Raise", "revision": 1}


def test_a_macro_that_was_deleted_meanwhile_saves_nothing(alice, make_ticket):
    ticket = make_ticket()
    macro = made(alice, "Gone", effect("priority", "high"))
    then = applied(macro)
    delete_macro(actor=as_actor(alice), macro_id=macro.pk)
    with pytest.raises(InvalidChange, match="does not exist any more"):
        submit_with_macros(
            actor=as_actor(alice), ticket_id=ticket.pk, applied=then, comment=said("Hi", alice)
        )
    ticket.refresh_from_db()
    assert ticket.version == 1


def test_cc_of_a_macro_joins_those_there_are(alice, make_ticket, dave, mallory):
    ticket = make_ticket(cc_ids=(dave.pk,))
    macro = made(alice, "Tell", effect("cc", mallory.pk))
    submit_with_macros(actor=as_actor(alice), ticket_id=ticket.pk, applied=applied(macro))
    ccs = set(ticket.participants.filter(role="cc").values_list("user_id", flat=True))
    assert ccs == {dave.pk, mallory.pk}


# -- files


def test_files_of_a_macro_are_copied_for_whoever_applies_it(alice, lead, make_ticket):
    upload = keep_upload(actor=as_actor(lead), file=ContentFile(b"terms"), filename="terms.txt")
    macro = made(lead, "Terms", text("See the file."), scope="everyone", upload_ids=[upload.pk])
    kept = macro.files.get()
    assert (kept.filename, blobs.read(kept.key)) == ("terms.txt", b"terms")
    found = preview([macro], make_ticket(), as_actor(alice))
    copies = copy_files(actor=as_actor(alice), files=found.files)
    assert [(each.uploaded_by_id, each.filename) for each in copies] == [(alice.pk, "terms.txt")]
    assert copies[0].key != kept.key
    delete_macro(actor=as_actor(lead), macro_id=macro.pk)
    assert blobs.read(copies[0].key) == b"terms"


def test_nobody_takes_anothers_upload_or_file_into_a_macro(alice, bob):
    upload = keep_upload(actor=as_actor(bob), file=ContentFile(b"secret"), filename="s.txt")
    with pytest.raises(InvalidRule):
        made(alice, "Steal", text("x"), upload_ids=[upload.pk])
    theirs = made(bob, "Theirs", text("x"), upload_ids=[upload.pk])
    with pytest.raises(InvalidRule):
        made(alice, "Steal", text("x"), effect("attachments", [theirs.files.get().pk]))
    assert titles(Macro.objects.all()) == ["Theirs"]


# -- no more rights (attacks 27 and 33)


def test_a_light_agent_changes_no_property_by_macro(lightly, lead, make_ticket):
    ticket = make_ticket()
    macro = made(
        lead, "All", effect("priority", "urgent"), text("Hello"),
        effect("comment_mode_is_public", True), scope="everyone",
    )  # fmt: skip
    found = preview([macro], ticket, as_actor(lightly))
    assert (found.fields, found.reply.is_public) == ({}, False)
    with pytest.raises(NotPermitted):
        submit_with_macros(
            actor=as_actor(lightly), ticket_id=ticket.pk, applied=applied(macro),
            comment=said("Hello", lightly),
        )  # fmt: skip
    submit_with_macros(
        actor=as_actor(lightly), ticket_id=ticket.pk, applied=applied(macro),
        comment=said("Hello", lightly, is_public=False),
    )  # fmt: skip
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.comments.count()) == ("", 2)


def test_a_macro_opens_no_ticket_the_agent_may_not_see(bob, lead, make_ticket, support):
    bob.ticket_access = "groups"
    bob.save(update_fields=["ticket_access"])
    ticket = make_ticket(group_id=support.pk)
    macro = made(lead, "Take", effect("assignee_id", "current_user"), scope="everyone")
    with pytest.raises(TicketNotFound):
        submit_with_macros(actor=as_actor(bob), ticket_id=ticket.pk, applied=applied(macro))
    ticket.refresh_from_db()
    assert ticket.assignee_id is None


def test_nobody_submits_with_a_macro_that_is_not_theirs(alice, bob, make_ticket):
    ticket = make_ticket()
    macro = made(bob, "Bobs", effect("priority", "urgent"))
    with pytest.raises(InvalidChange):
        submit_with_macros(actor=as_actor(alice), ticket_id=ticket.pk, applied=applied(macro))
    assert Ticket.objects.get(pk=ticket.pk).priority == ""


# -- usage


def test_uses_are_counted_by_window(alice, make_ticket):
    macro = made(alice, "Late")
    now = clock.now()
    for hours in (0, 2, 30, 24 * 10, 24 * 40):
        with clock.frozen(now - timedelta(hours=hours, minutes=1)):
            submit_with_macros(
                actor=as_actor(alice), ticket_id=make_ticket().pk, applied=applied(macro),
                comment=said(f"{hours}", alice),
            )  # fmt: skip
    with clock.frozen(now):
        usage = usage_of([macro])[macro.pk]
    assert (usage.usage_1h, usage.usage_24h, usage.usage_7d, usage.usage_30d) == (1, 2, 3, 4)


def test_what_was_used_on_tickets_like_this_is_suggested_first(
    alice, lead, make_ticket, support, django_assert_max_num_queries
):
    fitting = made(lead, "Track", scope="everyone")
    other = made(lead, "Refund", scope="everyone")
    made(lead, "Never", scope="everyone")
    for subject, macro in (("Where is my parcel?", fitting), ("Refund for jacket", other)):
        ticket = make_ticket(subject=subject, group_id=support.pk)
        submit_with_macros(
            actor=as_actor(alice), ticket_id=ticket.pk, applied=applied(macro),
            comment=said("x", alice),
        )  # fmt: skip
    new = make_ticket(subject="Where is the parcel I ordered?", group_id=support.pk)
    actor = as_actor(alice)
    macros = list(usable_macros(actor))
    with django_assert_max_num_queries(1):
        found = suggested_macros(macros, new, actor)
    assert titles(found)[0] == "Track"
    assert "Never" not in titles(found)


def test_suggestions_tell_nothing_of_tickets_one_may_not_see(
    alice, bob, lead, make_ticket, support
):
    macro = made(lead, "Track", scope="everyone")
    ticket = make_ticket(subject="Where is my parcel?", group_id=support.pk)
    submit_with_macros(
        actor=as_actor(alice), ticket_id=ticket.pk, applied=applied(macro), comment=said("x", alice)
    )
    bob.ticket_access = "assigned"
    bob.save(update_fields=["ticket_access"])
    own = make_ticket(subject="Where is my parcel?")
    update_ticket(
        actor=factories.SETUP, ticket_id=own.pk, changes=TicketChanges(assignee_id=bob.pk)
    )
    actor = as_actor(bob)
    assert suggested_macros(list(usable_macros(actor)), own, actor) == []
