"""Whose trouble it is: the whole account's, or that of the one thing that was to be said."""

from __future__ import annotations

from channels_in.networks.network import (
    Client,
    NetworkError,
    RateLimited,
    TokenExpired,
    Unreachable,
)


def trouble_of_all(client: Client, error: NetworkError) -> NetworkError | None:
    """Whether nothing can leave by this account, or only one thing could not.

    A network that cannot be reached does not answer the simplest question either; one that does has
    trouble with that one thing: a file it cannot read, a conversation it has lost.
    """
    if not isinstance(error, Unreachable):
        return error
    try:
        client.who_am_i()
    except (RateLimited, TokenExpired, Unreachable) as trouble:
        return trouble
    except NetworkError:
        return None  # it answered
    return None
