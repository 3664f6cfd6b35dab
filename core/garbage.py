"""The garbage collector: what is loaded when a process begins to work stays until it ends."""

from __future__ import annotations

import gc

_OBJECTS = 50_000  # made and not yet let go, before the collector looks: a page makes thousands


def keep_what_is_loaded() -> None:
    """Have the collector look through what comes from now on, not through all modules as well.

    A look through everything takes a tenth of a second, in which no request is answered and no
    message passed on. Before forks it also keeps their memory shared.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS, 20, 20)
