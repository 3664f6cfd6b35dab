"""A chat to read by a link that ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from channels_in.chat.transcripts import link_token
from core import clock

pytestmark = pytest.mark.django_db


def test_the_link_shows_the_conversation_and_gives_it_as_a_text(chat):
    url = reverse("chat:transcript", args=[link_token(chat)])

    assert "My parcel is late" in Client().get(url).content.decode()
    saved = Client().get(url, {"file": "1"})
    assert saved["Content-Disposition"] == f'attachment; filename="chat-{chat.ticket_id}.txt"'
    assert b"My parcel is late" in saved.content


def test_the_link_ends_and_cannot_be_guessed(chat):
    url = reverse("chat:transcript", args=[link_token(chat)])

    with clock.frozen(clock.now() + timedelta(days=8)):
        assert Client().get(url).status_code == 404
    assert Client().get(url.replace("-", "-1", 1)).status_code == 404
