"""Commands at the top of an agent's mail: `#solved`, `#note`, `#assignee bob@example.com`.

They are read from every mail and obeyed only when the sender is proven to be an agent (attack 5);
then the lines are taken out of the text. Names follow Zendesk's mail API.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tickets.models import Priority, Status, TicketType

_COMMAND = re.compile(r"#([a-z]{2,12})(?:[ \t]+(\S.{0,200}))?\s*\Z")
_STATUSES = (Status.OPEN, Status.PENDING, Status.HOLD, Status.SOLVED)
_LIMIT = 20


@dataclass(slots=True)
class Commands:
    """What an agent's mail asks for besides its text. `people`: "assignee" → what was written."""

    fields: dict[str, str] = field(default_factory=dict)  # status, priority, type
    tags: list[str] = field(default_factory=list)
    assignee: str = ""
    group: str = ""
    is_internal: bool = False


def read_commands(text: str) -> tuple[Commands, str]:
    """The commands in the first lines, and the text without them.

    The first line that is no command ends them: a `#hashtag` further down is text.
    """
    commands = Commands()
    lines = text.lstrip().split("\n")
    taken = 0
    for line in lines[:_LIMIT]:
        match = _COMMAND.match(line.strip().lower())
        if not (match and _obey(commands, match[1], (match[2] or "").strip())):
            break
        taken += 1
    return commands, "\n".join(lines[taken:]).strip("\n") if taken else text


def _obey(commands: Commands, name: str, value: str) -> bool:
    """Note one command; False when there is none of that name or its value makes no sense."""
    if name in _STATUSES and not value:
        commands.fields["status"] = name
    elif name == "status" and value in _STATUSES:
        commands.fields["status"] = value
    elif name == "priority" and value in Priority.values:
        commands.fields["priority"] = value
    elif name == "type" and value in TicketType.values:
        commands.fields["type"] = value
    elif name in ("tag", "tags") and value:
        commands.tags += value.replace(",", " ").split()
    elif name in ("assignee", "assign") and value:
        commands.assignee = value
    elif name == "group" and value:
        commands.group = value
    elif name in ("note", "internal") and not value:
        commands.is_internal = True
    elif name == "public" and not value:
        commands.is_internal = False
    else:
        return False
    return True
