"""The steps of adding a webhook."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

STEPS = (("new", _("Address")), ("secret", _("Signing secret")), ("test", _("Test call")))


def steps(current: str) -> list[dict[str, Any]]:
    """Done, current or still to come. None leads back: what was made is changed under Settings."""
    at = [name for name, _label in STEPS].index(current)
    return [
        {"number": number + 1, "label": label, "is_done": number < at, "is_current": number == at}
        for number, (_name, label) in enumerate(STEPS)
    ]
