"""Payloads as the networks document them, and what the desk reads in them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels_in.adapters import UnreadableMessage
from channels_in.custom.parse import parse as parse_custom
from channels_in.instagram.reading import message_of as parse_instagram
from channels_in.messages import Handle, RemoteFile
from channels_in.messenger.parse import parse as parse_messenger
from channels_in.payloads import stored, subject_of
from channels_in.sms.parse import parse as parse_sms
from channels_in.telegram.parse import parse as parse_telegram
from channels_in.whatsapp.parse import parse as parse_whatsapp
from tests.channels_in.messaging.fake_messenger import event
from tests.channels_in.messaging.fake_telegram import update
from tests.channels_in.messaging.fake_twilio import message as sms
from tests.channels_in.messaging.fake_whatsapp import message as whatsapp

PARSERS = (
    parse_whatsapp,
    parse_telegram,
    parse_messenger,
    parse_instagram,
    parse_sms,
    parse_custom,
)


def read_whatsapp(kind, part, **more):
    value = whatsapp(kind, part, **more)
    return parse_whatsapp(
        stored(message=value["messages"][0], contact=value["contacts"][0], metadata={})
    )


def test_a_whatsapp_text_says_who_wrote_what_and_when():
    said = read_whatsapp("text", {"body": "Where is my cot?\nIt was due Monday."})
    assert said.text == said.reply_text == "Where is my cot?\nIt was due Monday."
    assert said.subject == "Where is my cot?"
    assert said.author == Handle("whatsapp", "+16505551234", "Kerry Fisher")
    assert said.conversation == "16505551234"
    assert said.date == datetime.fromtimestamp(1796000000, UTC)
    assert (said.message_id, said.in_reply_to, said.is_private) == ("wamid.1", (), True)


@pytest.mark.parametrize(
    ("kind", "part", "text", "files"),
    [
        ("image", {"id": "M1", "mime_type": "image/jpeg", "sha256": "x", "caption": "broken"},
         "broken", (RemoteFile("M1", "photo", "image/jpeg"),)),
        ("audio", {"id": "M2", "mime_type": "audio/ogg; codecs=opus", "voice": True},
         "", (RemoteFile("M2", "voice", "audio/ogg"),)),
        ("video", {"id": "M3", "mime_type": "video/mp4"}, "",
         (RemoteFile("M3", "video", "video/mp4"),)),
        ("document", {"id": "M4", "mime_type": "application/pdf", "filename": "bill.pdf"}, "",
         (RemoteFile("M4", "bill.pdf", "application/pdf"),)),
        ("sticker", {"id": "M5", "mime_type": "image/webp", "animated": False}, "",
         (RemoteFile("M5", "sticker", "image/webp"),)),
        ("location", {"latitude": 53.55, "longitude": 9.99, "name": "Depot", "address": "Kai 3"},
         "📍 Depot\nKai 3\nhttps://www.openstreetmap.org/?mlat=53.55&mlon=9.99#map=17/53.55/9.99",
         ()),
        ("contacts", [{"name": {"formatted_name": "Omar Aziz"}, "phones": [{"phone": "+44 20"}],
                       "emails": [{"email": "o@example.org"}]}],
         "👤 Omar Aziz\n+44 20\no@example.org", ()),
        ("button", {"text": "Yes, deliver", "payload": "yes-1"}, "Yes, deliver", ()),
        ("interactive", {"type": "button_reply", "button_reply": {"id": "1", "title": "Refund"}},
         "Refund", ()),
        ("interactive", {"type": "list_reply",
                         "list_reply": {"id": "2", "title": "Tuesday", "description": "8 to 10"}},
         "Tuesday\n8 to 10", ()),
        ("interactive", {"type": "nfm_reply", "nfm_reply": {
            "name": "flow", "body": "Sent",
            "response_json": '{"flow_token": "t", "size": "L", "count": 2}'}},
         "Sent\nsize: L\ncount: 2", ()),
        ("order", {"catalog_id": "1", "text": "please", "product_items": [
            {"product_retailer_id": "SKU-1", "quantity": 2, "item_price": 30, "currency": "EUR"}]},
         "please\n2 × SKU-1 (30 EUR)", ()),
    ],
)  # fmt: skip
def test_every_kind_of_whatsapp_message_is_read(kind, part, text, files):
    said = read_whatsapp(kind, part)
    assert (said.text, said.remote_files) == (text, files)
    assert said.may_be_answered
    assert said.subject


def test_a_whatsapp_reaction_names_its_message_and_asks_nothing():
    said = read_whatsapp("reaction", {"message_id": "wamid.ours", "emoji": "👍"})
    assert (said.text, said.in_reply_to) == ("👍", ("wamid.ours",))
    assert said.is_auto_reply
    assert not said.may_be_answered


def test_a_whatsapp_answer_names_what_it_answers():
    said = read_whatsapp("text", {"body": "this one"}, context={"from": "1", "id": "wamid.ours"})
    assert said.in_reply_to == ("wamid.ours",)


def test_what_whatsapp_does_not_hand_over_is_said_and_not_dropped():
    errors = [{"code": 131051, "title": "Message type unknown",
               "error_data": {"details": "Message type is currently not supported."}}]  # fmt: skip
    said = read_whatsapp("unsupported", {}, errors=errors)
    assert said.text == "[Message type is currently not supported.]"


def test_a_telegram_message_is_read():
    said = parse_telegram(stored(**update(5, text="Hallo", reply_to_message={"message_id": 3})))
    assert said.text == "Hallo"
    assert said.author == Handle("telegram", "777", "Vera Vogel", "https://t.me/veravogel", "de")
    assert (said.message_id, said.in_reply_to) == ("777/5", ("777/3",))
    assert said.conversation == "777"


@pytest.mark.parametrize(
    ("parts", "text", "files"),
    [
        ({"photo": [{"file_id": "S", "width": 90, "height": 90, "file_size": 1},
                    {"file_id": "L", "width": 800, "height": 800, "file_size": 9}],
          "caption": "so?"}, "so?", (RemoteFile("L", "photo.jpg", "image/jpeg", 9),)),
        ({"voice": {"file_id": "V", "duration": 3, "mime_type": "audio/ogg"}}, "",
         (RemoteFile("V", "voice.ogg", "audio/ogg"),)),
        ({"document": {"file_id": "D", "file_name": "bill.pdf", "mime_type": "application/pdf"}},
         "", (RemoteFile("D", "bill.pdf", "application/pdf"),)),
        ({"animation": {"file_id": "A", "mime_type": "video/mp4"},
          "document": {"file_id": "A", "mime_type": "video/mp4"}}, "",
         (RemoteFile("A", "document", "video/mp4"),)),
        ({"sticker": {"file_id": "T", "emoji": "😺", "is_animated": False, "is_video": False}},
         "😺", (RemoteFile("T", "sticker.webp"),)),
        ({"location": {"latitude": 1.5, "longitude": 2}}, "📍 https://www.openstreetmap.org/"
         "?mlat=1.5&mlon=2#map=17/1.5/2", ()),
        ({"contact": {"phone_number": "+49151", "first_name": "Omar"}}, "👤 Omar\n+49151", ()),
        ({"poll": {"question": "When?", "options": [{"text": "Mon"}, {"text": "Tue"}]}},
         "📊 When?\n– Mon\n– Tue", ()),
    ],
)  # fmt: skip
def test_every_kind_of_telegram_message_is_read(parts, text, files):
    said = parse_telegram(stored(**update(6, **parts)))
    assert (said.text, said.remote_files) == (text, files)


def test_an_edit_in_telegram_is_a_message_that_answers_the_edited_one():
    said = parse_telegram(
        stored(**update(5, kind="edited_message", text="Hi", edit_date=1796000500))
    )
    assert said.text == "✏️ Hi"
    assert (said.message_id, said.in_reply_to) == ("777/5/1796000500", ("777/5",))
    assert said.is_auto_reply  # it reopens nothing


def test_a_pressed_button_in_telegram_says_what_stood_on_it():
    query = {
        "id": "q1", "from": {"id": 777, "first_name": "Vera"}, "data": "again",
        "message": {"message_id": 8, "chat": {"id": 777}, "reply_markup": {
            "inline_keyboard": [[{"text": "Send again", "callback_data": "again"}]]}},
    }  # fmt: skip
    said = parse_telegram(stored(update_id=1, callback_query=query))
    assert (said.text, said.in_reply_to) == ("Send again", ("777/8",))


def test_messages_of_messenger_and_instagram_are_read():
    attachment = {"type": "image", "payload": {"url": "https://cdn.example/1.jpg"}}
    said = parse_messenger(stored(
        event=event(message={"mid": "m_1", "text": "Look", "attachments": [attachment],
                             "reply_to": {"mid": "m_0"}}),
        profile={"name": "Paula Perez"},
    ))  # fmt: skip
    assert said.author == Handle("messenger", "7001", "Paula Perez")
    assert (said.text, said.message_id, said.in_reply_to) == ("Look", "m_1", ("m_0",))
    assert said.remote_files == (RemoteFile("https://cdn.example/1.jpg", "photo.jpg"),)
    assert said.date == datetime.fromtimestamp(1796000000, UTC)
    story = {"mid": "m_2", "text": "wow", "reply_to": {"story": {"url": "https://cdn.example/s"}}}
    said = parse_instagram(stored(event=event(message=story), profile={"username": "paulap"}))
    assert said.text == "> https://cdn.example/s\nwow"
    assert said.author.url == "https://instagram.com/paulap"
    said = parse_messenger(stored(event=event(postback={"title": "Start", "payload": "GO"})))
    assert said.text == "Start"


def test_a_text_message_with_a_picture_is_read():
    said = parse_sms(stored(**sms(
        "see this", NumMedia="2", MediaUrl0="https://api.twilio.com/m/0",
        MediaContentType0="image/jpeg", MediaUrl1="http://unencrypted.example/1",
        MediaContentType1="image/png",
    )))  # fmt: skip
    assert said.author == Handle("phone", "+4915112345678")
    assert said.remote_files == (RemoteFile("https://api.twilio.com/m/0", "file-1", "image/jpeg"),)


@pytest.mark.parametrize("word", ["STOP", "stop ", "Unsubscribe"])
def test_stop_is_for_the_carrier_and_not_to_be_answered(word):
    said = parse_sms(stored(**sms(word)))
    assert said.is_auto_reply
    assert not said.may_be_answered


def test_a_message_of_an_own_channel_is_read():
    said = parse_custom(json.dumps({
        "type": "message", "id": "m-1", "conversation": "c-1", "text": "Hello",
        "author": {"id": "42", "name": "Nia", "language": "cy"}, "sent_at": "2026-11-30T10:00:00Z",
        "attachments": [{"filename": "a.txt", "content": "aGk="},
                        {"url": "https://shop.example/b.png", "filename": "b.png"}],
    }).encode())  # fmt: skip
    assert said.author == Handle("custom", "42", "Nia", language="cy")
    assert [(file.filename, file.content) for file in said.attachments] == [("a.txt", b"hi")]
    assert said.remote_files == (RemoteFile("https://shop.example/b.png", "b.png"),)
    assert said.date == datetime(2026, 11, 30, 10, tzinfo=UTC)


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b"\xff", b'{"message": []}', b"[" * 100_000])
def test_what_is_no_message_is_said_to_be_none(parser, raw):
    with pytest.raises(UnreadableMessage):
        parser(raw)


_NAMES = (
    "message", "from", "id", "type", "text", "body", "event", "sender", "photo", "chat", "author",
    "conversation", "attachments", "From", "MessageSid", "Body", "NumMedia", "interactive",
)  # fmt: skip
_values = st.sampled_from(
    [None, True, 0, -1, 1e300, "", "7", "text", "a\0b\ud800c", [], ["x"], {}, {"id": "7"}]
)
_objects = st.dictionaries(
    st.sampled_from(_NAMES),
    _values | st.dictionaries(st.sampled_from(_NAMES), _values, max_size=4), max_size=5,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(["message", "event", "update_id", "type", "id", "author"]),
                       _objects | _values, max_size=4))  # fmt: skip
def test_parsers_read_anything_or_say_that_they_cannot(values):
    raw = json.dumps(values).encode()
    for parser in PARSERS:
        try:
            said = parser(raw)
        except UnreadableMessage:
            continue
        assert "\0" not in said.text + said.subject + said.author.name
        said.text.encode()  # no lone surrogates


def test_the_subject_is_the_first_line_cut_at_a_word():
    assert subject_of("\n  Where is it?\nplease") == "Where is it?"
    assert subject_of("word " * 40) == "word " * 14 + "word…"
