"""Now and then: tell routing who is connected and who has been gone."""

from __future__ import annotations

from macros.actions import note_presence
from web.live import connected

PAUSE = 120  # seconds between two looks that are still one watch; the sweep comes every 30


def follow_presence() -> None:
    """Hand on who is connected. While that is not known nobody comes or goes."""
    watched = connected.watched_for(PAUSE)
    people = connected.connected()
    if people is not None:
        note_presence(connected=people, is_certain=watched > connected.TTL)
