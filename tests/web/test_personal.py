"""A person's own settings: what they save is theirs, and takes effect."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.actions import forget_dead_devices, note_device
from accounts.models import Device
from channels_in.accounts import default_account
from channels_in.email.sending.signatures import signature_of
from channels_in.models import AgentSignature
from core import clock
from tests.factories import PASSWORD
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def signed_in(person, agent=FIREFOX) -> Client:
    browser = Client(headers={"user-agent": agent})
    browser.post("/sign-in/", {"email": person.email, "password": PASSWORD})
    return browser


def picture(size=(400, 300), kind="PNG") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", size, "#3451b2").save(out, kind)
    return SimpleUploadedFile("me.png", out.getvalue(), "image/png")


def test_a_photo_is_shown_to_colleagues_and_to_nobody_else(browser_of, alice, bob, carol):
    answer = browser_of(alice).post("/settings/photo/", {"photo": picture()})
    assert answer.status_code == 302
    alice.refresh_from_db()
    path = f"/photos/{alice.photo}/"
    shown = browser_of(bob).get(path)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
    assert Image.open(io.BytesIO(shown.content)).size == (256, 256)
    assert browser_of(carol).get(path).status_code == 302
    assert Client().get(path).status_code == 302
    assert path in browser_of(alice).get("/home/").content.decode()
    browser_of(alice).post("/settings/photo/removal/")
    assert browser_of(bob).get(path).status_code == 404


def test_the_square_that_was_chosen_is_kept(browser_of, alice):
    left = Image.new("RGB", (200, 100), "red")
    left.paste("blue", (100, 0, 200, 100))
    out = io.BytesIO()
    left.save(out, "PNG")
    file = SimpleUploadedFile("me.png", out.getvalue())
    sent = {"photo": file, "left": "0.5", "top": "0", "side": "1"}
    browser = browser_of(alice)
    browser.post("/settings/photo/", sent)
    alice.refresh_from_db()
    kept = Image.open(io.BytesIO(browser.get(f"/photos/{alice.photo}/").content)).convert("RGB")
    red, _green, blue = kept.getpixel((5, 128))
    assert blue > 200 > 60 > red


def test_the_language_that_was_chosen_is_spoken(browser_of, alice):
    browser = browser_of(alice)
    sent = {"language": "de", "time_zone": "Asia/Tokyo", "theme": "dark", "sends_with_enter": "1"}
    assert browser.post("/settings/preferences/", sent).status_code == 302
    page = browser.get("/home/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="de" dir="ltr" data-theme="dark">' in page
    assert "data-no-letters" in page
    assert "data-sends-with-enter" in page
    alice.refresh_from_db()
    assert alice.time_zone == "Asia/Tokyo"


def test_without_a_choice_the_browser_says_which_language(browser_of, alice):
    page = browser_of(alice).get("/home/", headers={"accept-language": "de"}).content.decode()
    assert '<html lang="de"' in page


@pytest.mark.parametrize(
    "sent", [{"language": "tlh"}, {"time_zone": "Mars/Olympus"}, {"theme": "pink"}]
)
def test_what_there_is_not_is_refused(browser_of, alice, sent):
    values = {"language": "", "time_zone": "", "theme": "light", **sent}
    assert browser_of(alice).post("/settings/preferences/", values).status_code == 422


def test_each_sign_in_is_a_browser_that_can_be_signed_out(alice):
    here, phone = signed_in(alice), signed_in(alice, "Mozilla/5.0 (iPhone; …) Safari/604.1")
    page = here.get("/settings/sessions/").content.decode()
    assert "Firefox on Linux" in page
    assert "Safari on iPhone" in page
    device = Device.objects.get(user_agent__contains="iPhone")
    assert here.post(f"/settings/sessions/{device.pk}/end/").status_code == 302
    assert phone.get("/home/")["Location"].startswith("/sign-in/")
    assert here.get("/home/").status_code == 200


def test_all_others_are_signed_out_at_once(alice):
    here, others = signed_in(alice), [signed_in(alice) for _ in range(3)]
    here.post("/settings/sessions/others/end/")
    assert [other.get("/home/").status_code for other in others] == [302] * 3
    assert here.get("/home/").status_code == 200


def test_another_persons_browser_is_not_there(alice, bob):
    here, theirs = signed_in(alice), signed_in(bob)
    device = Device.objects.get(user=bob)
    assert here.post(f"/settings/sessions/{device.pk}/end/").status_code == 404
    assert theirs.get("/home/").status_code == 200


def test_a_new_password_ends_every_other_browser(alice):
    here, other = signed_in(alice), signed_in(alice)
    new = "another horse entirely"
    here.post(
        "/password/change/",
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )
    assert other.get("/home/").status_code == 302
    assert here.get("/home/").status_code == 200
    assert Device.objects.filter(user=alice).count() == 1


def test_signing_out_forgets_the_browser(alice):
    here = signed_in(alice)
    here.post("/sign-out/")
    assert not Device.objects.exists()


def test_a_browser_is_renewed_at_most_once_a_minute(alice):
    def note() -> None:
        note_device(user_id=alice.pk, session_key="k", ip="192.0.2.1", user_agent=FIREFOX)

    note()
    seen = Device.objects.get().seen_at
    with clock.frozen(seen + timedelta(seconds=50)):
        note()
    assert Device.objects.get().seen_at == seen
    with clock.frozen(seen + timedelta(seconds=70)):
        note()
    assert Device.objects.get().seen_at == seen + timedelta(seconds=70)
    assert forget_dead_devices() == 1  # there is no such session


def test_an_agent_signs_otherwise_from_one_address(browser_of, make_ticket, alice):
    account = default_account()
    browser_of(alice).post(
        "/settings/signatures/", {"usual": "Alice", f"at-{account.pk}": "Dr. {{current_user.name}}"}
    )
    alice.refresh_from_db()
    assert alice.signature == "Alice"
    ticket = make_ticket()
    reply = CommentDraft(author_id=alice.pk, body="Hello")
    from tests.factories import as_actor

    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, comment=reply)
    comment = ticket.comments.latest("id")
    assert signature_of(comment, account) == "Dr. Alice Archer"
    browser_of(alice).post("/settings/signatures/", {"usual": "Alice", f"at-{account.pk}": " "})
    assert not AgentSignature.objects.exists()
    comment.author.refresh_from_db()
    assert signature_of(comment, account) == "Alice"


def test_a_name_is_saved_and_an_empty_one_refused(browser_of, alice):
    browser = browser_of(alice)
    assert browser.post("/settings/profile/", {"name": "Alice A."}).status_code == 302
    assert browser.post("/settings/profile/", {"name": " "}).status_code == 422
    alice.refresh_from_db()
    assert alice.name == "Alice A."


def test_the_app_can_be_installed_by_anybody():
    manifest = Client().get("/manifest.webmanifest")
    assert manifest["Content-Type"].startswith("application/manifest+json")
    made = manifest.json()
    assert (made["start_url"], made["scope"], made["display"]) == ("/home/", "/", "standalone")
    assert {icon["purpose"] for icon in made["icons"]} == {"any", "maskable"}
    worker = Client().get("/service-worker.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert "{{" not in worker.content.decode()
    assert "no-cache" in worker["Cache-Control"]
    assert "Your drafts are kept" in Client().get("/offline/").content.decode()
