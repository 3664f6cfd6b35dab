"""What scripts say by themselves, in the reader's language: `static/js/words.js` reads it.

Words that belong to one element stand in its data attributes; these are of elements that are made
by scripts, or have no place of their own in a template. `{n}` is filled in by the script.
"""

from __future__ import annotations

from django.utils.translation import gettext as _


def script_words() -> dict[str, str]:
    return {
        "now": _("now"),
        "seconds": _("{n} s"),
        "minutes": _("{n} min"),
        "hours": _("{n} h"),
        "hours-minutes": _("{n} h {m} min"),
        "days": _("{n} d"),
        "late": _("{span} late"),
        "left": _("{span} left"),
        "undo": _("Undo"),
        "offline": _("Not connected. Trying again …"),
        "signed-out": _("You are signed out. Reload the page to sign in again."),
        "no-connection-stop": _("No connection: it could not be undone."),
        "not-stopped": _("It could not be undone. Reload the page to see why."),
        "no-macro": _("No macro fits. Escape keeps what you typed."),
        "macros-not-loaded": _("The macros could not be loaded. Close this and try again."),
        "macro-not-applied": _("The macro could not be applied. Try again."),
        "macro-no-connection": _("No connection: the macro was not applied."),
        "macro-text-stays": _(
            "Its text stays: it was edited since, or other text stood there before."
        ),
        "file-going-up": _("Uploading {name}"),
        "file-no-connection": _("{name}: no connection, attach it again"),
        "file-refused": _("{name} was not accepted ({status})"),
        "remove": _("Remove {name}"),
        "remove-cc": _("Remove {address} from CC"),
        "no-address": _("“{text}” is not an e-mail address."),
        "most-ccs": _("At most {n} people can be in CC."),
        "leaves-in": _("Leaves in {n} s"),
        "leaving": _("Leaving …"),
        "new-ticket": _("{n} new ticket in this view"),
        "new-tickets": _("{n} new tickets in this view"),
        "not-saved": _("It could not be saved. Try again in a moment."),
    }
