"""In whose name a message speaks: its sender's, or somebody's whose words the sender hands in."""

from __future__ import annotations

from dataclasses import dataclass

from channels_in.messages import IncomingMessage


@dataclass(frozen=True, slots=True)
class Introduction:
    """A message as its real author wrote it.

    `forwarder` is the address of the colleague who handed it in, empty for everybody who speaks for
    themselves, and `note` what they wrote above it. `flags` say what people should know.
    """

    message: IncomingMessage
    forwarder: str = ""
    note: str = ""
    flags: tuple[str, ...] = ()
