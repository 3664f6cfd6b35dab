"""A message of Messenger or Instagram: one entry of `messaging` as a webhook carried it. Pure.

Both networks have the same shape (Meta, "Messenger Platform webhooks: messages, postbacks,
reactions"), with people known by an id that only our page or profile knows them by.
"""

from __future__ import annotations

from channels_in.adapters import UnreadableMessage
from channels_in.messages import Handle, IncomingMessage, RemoteFile
from channels_in.payloads import Payload, payload_of, place_text, subject_of

_NAMES = {"image": "photo.jpg", "video": "video.mp4", "audio": "voice.mp4", "file": "file"}
_SHARED = ("share", "ig_reel", "reel", "ig_post", "story_mention", "template", "fallback")


def parse_entry(raw: bytes, *, kind: str) -> IncomingMessage:
    """`kind`: "messenger" or "instagram". Raises UnreadableMessage."""
    stored = payload_of(raw)
    event, profile = stored.of("event"), stored.of("profile")
    said, postback, reaction = event.of("message"), event.of("postback"), event.of("reaction")
    is_echo = said.values.get("is_echo") is True
    person = event.of("recipient" if is_echo else "sender").text("id")
    if not person:
        raise UnreadableMessage("This message names nobody.")
    text = _text(said, postback, reaction)
    is_taken_back = said.values.get("is_deleted") is True
    taken_back = said.text("mid") if is_taken_back else ""
    answers = said.of("reply_to").text("mid") or reaction.text("mid") or taken_back
    is_silent = bool(reaction) or is_taken_back
    handle = _handle(kind, person, profile)
    return IncomingMessage(
        subject=subject_of(text) or _kind_word(said),
        text=text, reply_text=text,
        date=event.moment("timestamp", per_second=1000),
        remote_files=_files(said),
        message_id=message_id_of(event)[:255],
        in_reply_to=(answers,) if answers else (),
        is_auto_reply=is_silent, auto_reply_reason="reaction or withdrawal" if is_silent else "",
        may_be_answered=not is_silent,
        author=None if is_echo else handle,
        said_to=handle if is_echo else None, sent_by=said.text("metadata")[:100],
        conversation=person, is_private=True,
    )  # fmt: skip


def _handle(kind: str, person: str, profile: Payload) -> Handle:
    username = profile.text("username")
    url = f"https://instagram.com/{username}" if kind == "instagram" and username else ""
    return Handle(kind=kind, value=person, name=profile.text("name")[:200], url=url)


def message_id_of(event: Payload) -> str:
    """The network's id of an event, or one made of what it says where it has none."""
    said, reaction = event.of("message"), event.of("reaction")
    if said.text("mid"):
        return said.text("mid") + ("/deleted" if said.values.get("is_deleted") is True else "")
    if reaction:
        parts = (reaction.text("mid"), reaction.text("action"), event.text("timestamp"))
        return "reaction:" + ":".join(parts)
    postback = event.of("postback")
    return postback.text("mid") or f"postback:{event.text('timestamp')}"


def _text(said: Payload, postback: Payload, reaction: Payload) -> str:
    if reaction:
        return reaction.text("emoji") or reaction.text("reaction")
    if postback:
        return postback.text("title") or postback.text("payload")
    lines = [said.text("text").strip()]
    story = said.of("reply_to").of("story")
    if story.text("url"):
        lines.insert(0, f"> {story.text('url')}")
    for part in said.each("attachments"):
        kind, what = part.text("type"), part.of("payload")
        if kind == "location":
            spot = what.of("coordinates")
            lines.append(place_text(spot.text("lat"), spot.text("long"), part.text("title")))
        elif kind in _SHARED:
            title = part.text("title") or what.text("title")
            url = what.text("url") or part.text("url")
            lines += [line for line in (title, url) if line and line not in lines]
    if said.values.get("is_unsupported") is True:
        lines.append("[A message of a kind that the network does not hand over.]")
    if said.values.get("is_deleted") is True:
        lines.append("[The message was taken back by its writer.]")
    return "\n".join(line for line in lines if line)


def _files(said: Payload) -> tuple[RemoteFile, ...]:
    """Pictures and the like lie at addresses of Meta's content network for a while."""
    return tuple(
        RemoteFile(reference=url, filename=_NAMES[part.text("type")])
        for part in said.each("attachments")
        if part.text("type") in _NAMES
        and (url := part.of("payload").text("url")[:2000]).startswith("https://")
    )


def _kind_word(said: Payload) -> str:
    kind = said.first("attachments").text("type")
    return {"image": "Photo", "audio": "Voice message"}.get(
        kind, kind.replace("_", " ").capitalize()
    )
