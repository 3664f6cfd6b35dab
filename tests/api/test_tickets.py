"""`/api/v2/tickets`: reading, creating, changing, deleting."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core import clock
from notifications.models import Kind, Notification
from tests.factories import as_actor
from tickets.actions import rate_ticket, update_ticket
from tickets.drafts import TicketChanges
from tickets.models import Comment, Ticket

TICKET_FIELDS = {
    "id", "url", "external_id", "created_at", "updated_at", "generated_timestamp", "type",
    "subject", "raw_subject", "description", "priority", "status", "recipient", "requester_id",
    "submitter_id", "assignee_id", "organization_id", "group_id", "collaborator_ids",
    "follower_ids", "email_cc_ids", "forum_topic_id", "problem_id", "has_incidents", "is_public",
    "due_at", "tags", "custom_fields", "fields", "satisfaction_rating", "sharing_agreement_ids",
    "followup_ids", "brand_id", "via", "allow_channelback", "allow_attachments",
    "from_messaging_channel",
}  # fmt: skip


def test_a_ticket_has_the_fields_that_zendesks_clients_read(api, alice, carol, make_ticket):
    at = datetime(2026, 3, 1, 9, 30, 15, 123456, tzinfo=UTC)
    with clock.frozen(at):
        ticket = make_ticket(subject="No parcel", body="Where is it?", tags=("vip",))
    found = api(alice).get(f"/api/v2/tickets/{ticket.pk}.json")
    assert found.status_code == 200
    shape = found.json()["ticket"]
    assert shape.keys() >= TICKET_FIELDS
    assert shape["created_at"] == shape["updated_at"] == "2026-03-01T09:30:15Z"
    assert shape["generated_timestamp"] == int(at.timestamp())
    assert shape["url"] == f"http://testserver/api/v2/tickets/{ticket.pk}.json"
    assert shape["description"] == "Where is it?"
    assert shape["requester_id"] == shape["submitter_id"] == carol.pk
    assert shape["via"] == {"channel": "email", "source": {"from": {}, "to": {}, "rel": None}}
    assert shape["tags"] == ["vip"]
    assert shape["satisfaction_rating"] == {"score": "unoffered"}
    assert shape["type"] is None
    assert shape["priority"] is None


def test_addresses_answer_with_and_without_json(api, alice, make_ticket):
    ticket = make_ticket()
    client = api(alice)
    plain = client.get(f"/api/v2/tickets/{ticket.pk}")
    assert plain.json() == client.get(f"/api/v2/tickets/{ticket.pk}.json").json()


def test_an_unknown_address_is_a_json_404(api, alice):
    answer = api(alice).get("/api/v2/nothing/here.json")
    assert answer.status_code == 404
    assert answer.json() == {"error": "RecordNotFound", "description": "Not found"}


def test_a_hidden_and_an_absent_ticket_look_alike(api, mallory, make_ticket):
    ticket = make_ticket()
    client = api(mallory)
    hidden = client.get(f"/api/v2/tickets/{ticket.pk}.json")
    absent = client.get("/api/v2/tickets/999999999.json")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content


def test_a_list_of_a_hundred_tickets_costs_a_constant_number_of_queries(
    api, alice, make_ticket, django_assert_num_queries
):
    client = api(alice)
    make_ticket(tags=("first",))
    client.get("/api/v2/tickets.json")
    with django_assert_num_queries(8):
        client.get("/api/v2/tickets.json")
    for number in range(20):
        make_ticket(subject=f"Matter {number}")
    with django_assert_num_queries(8):
        answer = client.get("/api/v2/tickets.json")
    assert len(answer.json()["tickets"]) == 21


def test_pages_by_number_tell_the_count_and_the_neighbours(api, alice, make_ticket):
    numbers = [make_ticket().pk for _ in range(5)]
    page = api(alice).get("/api/v2/tickets.json?per_page=2&page=2").json()
    assert [ticket["id"] for ticket in page["tickets"]] == numbers[2:4]
    assert page["count"] == 5
    assert page["next_page"] == "http://testserver/api/v2/tickets.json?page=3&per_page=2"
    assert page["previous_page"] == "http://testserver/api/v2/tickets.json?page=1&per_page=2"


def test_cursor_pages_go_forth_and_back_without_gap_or_double(api, alice, make_ticket):
    numbers = [make_ticket().pk for _ in range(5)]
    client = api(alice)
    first = client.get("/api/v2/tickets.json?page[size]=2").json()
    assert first["meta"]["has_more"] is True
    assert first["links"]["prev"] is None
    second = client.get(first["links"]["next"]).json()
    third = client.get(second["links"]["next"]).json()
    pages = [first, second, third]
    assert [ticket["id"] for page in pages for ticket in page["tickets"]] == numbers
    assert third["meta"] == {
        "has_more": False, "after_cursor": None, "before_cursor": third["meta"]["before_cursor"],
    }  # fmt: skip
    back = client.get(third["links"]["prev"]).json()
    assert [ticket["id"] for ticket in back["tickets"]] == numbers[2:4]


@pytest.mark.parametrize(
    "query",
    [
        "sort=requester__password",
        "sort_by=assignee__password",
        "sort_by=id&sort_order=; DROP TABLE",
        "page=0",
        "page=-1",
        "page=x",
        "page=101&per_page=100",
        "page[size]=none",
        "page[after]=bm9uc2Vuc2U",
        "page[after]=%F0%9F%92%A9",
    ],
)
def test_parameters_outside_the_allowlist_are_refused(api, alice, query):
    answer = api(alice).get(f"/api/v2/tickets.json?{query}")
    assert answer.status_code == 400
    assert answer.json().keys() == {"error", "description"}


def test_lists_are_sorted_as_asked(api, alice, make_ticket):
    first, second = make_ticket(), make_ticket()
    update_ticket(actor=as_actor(alice), ticket_id=first.pk, changes=TicketChanges(priority="high"))
    client = api(alice)
    latest = client.get("/api/v2/tickets.json?sort_by=updated_at&sort_order=desc").json()
    assert [ticket["id"] for ticket in latest["tickets"]] == [first.pk, second.pk]
    newest = client.get("/api/v2/tickets.json?page[size]=10&sort=-id").json()
    assert [ticket["id"] for ticket in newest["tickets"]] == [second.pk, first.pk]


def test_show_many_gives_the_visible_ones_of_up_to_a_hundred(api, carol, mallory, make_ticket):
    mine, other = make_ticket(), make_ticket(requester=mallory)
    client = api(carol)
    found = client.get(f"/api/v2/tickets/show_many.json?ids={mine.pk},{other.pk},77777777")
    assert [ticket["id"] for ticket in found.json()["tickets"]] == [mine.pk]
    assert client.get("/api/v2/tickets/show_many.json?ids=1,two").status_code == 400
    too_many = ",".join(str(number) for number in range(101))
    assert client.get(f"/api/v2/tickets/show_many.json?ids={too_many}").status_code == 400


def test_an_agent_opens_a_ticket_for_somebody_new(api, alice):
    answer = api(alice).post(
        "/api/v2/tickets.json",
        {
            "ticket": {
                "subject": "Wrong size",
                "comment": {"body": "They phoned about the size.", "public": False},
                "requester": {"name": "Nora New", "email": "Nora@Elsewhere.example"},
                "priority": "high",
                "type": "task",
                "due_at": "2026-12-24T12:00:00Z",
                "tags": ["Phone Call"],
            }
        },
    )
    assert answer.status_code == 201
    ticket = Ticket.objects.get(pk=answer.json()["ticket"]["id"])
    assert answer["Location"] == f"http://testserver/api/v2/tickets/{ticket.pk}.json"
    assert ticket.requester.email == "nora@elsewhere.example"
    assert ticket.requester.name == "Nora New"
    assert ticket.submitter == alice
    assert (ticket.priority, ticket.type, ticket.tags) == ("high", "task", ["phone_call"])
    assert ticket.channel == "api"
    assert not ticket.is_public
    assert answer.json()["audit"]["author_id"] == alice.pk


def test_a_ticket_handed_in_for_the_requester_counts_as_their_word(api, alice, carol):
    answer = api(alice).post(
        "/api/v2/tickets.json",
        {
            "ticket": {
                "subject": "From our shop's form",
                "comment": {"body": "Hello", "author_id": carol.pk},
                "requester_id": carol.pk,
            }
        },
    )
    assert answer.status_code == 201
    comment = Comment.objects.get(ticket_id=answer.json()["ticket"]["id"])
    assert comment.author == carol
    assert not comment.is_from_agent
    assert answer.json()["audit"]["author_id"] == alice.pk


def test_nobody_writes_in_a_third_persons_name(api, alice, bob, carol):
    answer = api(alice).post(
        "/api/v2/tickets.json",
        {"ticket": {"comment": {"body": "Hi", "author_id": bob.pk}, "requester_id": carol.pk}},
    )
    assert answer.status_code == 403
    assert not Ticket.objects.exists()


def test_a_customer_opens_a_ticket_for_themselves_alone(api, carol, alice, support):
    answer = api(carol).post(
        "/api/v2/tickets.json",
        {
            "ticket": {
                "subject": "Help",
                "comment": {"body": "Please"},
                "requester_id": alice.pk,
                "assignee_id": alice.pk,
                "group_id": support.pk,
                "status": "solved",
                "tags": ["vip"],
            }
        },
    )
    assert answer.status_code == 201
    ticket = Ticket.objects.get()
    assert (ticket.requester, ticket.submitter) == (carol, carol)
    assert (ticket.assignee, ticket.group, ticket.status, ticket.tags) == (None, None, "new", [])
    assert "audit" not in answer.json()


def test_the_same_idempotency_key_makes_one_ticket(api, alice, carol):
    client = api(alice)
    body = {"ticket": {"comment": {"body": "Once"}, "requester_id": carol.pk}}
    first = client.post("/api/v2/tickets.json", body, headers={"Idempotency-Key": "k-1"})
    again = client.post("/api/v2/tickets.json", body, headers={"Idempotency-Key": "k-1"})
    assert (first["X-Idempotency-Lookup"], again["X-Idempotency-Lookup"]) == ("miss", "hit")
    assert first.json()["ticket"]["id"] == again.json()["ticket"]["id"]
    assert Ticket.objects.count() == 1


def test_a_submit_repeated_under_its_key_writes_and_mails_one_comment(api, alice, make_ticket):
    client, ticket = api(alice), make_ticket()
    url, headers = f"/api/v2/tickets/{ticket.pk}.json", {"Idempotency-Key": "answer-1"}
    body = {"ticket": {"comment": {"body": "It is on its way."}, "status": "pending"}}
    first = client.put(url, body, headers=headers)
    again = client.put(url, body, headers=headers)
    assert (first.status_code, again.status_code) == (200, 200)
    assert (first["X-Idempotency-Lookup"], again["X-Idempotency-Lookup"]) == ("miss", "hit")
    assert ticket.comments.count() == 2
    assert ticket.deliveries.filter(kind="comment").count() == 1


def test_a_key_used_on_one_ticket_does_nothing_on_another(api, alice, make_ticket):
    client, one, other = api(alice), make_ticket(), make_ticket()
    body, headers = {"ticket": {"comment": {"body": "Yes."}}}, {"Idempotency-Key": "answer-1"}
    client.put(f"/api/v2/tickets/{one.pk}.json", body, headers=headers)
    refused = client.put(f"/api/v2/tickets/{other.pk}.json", body, headers=headers)
    assert refused.status_code == 400
    assert other.comments.count() == 1


def test_an_idempotency_key_with_another_body_is_refused(api, alice, carol):
    client = api(alice)
    body = {"ticket": {"comment": {"body": "Once"}, "requester_id": carol.pk}}
    client.post("/api/v2/tickets.json", body, headers={"Idempotency-Key": "k-1"})
    body["ticket"]["comment"]["body"] = "Twice"
    other = client.post("/api/v2/tickets.json", body, headers={"Idempotency-Key": "k-1"})
    assert other.status_code == 400
    assert other.json()["error"] == "IdempotentRequestError"
    assert Ticket.objects.count() == 1


def test_idempotency_keys_belong_to_one_person_and_end_after_a_day(api, alice, bob, carol):
    body = {"ticket": {"comment": {"body": "Once"}, "requester_id": carol.pk}}
    for person, at in [(alice, 0), (bob, 0), (alice, 25)]:
        with clock.frozen(datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=at)):
            api(person).post("/api/v2/tickets.json", body, headers={"Idempotency-Key": "k"})
    assert Ticket.objects.count() == 3


def test_a_refused_ticket_leaves_its_idempotency_key_free(api, alice, carol):
    client = api(alice)
    wrong = {"ticket": {"comment": {"body": "x"}, "requester_id": carol.pk, "group_id": 99999}}
    assert (
        client.post("/api/v2/tickets.json", wrong, headers={"Idempotency-Key": "k"}).status_code
        == 422
    )
    right = {"ticket": {"comment": {"body": "x"}, "requester_id": carol.pk}}
    done = client.post("/api/v2/tickets.json", right, headers={"Idempotency-Key": "k"})
    assert done.status_code == 201


def test_an_agent_answers_and_solves_in_one_submit(api, alice, make_ticket):
    ticket = make_ticket()
    answer = api(alice).put(
        f"/api/v2/tickets/{ticket.pk}.json",
        {
            "ticket": {
                "status": "solved",
                "comment": {"html_body": "<p>On its <b>way</b><script>x()</script></p>"},
            }
        },
    )
    assert answer.status_code == 200
    assert answer.json()["ticket"]["status"] == "solved"
    assert answer.json()["ticket"]["assignee_id"] == alice.pk
    comment = ticket.comments.get(author=alice)
    assert comment.html == "<p>On its <b>way</b></p>"
    assert comment.body.strip() == "On its way"
    assert ticket.audits.count() == 2
    events = answer.json()["audit"]["events"]
    assert {"Comment", "Change"} <= {event["type"] for event in events}
    status = next(event for event in events if event.get("field_name") == "status")
    assert (status["previous_value"], status["value"]) == ("new", "solved")


def test_a_safe_update_on_a_stale_ticket_is_a_conflict_and_changes_nothing(
    api, alice, bob, make_ticket
):
    with clock.frozen(datetime(2026, 3, 1, tzinfo=UTC)):
        ticket = make_ticket()
    client = api(bob)
    stamp = client.get(f"/api/v2/tickets/{ticket.pk}.json").json()["ticket"]["updated_at"]
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, changes=TicketChanges(priority="low"))
    body = {"ticket": {"priority": "urgent", "safe_update": True, "updated_stamp": stamp}}
    answer = client.put(f"/api/v2/tickets/{ticket.pk}.json", body)
    assert answer.status_code == 409
    assert answer.json()["error"] == "UpdateConflict"
    ticket.refresh_from_db()
    assert ticket.priority == "low"


def test_a_safe_update_on_the_present_ticket_goes_through(api, alice, make_ticket):
    ticket = make_ticket()
    client = api(alice)
    stamp = client.get(f"/api/v2/tickets/{ticket.pk}.json").json()["ticket"]["updated_at"]
    body = {"ticket": {"priority": "urgent", "safe_update": True, "updated_stamp": stamp}}
    assert client.put(f"/api/v2/tickets/{ticket.pk}.json", body).status_code == 200


def test_two_changes_of_one_field_within_the_same_second_are_a_conflict(
    api, alice, bob, make_ticket
):
    at = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
    with clock.frozen(at):
        ticket = make_ticket()
    client = api(bob)
    stamp = client.get(f"/api/v2/tickets/{ticket.pk}.json").json()["ticket"]["updated_at"]
    with clock.frozen(at + timedelta(milliseconds=400)):
        update_ticket(
            actor=as_actor(alice), ticket_id=ticket.pk, changes=TicketChanges(priority="low")
        )
    body = {"ticket": {"priority": "urgent", "safe_update": True, "updated_stamp": stamp}}
    answer = client.put(f"/api/v2/tickets/{ticket.pk}.json", body)
    assert answer.status_code == 409
    assert "Alice Archer" in answer.json()["details"]["priority"][0]["description"]


def test_sending_a_whole_ticket_back_changes_only_what_differs(api, alice, make_ticket):
    ticket = make_ticket(tags=("vip",), assignee_id=alice.pk)
    client = api(alice)
    whole = client.get(f"/api/v2/tickets/{ticket.pk}.json").json()["ticket"]
    whole |= {"priority": "high"}
    answer = client.put(f"/api/v2/tickets/{ticket.pk}.json", {"ticket": whole})
    assert answer.status_code == 200
    changed = [event["field_name"] for event in answer.json()["audit"]["events"]]
    assert changed == ["priority"]


def test_ccs_and_followers_are_put_in_and_taken_out(api, alice, bob, dave, mallory, make_ticket):
    ticket = make_ticket(cc_ids=(dave.pk,))
    body = {
        "ticket": {
            "email_ccs": [
                {"user_email": "nora@elsewhere.example", "user_name": "Nora"},
                {"user_id": dave.pk, "action": "delete"},
            ],
            "followers": [{"user_id": bob.pk, "action": "put"}],
        }
    }
    answer = api(alice).put(f"/api/v2/tickets/{ticket.pk}.json", body)
    assert answer.status_code == 200
    people = ticket.participants.values_list("role", "user__email").order_by("role")
    assert list(people) == [("cc", "nora@elsewhere.example"), ("follower", "bob@example.com")]
    assert answer.json()["ticket"]["follower_ids"] == [bob.pk]


def test_a_closed_ticket_takes_no_change(api, alice, make_ticket):
    ticket = make_ticket(status="closed")
    answer = api(alice).put(f"/api/v2/tickets/{ticket.pk}.json", {"ticket": {"priority": "low"}})
    assert answer.status_code == 422
    assert "closed" in answer.json()["details"]["status"][0]["description"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"status": "nonsense"}, "status"),
        ({"priority": "very"}, "priority"),
        ({"type": "drama"}, "type"),
        ({"assignee_id": 99_999_999}, "assignee_id"),
        ({"group_id": 99_999_999}, "group_id"),
        ({"group_id": 10**30}, "group_id"),
        ({"requester_id": 99_999_999}, "requester_id"),
        ({"organization_id": 99_999_999}, "organization_id"),
        ({"problem_id": 99_999_999, "type": "incident"}, "problem_id"),
        ({"due_at": "2026-01-01T00:00:00Z"}, "due_at"),
        ({"due_at": "tomorrow"}, "due_at"),
        ({"subject": "nul\x00"}, "subject"),
        ({"subject": "x" * 5_000}, "subject"),
        ({"subject": ["x"]}, "subject"),
        ({"tags": [f"tag{n}" for n in range(101)]}, "tags"),
        ({"custom_fields": [{"id": 77, "value": "x"}]}, "custom_fields_77"),
        ({"custom_fields": [{"id": "x"}]}, "custom_fields.0.id"),
        ({"custom_fields": {"id": 1}}, "custom_fields"),
        ({"comment": {"body": " "}}, "comment"),
        ({"comment": {"body": "x" * 500_001}}, "comment.body"),
        ({"comment": {"body": "x", "uploads": ["guess"]}}, "uploads"),
        ({"collaborator_ids": list(range(1, 200))}, "collaborator_ids"),
        ({"collaborator_ids": [99_999_999]}, "cc_ids"),
        ({"email_ccs": [{"user_email": "not an address"}]}, "email_ccs.0.user_email"),
        ({"followers": [{"action": "put"}]}, "followers.0"),
        ({"safe_update": True}, "updated_stamp"),
    ],
)
def test_values_a_ticket_cannot_take_are_named_and_change_nothing(
    api, alice, make_ticket, change, field
):
    ticket = make_ticket()
    answer = api(alice).put(f"/api/v2/tickets/{ticket.pk}.json", {"ticket": change}, format="json")
    assert answer.status_code == 422
    assert answer.json()["error"] == "RecordInvalid"
    assert list(answer.json()["details"]) == [field]
    ticket.refresh_from_db()
    assert ticket.version == 1


def test_half_a_surrogate_pair_is_refused(api, alice, make_ticket):
    ticket = make_ticket()
    answer = api(alice).generic(
        "PUT",
        f"/api/v2/tickets/{ticket.pk}.json",
        r'{"ticket": {"subject": "half a pair \ud800"}}',
        content_type="application/json",
    )
    assert answer.status_code == 422
    assert list(answer.json()["details"]) == ["subject"]


def test_a_lead_deletes_and_an_agent_does_not(api, alice, lead, make_ticket):
    ticket = make_ticket()
    assert api(alice).delete(f"/api/v2/tickets/{ticket.pk}.json").status_code == 403
    assert api(lead).delete(f"/api/v2/tickets/{ticket.pk}.json").status_code == 204
    assert api(lead).get(f"/api/v2/tickets/{ticket.pk}.json").status_code == 404


def test_a_rating_shows_its_score_and_comment(api, alice, carol, make_ticket):
    ticket = make_ticket()
    rate_ticket(actor=as_actor(carol), ticket_id=ticket.pk, is_good=True, comment="Thanks")
    shape = api(alice).get(f"/api/v2/tickets/{ticket.pk}.json").json()["ticket"]
    assert shape["satisfaction_rating"]["score"] == "good"
    assert shape["satisfaction_rating"]["comment"] == "Thanks"
    listed = api(alice).get("/api/v2/satisfaction_ratings.json?score=good").json()
    assert [rating["ticket_id"] for rating in listed["satisfaction_ratings"]] == [ticket.pk]
    none = api(alice).get("/api/v2/satisfaction_ratings.json?score=bad").json()
    assert none["count"] == 0


def test_a_note_over_the_api_mentions_colleagues_and_a_public_comment_does_not(
    api, alice, bob, carol, make_ticket
):
    ticket = make_ticket()
    html = f'<p>Look, <span data-mention="{bob.pk}">@Bob</span></p>'
    url = f"/api/v2/tickets/{ticket.pk}.json"
    for is_public, person in ((False, alice), (True, alice), (False, carol)):
        comment = {"html_body": html, "public": is_public}
        api(person).put(url, {"ticket": {"comment": comment}}, format="json")
    said = list(ticket.comments.order_by("id").values_list("html", flat=True))[1:]
    assert said[0] == html
    assert all("data-mention" not in each for each in said[1:])
    assert Notification.objects.filter(user=bob, kind=Kind.MENTION).count() == 1
