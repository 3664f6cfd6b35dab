"""Merging people, and undoing it: nothing is lost, nothing is left over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import serializers
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.actions import (
    UserChanges,
    add_identity,
    create_api_token,
    find_or_create_customers,
    make_primary,
    remove_identity,
    suspend_user,
    update_user,
    use_api_token,
)
from accounts.backends import EmailBackend
from accounts.errors import MergeRefused, NotPermitted, UnverifiedAddress
from accounts.models import Identity, PeopleEvent, PersonMerge, User
from core import clock
from tests.factories import PASSWORD, SETUP, as_actor, make_user, sign_in
from tickets import policies
from tickets.actions import (
    accept_participant,
    add_unverified_participant,
    merge_people,
    rate_ticket,
    unmerge_people,
    update_ticket,
)
from tickets.drafts import CommentDraft, TicketChanges
from tickets.models import (
    Audit,
    Comment,
    Delivery,
    Participant,
    SatisfactionRating,
    SideConversation,
    SideMessage,
    SideParticipant,
    Ticket,
)

pytestmark = pytest.mark.django_db

TABLES = (User, Identity, Ticket, Comment, Audit, Participant, Delivery, SatisfactionRating)
# When something was last touched is not what it is.
VOLATILE = {"updated_at", "generated_at"}


def picture() -> dict[str, Any]:
    """Every row that a merge may touch."""
    rows = {}
    for model in TABLES:
        for row in serializers.serialize("python", model.objects.order_by("pk")):
            kept = {k: v for k, v in row["fields"].items() if k not in VOLATILE}
            rows[row["model"], row["pk"]] = kept
    return rows


PEOPLE = st.sampled_from(["carol", "double", "dave"])


@st.composite
def lives(draw: st.DrawFn) -> dict[str, Any]:
    def some(what: st.SearchStrategy[Any], most: int = 4) -> list[Any]:
        return draw(st.lists(st.tuples(PEOPLE, what), max_size=most))

    return {
        "tickets": draw(st.lists(st.tuples(PEOPLE, PEOPLE, st.booleans()), max_size=4)),
        "extra": some(st.sampled_from(["phone", "x", "email"])),
        "tags": some(st.sampled_from(["vip", "late", "eu"])),
        "notes": some(st.text(alphabet="abc ", max_size=4), 2),
        "no_email": draw(st.booleans()),
        "keeps_losers_name": draw(st.booleans()),
    }


def live(life: dict[str, Any], people: dict[str, User], make_ticket: Any) -> None:
    if life["no_email"]:
        own = people["carol"].identities.get()
        remove_identity(actor=SETUP, identity_id=own.pk)
    for place, (name, kind) in enumerate(life["extra"]):
        value = f"{name}{place}@more.example" if kind == "email" else f"4915100{place}"
        add_identity(actor=SETUP, user=people[name], kind=kind, value=value, is_verified=True)
    for name, tag in life["tags"]:
        people[name].tags = sorted({*people[name].tags, tag})
    for name, text in life["notes"]:
        people[name].notes = text.strip()
    for person in people.values():
        User.objects.filter(pk=person.pk).update(tags=person.tags, notes=person.notes)
    for requester, other, is_accepted in life["tickets"]:
        ticket = make_ticket(requester=people[requester])
        if other != requester:
            add_unverified_participant(ticket=ticket, user=people[other])
            reply = CommentDraft(author_id=people[other].pk, body="Me too", channel="email")
            update_ticket(actor=SETUP, ticket_id=ticket.pk, comment=reply)
        if is_accepted and other != requester:
            accept_participant(actor=SETUP, ticket_id=ticket.pk, user_id=people[other].pk)
        answer = CommentDraft(author_id=people["alice"].pk, body="We look into it.")
        solved = TicketChanges(status="solved")
        update_ticket(actor=SETUP, ticket_id=ticket.pk, changes=solved, comment=answer)
        rate_ticket(actor=as_actor(people[requester]), ticket_id=ticket.pk, is_good=is_accepted)


@settings(
    max_examples=12, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(life=lives())
def test_merging_and_undoing_gives_back_the_same_two_people(
    life, alice, carol, dave, support, make_ticket
):
    with transaction.atomic():
        double = make_user("Carol Customer", email="carol@private.example")
        people = {"carol": carol, "dave": dave, "double": double, "alice": alice}
        people = {name: User.objects.get(pk=person.pk) for name, person in people.items()}
        live(life, people, make_ticket)
        before = picture()
        merge = merge_people(
            actor=as_actor(alice), winner_id=carol.pk, loser_id=double.pk,
            keeps_losers_name=life["keeps_losers_name"],
        )  # fmt: skip
        assert not Ticket.objects.filter(requester=double).exists()
        assert not Comment.objects.filter(author=double).exists()
        assert not Participant.objects.filter(user=double).exists()
        assert not double.identities.exists()
        unmerge_people(actor=as_actor(alice), merge_id=merge.pk)
        assert picture() == before
        transaction.set_rollback(True)


@pytest.fixture
def double(carol) -> User:
    return make_user("Carol Customer", email="carol@private.example")


def merged(alice, carol, double, **options) -> PersonMerge:
    return merge_people(
        actor=as_actor(alice), winner_id=carol.pk, loser_id=double.pk, **options
    )  # fmt: skip


def test_the_one_who_stays_gets_tickets_addresses_and_what_was_empty(
    alice, carol, double, make_ticket
):
    User.objects.filter(pk=double.pk).update(language="de", tags=["vip"], notes="Calls at noon.")
    ticket = make_ticket(requester=double)
    merged(alice, carol, double)
    ticket.refresh_from_db()
    carol.refresh_from_db()
    double.refresh_from_db()
    assert ticket.requester == carol
    assert ticket.comments.get().author == carol
    assert (carol.language, carol.tags, carol.notes) == ("de", ["vip"], "Calls at noon.")
    assert {each.value: each.is_primary for each in carol.identities.all()} == {
        "carol@nordwind.example": True, "carol@private.example": False,
    }  # fmt: skip
    assert (double.is_active, double.email, double.merged_into) == (False, None, carol)


def test_later_mail_from_the_others_address_is_the_survivors(alice, carol, double):
    merged(alice, carol, double)
    found = find_or_create_customers(names_by_email={"carol@private.example": "Carol"})
    assert found["carol@private.example"] == carol


def test_both_addresses_sign_in_as_the_one_person(alice, carol, double):
    merged(alice, carol, double)
    sign = EmailBackend().authenticate
    assert sign(None, email="carol@private.example", password=PASSWORD) == carol
    assert sign(None, email="carol@nordwind.example", password=PASSWORD) == carol


def test_sessions_and_tokens_of_the_merged_person_end(alice, carol, double, client, make_ticket):
    """Attack 35."""
    make_ticket(requester=double, subject="Private")
    _, secret = create_api_token(actor=SETUP, user=double, name="script")
    sign_in(client, double)
    assert client.get("/requests/").status_code == 200
    stale = as_actor(double)
    merged(alice, carol, double)
    assert client.get("/requests/").status_code == 302
    assert use_api_token(secret=secret) is None
    assert not policies.visible_tickets(stale).exists()


def test_an_unverified_address_is_never_merged_silently(alice, carol):
    """Attack 1: who writes from a made-up address must not get somebody's history by a click."""
    forged = make_user("Carol Customer", email="carol@evil.example", is_verified=False)
    before = picture()
    with pytest.raises(UnverifiedAddress):
        merged(alice, carol, forged)
    assert picture() == before
    merged(alice, carol, forged, accepts_unverified=True)
    assert not forged.identities.exists()


@pytest.mark.parametrize("who", ["staff", "self", "merged", "suspended"])
def test_who_cannot_be_merged(alice, bob, carol, double, dave, admin, who):
    """Attack 33: never staff, not even by an administrator."""
    if who == "merged":
        merge_people(actor=as_actor(alice), winner_id=dave.pk, loser_id=double.pk)
    if who == "suspended":
        suspend_user(actor=as_actor(alice), user_id=double.pk)
    other = {"staff": bob, "self": carol}.get(who, double)
    before = picture()
    with pytest.raises((MergeRefused, NotPermitted)):
        merge_people(actor=as_actor(admin), winner_id=carol.pk, loser_id=other.pk)
    assert picture() == before


@pytest.mark.parametrize("who", ["lightly", "carol"])
def test_who_may_not_merge(request, carol, double, who):
    actor = as_actor(request.getfixturevalue(who))
    with pytest.raises(NotPermitted):
        merge_people(actor=actor, winner_id=carol.pk, loser_id=double.pk)


def test_undoing_keeps_what_was_changed_since(alice, carol, double, make_ticket):
    merge = merged(alice, carol, double)
    update_user(actor=as_actor(alice), user_id=carol.pk, changes=UserChanges(name="Carola"))
    later = make_ticket(requester=carol)
    address = Identity.objects.get(value="carol@private.example")
    make_primary(actor=as_actor(alice), identity_id=address.pk)
    unmerge_people(actor=as_actor(alice), merge_id=merge.pk)
    carol.refresh_from_db()
    double.refresh_from_db()
    later.refresh_from_db()
    assert (carol.name, carol.email) == ("Carola", "carol@nordwind.example")
    assert carol.identities.get().is_primary
    assert (double.is_active, double.email) == (True, "carol@private.example")
    assert later.requester == carol


def test_a_merge_can_be_undone_once_and_for_thirty_days(alice, carol, double, dave):
    merge = merged(alice, carol, double)
    late = clock.frozen(merge.created_at + timedelta(days=30))
    with late, pytest.raises(MergeRefused):
        unmerge_people(actor=as_actor(alice), merge_id=merge.pk)
    second = merge_people(actor=as_actor(alice), winner_id=dave.pk, loser_id=carol.pk)
    double.refresh_from_db()
    assert double.merged_into == dave
    with pytest.raises(MergeRefused):
        unmerge_people(actor=as_actor(alice), merge_id=merge.pk)
    unmerge_people(actor=as_actor(alice), merge_id=second.pk)
    double.refresh_from_db()
    assert double.merged_into == carol
    unmerge_people(actor=as_actor(alice), merge_id=merge.pk)
    with pytest.raises(MergeRefused):
        unmerge_people(actor=as_actor(alice), merge_id=merge.pk)


def test_both_peoples_histories_say_who_merged_them(alice, carol, double):
    merge = merged(alice, carol, double)
    unmerge_people(actor=as_actor(alice), merge_id=merge.pk)
    told = PeopleEvent.objects.filter(person__in=[carol, double], author=alice).order_by("id")
    assert [(event.person, event.kind, event.value["id"]) for event in told] == [
        (carol, "merged", double.pk), (double, "merged", carol.pk),
        (carol, "unmerged", double.pk), (double, "unmerged", carol.pk),
    ]  # fmt: skip


def test_what_somebody_wrote_in_side_conversations_goes_along_and_comes_back(
    alice, carol, double, dave, make_ticket
):
    side = SideConversation.objects.create(
        ticket=make_ticket(requester=dave), created_by=alice, created_at=clock.now(),
        state_updated_at=clock.now(), message_added_at=clock.now(),
    )  # fmt: skip
    participant = SideParticipant.objects.create(
        conversation=side, user=double, address=double.email, created_at=clock.now()
    )
    message = SideMessage.objects.create(
        conversation=side, author=double, body="Yes", channel="email", created_at=clock.now()
    )
    merge = merged(alice, carol, double)
    participant.refresh_from_db()
    message.refresh_from_db()
    assert (participant.user, message.author) == (carol, carol)
    unmerge_people(actor=as_actor(alice), merge_id=merge.pk)
    participant.refresh_from_db()
    message.refresh_from_db()
    assert (participant.user, message.author) == (double, double)
