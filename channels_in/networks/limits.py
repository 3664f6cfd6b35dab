"""What a channel carries, by the limits that the servers of our accounts set for themselves."""

from __future__ import annotations

from dataclasses import replace

from channels_in.adapters import Capabilities, adapter_for
from channels_in.models import Connection
from core.kept import Kept

LENGTH = "length"  # in Connection.settings, as the server said (`Profile.learned`)


def _lengths() -> dict[str, int]:
    rows = Connection.objects.filter(account__is_active=True, settings__has_key=LENGTH)
    found: dict[str, int] = {}
    for channel, typed in rows.values_list("account__channel", f"settings__{LENGTH}"):
        if str(typed).isdecimal() and int(typed) > 0:
            found[channel] = min(int(typed), found.get(channel, int(typed)))
    return found


kept_lengths = Kept(_lengths)


def capabilities_of(channel: str) -> Capabilities:
    """The channel's, with the shortest limit of the servers that its accounts live on.

    Raises KeyError for a channel that does not exist.
    """
    capabilities = adapter_for(channel).capabilities
    if not capabilities.has_servers_limit:
        return capabilities
    limit = kept_lengths().get(channel, capabilities.length_limit)
    return replace(capabilities, length_limit=limit)
