"""The report's pages and downloads: who may see them, what the address decides, what they say."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import Group, User
from core import clock
from reports.models import TicketFact
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft, TicketChanges
from tickets.models import Ticket

PAGE = "/reports/resolution-times/"
TABLES = ("summary", "weeks", "distribution", "channels", "groups", "hours")
NOW = datetime(2026, 5, 6, 10, 0, tzinfo=UTC)  # a Wednesday


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture(autouse=True)
def now():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def page(lead: User) -> Callable[..., HttpResponse]:
    """`page(span="30-days")`: the report as the lead sees it."""
    return lambda path=PAGE, **query: client_of(lead).get(path, query)


@pytest.fixture
def solved(make_ticket: Callable[..., Ticket], alice: User, as_actor) -> Ticket:
    """A ticket written on Monday at 9, answered after half an hour, solved after two hours."""
    at = datetime(2026, 5, 4, 7, 0, tzinfo=UTC)  # 9:00 in Berlin
    with clock.frozen(at):
        ticket = make_ticket()
    for minutes, changes in ((30, TicketChanges()), (120, TicketChanges(status="solved"))):
        with clock.frozen(at + timedelta(minutes=minutes)):
            update_ticket(
                actor=as_actor(alice), ticket_id=ticket.pk, changes=changes,
                comment=CommentDraft(author_id=alice.pk, body="An answer"),
            )  # fmt: skip
    return ticket


def rows(response: HttpResponse) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("path", ["/reports/", PAGE, *(f"{PAGE}{t}.csv" for t in TABLES)])
@pytest.mark.parametrize(
    ("who", "status"),
    [("lead", 200), ("admin", 200), ("alice", 403), ("lightly", 403), ("carol", 302)],
)
def test_only_leads_and_administrators_see_reports(
    path: str, who: str, status: int, request: pytest.FixtureRequest
) -> None:
    assert client_of(request.getfixturevalue(who)).get(path).status_code == status


@pytest.mark.parametrize("path", ["/reports/", PAGE, f"{PAGE}weeks.csv"])
@pytest.mark.django_db
def test_visitors_are_asked_to_sign_in(path: str) -> None:
    response = Client().get(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/?next=/reports/")


def test_the_page_shows_the_numbers_of_the_span(page, solved: Ticket) -> None:
    html = page(span="7-days").content.decode()
    assert re.findall(r'class="value">([^<]+)<', html) == ["2 h", "2 h", "30 min", "1"]
    assert "30 Apr – 6 May 2026" in html
    assert 'title="Monday 09–10 h: 1"' in html
    assert "Support" in html


def test_a_span_is_everything_from_the_first_day_up_to_the_second(page, solved: Ticket) -> None:
    assert b'class="value">2 h<' in page(**{"from": "2026-05-04", "to": "2026-05-05"}).content
    empty = page(**{"from": "2026-05-01", "to": "2026-05-04"}).content.decode()
    assert "Nothing to count in this span" in empty


def test_the_form_names_the_last_day_and_the_address_the_day_after_it(page) -> None:
    query = {"from": "2026-05-01", "through": "2026-05-31", "channel": "email"}
    response = page(**query)
    assert response.status_code == 302
    target = urlsplit(response["Location"])
    assert target.path == PAGE
    assert parse_qs(target.query) == {
        "from": ["2026-05-01"], "to": ["2026-06-01"], "channel": ["email"],
    }  # fmt: skip


def test_filters_leave_other_channels_and_groups_out(page, solved: Ticket, billing: Group) -> None:
    shown = [page(channel="email"), page(channel="web"), page(group=billing.pk), page(group="none")]
    assert [b'class="value">2 h<' in response.content for response in shown] == [
        True, False, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "query",
    [
        {"span": "forever"}, {"from": "2026-05-01"}, {"from": "x", "to": "2026-05-01"},
        {"from": "2026-05-02", "to": "2026-05-01"}, {"from": "0001-01-01", "to": "9999-12-31"},
        {"channel": "pigeon"}, {"channel": "email' OR 1=1--"}, {"group": "999999"},
        {"group": "1; DROP TABLE"}, {"from": "2026-05-01", "to": "2026-05-01T10:00"},
    ],
)  # fmt: skip
def test_a_filter_that_means_nothing_is_answered_with_a_sentence(page, query) -> None:
    response = page(**query)
    assert response.status_code == 422
    assert b'role="alert"' in response.content
    assert page(f"{PAGE}weeks.csv", **query).status_code == 422


def test_an_unknown_table_does_not_exist(page) -> None:
    assert page(f"{PAGE}passwords.csv").status_code == 404


def test_every_table_can_be_downloaded_with_the_numbers_of_the_page(page, solved: Ticket) -> None:
    got = {name: rows(page(f"{PAGE}{name}.csv", span="7-days")) for name in TABLES}
    assert got["summary"][1][:4] == ["Full resolution", "1", "7200", "7200"]
    assert got["summary"][3][:4] == ["First reply", "1", "1800", "1800"]
    assert got["weeks"][-1] == ["2026-W19", "2026-05-04", "no", "1", "7200", "7200"]
    assert [line[2] for line in got["distribution"][1:]] == ["0", "0", "1", *"0000000"]
    assert got["channels"][1][:4] == ["E-mail", "1", "7200", "7200"]
    assert got["groups"][1][:4] == ["Support", "1", "7200", "7200"]
    assert got["hours"][1][10] == "1"


def test_a_download_says_its_name_and_kind(page) -> None:
    response = page(f"{PAGE}weeks.csv", **{"from": "2026-04-01", "to": "2026-05-01"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == (
        'attachment; filename="resolution-times-weeks-2026-04-01-to-2026-04-30.csv"'
    )


def test_a_groups_name_is_no_formula_in_the_download(page, solved: Ticket, support: Group) -> None:
    Group.objects.filter(pk=support.pk).update(name='=HYPERLINK("http://evil.example")')
    name = rows(page(f"{PAGE}groups.csv"))[1][0]
    assert name == '\'=HYPERLINK("http://evil.example")'


def test_a_groups_name_is_text_on_the_page(page, solved: Ticket, support: Group) -> None:
    Group.objects.filter(pk=support.pk).update(name="<script>alert(1)</script>")
    html = page().content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_page_has_no_inline_styles_or_scripts(page, solved: Ticket) -> None:
    html = page().content.decode()
    assert " style=" not in html
    assert not re.search(r"\son\w+=", html)
    # Data is no program: what scripts say comes as JSON.
    assert re.findall(r"<script(?![^>]*\b(?:src=|type=\"application/json\"))", html) == []


def test_days_are_those_of_the_reader(lead: User, solved: Ticket) -> None:
    User.objects.filter(pk=lead.pk).update(time_zone="Pacific/Auckland")
    html = client_of(lead).get(PAGE).content.decode()
    assert "Pacific/Auckland" in html
    assert 'title="Monday 19–20 h: 1"' in html  # 7:00 UTC is 19:00 there


def test_the_page_asks_a_constant_number_of_questions(
    lead: User, solved: Ticket, make_ticket, django_assert_max_num_queries
) -> None:
    for number in range(5):
        make_ticket(channel=["web", "chat", "phone", "x", "api"][number])
    client = client_of(lead)
    with django_assert_max_num_queries(12):
        client.get(PAGE)


def test_a_deleted_ticket_is_not_counted(page, solved: Ticket) -> None:
    TicketFact.objects.filter(pk=solved.pk).update(is_deleted=True)
    assert b"Nothing to count in this span" in page(span="7-days").content
