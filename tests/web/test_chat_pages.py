"""The widget's pages: what they weigh, what they say, and the settings behind them."""

from __future__ import annotations

import gzip
import io
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from PIL import Image

from channels_in.actions.chat import create_widget
from channels_in.models import ChatWidget
from core import clock
from tests.factories import SETUP, sign_in
from tickets.actions import ScheduleDraft, save_schedule
from web.chat import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]
LIMIT = 60_000  # bytes
MONDAY_NOON = datetime(2026, 6, 1, 12, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture
def frame(widget) -> str:
    return reverse("chat:frame", args=[widget.account.address])


@pytest.fixture
def page(admin) -> Client:
    return sign_in(Client(), admin)


def test_all_of_the_widget_weighs_less_than_60_kb(frame):
    static = settings.BASE_DIR / "static"
    files = [*Path(static / "js/chat").glob("*.js"), static / "css/chat/widget.css"]
    weight = sum(len(gzip.compress(file.read_bytes(), 6)) for file in files)
    weight += len(gzip.compress(Client().get(frame).content, 6))
    print(f"{weight / 1000:.1f} kB in {len(files) + 1} files")  # noqa: T201  the figure

    assert weight < LIMIT


def test_no_language_of_the_widget_lacks_a_word_or_a_placeholder():
    english = words.of("en")
    for tag in words.LANGUAGES:
        own = words.of(tag)
        assert own.keys() == english.keys(), tag
        for name, text in own.items():
            assert text.strip(), (tag, name)
            assert text.count("{") == english[name].count("{"), (tag, name)


@pytest.mark.parametrize(
    ("asked", "given", "direction"),
    [("de-AT", "de", "ltr"), ("ar", "ar", "rtl"), ("tlh", "en", "ltr"), ("", "en", "ltr")],
)
def test_the_frame_speaks_the_visitors_language(frame, asked, given, direction):
    body = Client().get(frame, {"lang": asked}).content.decode()

    assert f'<html lang="{given}" dir="{direction}">' in body


def test_outside_business_hours_it_is_closed_and_says_when_it_opens(widget, frame):
    hours = ScheduleDraft("Mornings", "Europe/Berlin", ((24 * 60 + 480, 24 * 60 + 600),), [])
    widget.account.schedule = save_schedule(actor=SETUP, draft=hours)
    widget.account.save()

    with clock.frozen(MONDAY_NOON):
        body = Client().get(frame).content.decode()
    assert '"open": false' in body
    assert '"opensAt": "2026-06-08T06:00:00+00:00"' in body


def test_a_widget_that_is_off_or_unknown_shows_nothing(widget, frame):
    assert Client().get(frame.replace(widget.account.address, "0" * 20)).status_code == 404
    widget.account.is_active = False
    widget.account.save()
    assert Client().get(frame).status_code == 404


def test_the_loader_is_public_and_kept(widget):
    answer = Client().get(reverse("chat:loader"))

    assert answer["Content-Type"].startswith("text/javascript")
    assert "public" in answer["Cache-Control"]


def test_a_widget_is_made_and_set_up_by_the_settings_pages(page, support):
    made = page.post(reverse("admin:new_chat_widget"), {"name": "Shop", "sites": "shop.example"})
    widget = ChatWidget.objects.get()
    assert made["Location"] == reverse("admin:chat_widget", args=[widget.pk])
    given = {
        "name": "Shop", "sites": "https://shop.example\nhttps://*.shop.example", "color": "#AA0000",
        "group": support.pk, "side": "start", "away_seconds": "90", "language": "de",
        "asks_name": "no", "asks_email": "required", "is_active": "on", "heading_de": "Moin!",
        "question_0": "Order", "kind_0": "text", "required_0": "on",
        "question_1": "Topic", "kind_1": "choice", "choices_1": "Parcel\nInvoice",
    }  # fmt: skip
    answer = page.post(reverse("admin:chat_widget", args=[widget.pk]), given)

    assert answer.status_code == 302
    widget.refresh_from_db()
    assert widget.sites == ["https://shop.example", "https://*.shop.example"]
    assert widget.texts == {"de": {"heading": "Moin!"}}
    assert [(q["label"], q["is_required"]) for q in widget.questions] == [
        ("Order", True), ("Topic", False),
    ]  # fmt: skip
    assert (widget.account.brand_color, widget.account.group) == ("#aa0000", support)
    assert "Moin!" in page.get(reverse("admin:chat_widget", args=[widget.pk])).content.decode()


@pytest.mark.parametrize(
    "site", ["http://shop.example", "javascript:alert(1)", "https://shop.example/path", "*", "a b"]
)
def test_what_is_no_site_is_refused_and_nothing_is_lost(page, widget, site):
    given = {"name": "Kept words", "sites": site, "side": "end", "away_seconds": "60",
             "language": "en", "asks_name": "no", "asks_email": "no"}  # fmt: skip
    answer = page.post(reverse("admin:chat_widget", args=[widget.pk]), given)

    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    widget.refresh_from_db()
    assert widget.sites == ["https://shop.example"]


def test_a_secret_is_shown_once(page, widget):
    shown = page.post(reverse("admin:chat_widget_secret", args=[widget.pk])).content.decode()
    again = page.get(reverse("admin:chat_widget", args=[widget.pk])).content.decode()

    assert "It is shown this once" in shown
    assert "It is shown this once" not in again


def test_the_picture_is_drawn_anew_and_taken_away(page, widget):
    picture = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(picture, "PNG")
    picture.seek(0)
    picture.name = "logo.png"
    url = reverse("admin:chat_widget_logo", args=[widget.pk])
    page.post(url, {"logo": picture})
    served = Client().get(reverse("chat:logo", args=[widget.account.address]))
    assert served["Content-Type"] == "image/webp"
    page.post(url, {"remove": "1"})
    widget.refresh_from_db()
    assert widget.logo == ""


def test_agents_do_not_set_up_widgets(alice, widget):
    client = sign_in(Client(), alice)
    assert client.get(reverse("admin:chat_widget", args=[widget.pk])).status_code == 403


def test_the_list_of_widgets_costs_the_same_for_one_and_for_five(
    page, widget, admin, django_assert_max_num_queries
):
    for number in range(4):
        create_widget(actor=SETUP, name=f"Brand {number}")
    page.get(reverse("admin:chat_widgets"))
    with django_assert_max_num_queries(14):
        assert page.get(reverse("admin:chat_widgets")).status_code == 200


def test_the_shop_is_there_in_demo_mode_alone(widget, settings):
    settings.DEMO_MODE = False
    assert Client().get("/dev/shop/").status_code == 404
    settings.DEMO_MODE = True
    body = Client().get("/dev/shop/", {"as": "carol"}).content.decode()
    assert f'data-widget="{widget.account.address}"' in body
    assert 'data-user-id="customer-7"' in body
