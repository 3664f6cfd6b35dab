"""What the ticket page says of a mail: signed, encrypted, an invitation, a dangerous file."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tickets.drafts import NewFile
from tickets.models import Comment
from web.invitations import invitation_of
from web.protection import has_no_readable_text

pytestmark = pytest.mark.django_db
EVENT = {
    "method": "REQUEST", "uid": "1", "summary": "Visit <b>", "starts": "20261121T090000Z",
    "ends": "20261121T100000Z", "location": "Room 2",
}  # fmt: skip


@pytest.fixture
def shown(browser_of, make_ticket, alice):
    """The ticket page with a mail that has this metadata and these files."""

    def show(metadata: dict[str, object], *files: NewFile, body: str = "Hello") -> str:
        ticket = make_ticket(body=body, comment={"metadata": metadata, "files": files})
        return browser_of(alice).get(f"/tickets/{ticket.pk}/").content.decode()

    return show


def file_named(name: str) -> NewFile:
    return NewFile(f"ab/cd/{name}", name, "application/octet-stream", 3, "0" * 64)


def test_an_invitation_is_a_card_in_the_readers_time(shown):
    page = shown({"calendar": EVENT})
    assert "Invitation" in page
    assert "Visit &lt;b&gt;" in page
    assert "Sat 21 Nov 2026, 10:00 – 11:00" in page
    assert "Room 2" in page


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        ("20261121", "20261122", "Sat 21 Nov 2026"),
        ("20261121", "20261124", "Sat 21 Nov 2026 – Mon 23 Nov 2026"),
        ("20261121T090000", "20261121T100000",
         "Sat 21 Nov 2026, 09:00 – 10:00 (time zone of the event)"),
        ("20261121T230000Z", "20261122T230000Z",
         "Sun 22 Nov 2026, 00:00 – Mon 23 Nov 2026, 00:00"),
        ("20261121T090000Z", "", "Sat 21 Nov 2026, 10:00"),
        ("20269999T999999Z", "", "20269999T999999Z"),
        ("00000000", "x", "00000000"),
        ("", "", ""),
        ("99991231T235959Z", "", None),
    ],
)  # fmt: skip
def test_times_of_events_are_put_into_words(starts, ends, words):
    with timezone.override("Europe/Berlin"):
        event = invitation_of(Comment(metadata={"calendar": {"starts": starts, "ends": ends}}))
    assert event is not None
    assert words is None or event.when == words


@pytest.mark.parametrize(
    ("method", "kind"),
    [("CANCEL", "The event was cancelled"), ("REPLY", "Answer to an invitation"), ("X", "Event")],
)
def test_a_mail_says_what_it_wants_with_an_event(method, kind):
    assert invitation_of(Comment(metadata={"calendar": {**EVENT, "method": method}})).kind == kind


@pytest.mark.parametrize("stored", [None, "text", [], 7])
def test_what_is_no_event_is_no_card(stored):
    assert invitation_of(Comment(metadata={"calendar": stored})) is None


def test_signed_and_encrypted_mail_is_told_apart(shown):
    assert "does not check the signature" in shown({"signed": True})
    page = shown({"encrypted": True}, body="")
    assert "has no key for it" in page
    assert "has no key for it" not in shown({"encrypted": True}, body="A readable word")
    armour = "-----BEGIN PGP MESSAGE-----\nabc\n-----END PGP MESSAGE-----\n"
    assert has_no_readable_text(Comment(body=armour, metadata={"encrypted": True}))


def test_a_dangerous_file_asks_before_it_is_saved(shown):
    page = shown({}, file_named("invoice.pdf.exe"), file_named("fine.pdf"))
    before, _, after = page.partition("invoice.pdf.exe")
    assert '<summary class="file danger"' in before
    assert "Save it all the same" in after
    assert page.count("Dangerous file") == 1
