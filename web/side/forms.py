"""What the forms of side conversations say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils.translation import gettext as _

from channels_in.accounts import own_addresses, split_tag
from tickets.errors import InvalidChange
from web.agent.numbers import as_ids
from web.composer.bodies import written_in


@dataclass(frozen=True, slots=True)
class Written:
    """Somebody in the line "To"."""

    address: str
    name: str = ""


def draft_in(form: QueryDict) -> dict[str, Any]:
    """The parts of a SideDraft. Raises InvalidChange for what is no address, or is too long."""
    uploads = tuple(as_ids(form.getlist("upload")))
    written = written_in(form, uploads)
    return {
        "body": written.body,
        "html": written.html,
        "to": addresses_in(typed_in(form)),
        "upload_ids": uploads,
        "inline": written.inline,
    }


def addresses_in(texts: Sequence[str]) -> dict[str, str]:
    """Addresses in lower case, each once, with no names. Raises InvalidChange."""
    found: dict[str, str] = {}
    own = own_addresses()
    for text in texts:
        address = text.strip().lower()
        try:
            validate_email(address)
        except ValidationError as error:
            words = _("“%(text)s” is not an e-mail address.") % {"text": address[:100]}
            raise InvalidChange("to", words) from error
        if split_tag(address)[0] in own:
            words = _("%(text)s is our own address: its mail would come back to us.")
            raise InvalidChange("to", words % {"text": address})
        found[address] = ""
    return found


def written_people(form: QueryDict) -> list[Written]:
    """The line "To" of a form that was refused, as it was."""
    return [Written(text.strip()) for text in dict.fromkeys(typed_in(form))]


def reopens_in(form: QueryDict) -> bool:
    """The box for it; a form that has it says "note" beside, for the box that is not ticked."""
    return form.get("on_reply", "reopen") == "reopen"


def typed_in(form: QueryDict) -> list[str]:
    """Whom the form goes to, as it was typed."""
    typed = form.get("to_typed", "").replace(";", ",").split(",")
    return [text for text in (*form.getlist("to"), *typed) if text.strip()]
