"""Attack 26: notes, files, upload tokens by a guessed or borrowed id: 404, tokens are bound."""

from __future__ import annotations

import pytest

from core import clock
from tests.factories import api_client
from tests.security.conftest import SECRET
from tickets.models import Attachment


@pytest.mark.parametrize("who", ["carol", "dave", "mallory"])
def test_the_file_of_a_note_is_hidden_from_customers(request, world, who):
    client = api_client(request.getfixturevalue(who))
    for path in ("", "/content"):
        answer = client.get(f"/api/v2/attachments/{world.secret_file.pk}{path}")
        assert answer.status_code == 404


def test_a_participant_downloads_the_file_of_a_public_comment_as_a_download(world, dave, mallory):
    path = f"/api/v2/attachments/{world.public_file.pk}/content"
    answer = api_client(dave).get(path)
    assert b"".join(answer.streaming_content) == b"bytes"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/octet-stream"
    assert api_client(mallory).get(path).status_code == 404


def test_customers_read_public_comments_only(world, carol):
    answer = api_client(carol).get(f"/api/v2/tickets/{world.ticket.pk}/comments.json")
    assert [comment["public"] for comment in answer.json()["comments"]] == [True, True]
    assert SECRET not in answer.content.decode()


def upload(person, name="x.txt"):
    answer = api_client(person).generic(
        "POST", f"/api/v2/uploads.json?filename={name}", "hello", content_type="text/plain"
    )
    assert answer.status_code == 201
    return answer.json()["upload"]


def test_an_upload_token_serves_its_owner_only(world, carol, dave):
    token = upload(carol)["token"]
    body = {"ticket": {"comment": {"body": "mine now", "uploads": [token]}}}
    path = f"/api/v2/tickets/{world.ticket.pk}.json"
    assert api_client(dave).put(path, body).status_code == 422
    assert api_client(carol).put(path, body).status_code == 200
    assert Attachment.objects.get(filename="x.txt").comment.author == carol


def test_an_upload_token_ends_after_three_days(world, carol, monkeypatch):
    token = upload(carol)["token"]
    later = clock.now().timestamp() + 3 * 24 * 3600 + 60
    monkeypatch.setattr("time.time", lambda: later)
    body = {"ticket": {"comment": {"body": "late", "uploads": [token]}}}
    answer = api_client(carol).put(f"/api/v2/tickets/{world.ticket.pk}.json", body)
    assert answer.status_code == 422


def test_uploads_can_be_gathered_under_one_token(world, carol):
    first = upload(carol, "one.txt")["token"]
    both = api_client(carol).generic(
        "POST", f"/api/v2/uploads.json?filename=two.txt&token={first}", "hello"
    )
    token = both.json()["upload"]["token"]
    body = {"ticket": {"comment": {"body": "two files", "uploads": [token]}}}
    api_client(carol).put(f"/api/v2/tickets/{world.ticket.pk}.json", body)
    names = world.ticket.comments.order_by("-id").first().attachments.order_by("id")
    assert list(names.values_list("filename", flat=True)) == ["one.txt", "two.txt"]


def test_a_waiting_upload_is_seen_by_its_owner_only(carol, alice):
    pk = upload(carol)["attachment"]["id"]
    assert api_client(carol).get(f"/api/v2/attachments/{pk}.json").status_code == 200
    assert api_client(alice).get(f"/api/v2/attachments/{pk}.json").status_code == 404
