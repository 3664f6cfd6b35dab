"""What Twilio is told to do with a call (twilio.com/docs/voice/twiml). Pure."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
NOTHING = f"{HEAD}<Response/>"
SILENCE_SECONDS = 6  # ends a message


def take_voicemail(
    *, greeting: str, language: str, longest: int, url: str, transcribes: bool
) -> str:
    """Say the greeting, beep, record. `url` is our webhook, which is told of both ends."""
    attributes = {
        "action": f"{url}?stage=voicemail", "method": "POST", "maxLength": str(longest),
        "timeout": str(SILENCE_SECONDS), "playBeep": "true", "trim": "trim-silence",
    }  # fmt: skip
    if transcribes:
        attributes |= {"transcribe": "true", "transcribeCallback": f"{url}?stage=transcription"}
    record = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    return f"{HEAD}<Response>{_say(greeting, language)}<Record{record}/></Response>"


def say_goodbye(*, words: str, language: str) -> str:
    return f"{HEAD}<Response>{_say(words, language)}<Hangup/></Response>"


def _say(words: str, language: str) -> str:
    return f"<Say language={quoteattr(language)}>{escape(words)}</Say>" if words.strip() else ""
