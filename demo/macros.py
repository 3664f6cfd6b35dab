"""Ready-made macros of the demo, and on which of its tickets agents used them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.actor import Actor, actor_for
from accounts.models import Group, User
from demo.stories.model import Story
from macros.actions import ContentDraft, MacroDraft, create_macro, save_content
from macros.models import Macro

Effects = list[dict[str, Any]]


@dataclass(frozen=True)
class PlannedMacro:
    """`tags`: on tickets with one of them the answering agent used it. `group` None: everyone's."""

    title: str
    effects: tuple[tuple[str, Any], ...]
    tags: frozenset[str] = frozenset()
    group: str | None = None
    owner: str | None = None
    description: str = ""


def _text(words: str, mode: str = "append") -> tuple[str, Any]:
    return "comment_value", {"mode": mode, "text": words}


HELLO = "Hello {{ticket.requester.first_name}},\n\n"

MACROS = (
    PlannedMacro(
        "Shipping::Where is my parcel",
        (_text(HELLO + "thank you for your message. Your parcel is on its way: the carrier updates "
               "the tracking page each evening, and most parcels arrive within two working days of "
               "the last scan.\n\nIf it has not moved by then, answer this mail and I will start a "
               "search with the carrier at once."),
         ("status", "pending"), ("current_tags", ["tracking"])),
        frozenset({"tracking", "shipping-time"}),
        description="The tracking page still moves; the customer only wants to know.",
    ),
    PlannedMacro(
        "Shipping::Search with the carrier",
        (_text(HELLO + "your parcel has not been scanned for several days, so I have asked the "
               "carrier to search for it. That takes up to five working days. If it does not turn "
               "up we send the goods again or return your money, as you prefer."),
         ("status", "hold"), ("priority", "high"), ("current_tags", ["carrier-search"])),
        frozenset({"customs", "express"}),
    ),
    PlannedMacro(
        "Shipping::Change the address",
        (_text(HELLO + "I can change the address until the parcel leaves our warehouse. Please "
               "send me the whole new address with a telephone number for the driver."),
         ("status", "pending")),
        frozenset({"address-change"}), group="Delivery",
    ),
    PlannedMacro(
        "Returns::How to send it back",
        (_text(HELLO + "of course you can send it back within 30 days. Put it into its box, stick "
               "the attached label on it and hand it in at any parcel shop. We return the money "
               "within three days of its arrival."),
         ("status", "pending"), ("current_tags", ["returns"])),
        frozenset({"returns", "exchange"}),
    ),
    PlannedMacro(
        "Returns::Ask for photos of the damage",
        (_text(HELLO + "I am sorry that it arrived like this. Please send me two photos, one of "
               "the damage and one of the whole box with its label: then I can send you a new one "
               "without waiting for the old one."),
         ("status", "pending"), ("current_tags", ["damage"])),
        frozenset({"damage", "warranty", "missing-part"}),
    ),
    PlannedMacro(
        "Billing::Copy of the invoice",
        (_text(HELLO + "here is a copy of your invoice. You also find all of them under “My "
               "orders” in your account."),
         ("status", "solved")),
        frozenset({"invoice", "vat"}),
    ),
    PlannedMacro(
        "Billing::Refund is on its way",
        (_text(HELLO + "your refund was sent today. Banks take three to five working days, credit "
               "cards sometimes until the next statement."),
         ("status", "solved"), ("current_tags", ["refund"])),
        frozenset({"refund", "double-charge"}), group="Billing",
    ),
    PlannedMacro(
        "Account::Reset the password",
        (_text(HELLO + "please use “Forgotten your password?” on the sign-in page: the link that "
               "you get is good for one day. Look into the spam folder too. If it still does not "
               "arrive, tell me which address you signed up with."),
         ("status", "pending")),
        frozenset({"login", "password", "account"}),
    ),
    PlannedMacro(
        "Account::Delete my data",
        (_text(HELLO + "I have passed your wish on to our privacy desk. Within 30 days all that "
               "the law does not oblige us to keep is gone, and you get a confirmation."),
         ("current_tags", ["gdpr"]), ("type", "task")),
        frozenset({"gdpr", "privacy"}),
    ),
    PlannedMacro(
        "Technical::Ask for version and screenshot",
        (_text(HELLO + "to find the cause I need three things: the version of the app (Settings, "
               "About), the model of your device, and a screenshot of the message.\n\n"
               "{{dc.closing}}"),
         ("status", "pending")),
        frozenset({"technical", "app", "wifi"}),
    ),
    PlannedMacro(
        "Technical::Known outage",
        (_text(HELLO + "this is an outage on our side and we are working on it. You need not do "
               "anything; I will write as soon as it is over."),
         ("type", "incident"), ("status", "hold"), ("current_tags", ["outage"])),
        frozenset({"outage"}),
    ),
    PlannedMacro(
        "Pass on to Products, with a note",
        (_text("@Products: please have a look, the customer describes it in the first message."),
         ("comment_mode_is_public", False), ("status", "open")),
        frozenset({"quality", "safety", "assembly"}),
    ),
    PlannedMacro(
        "Kind regards from Alice",
        (_text("Kind regards from Paris,\n{{current_user.first_name}}"),),
        frozenset({"billing"}), owner="alice",
    ),
)  # fmt: skip

CLOSING = {
    "en": "Thank you for your patience.",
    "de": "Vielen Dank für Ihre Geduld.",
    "fr": "Merci de votre patience.",
    "es": "Gracias por su paciencia.",
}


def make_macros(users: Mapping[str, User], groups: Mapping[str, Group]) -> list[Macro]:
    """The head of customer care writes the shared ones, others their own; in the order above."""
    lead = actor_for(users["lead"])
    texts = ContentDraft("Closing words", "closing", "en", CLOSING)
    save_content(actor=lead, draft=texts)
    made = []
    for planned in MACROS:
        effects: Effects = [{"field": name, "value": value} for name, value in planned.effects]
        scope = "personal" if planned.owner else "group" if planned.group else "everyone"
        draft = MacroDraft(
            title=planned.title, effects=effects, scope=scope, description=planned.description,
            group_id=groups[planned.group].pk if planned.group else None,
        )  # fmt: skip
        actor = actor_for(users[planned.owner]) if planned.owner else lead
        made.append(create_macro(actor=actor, draft=draft))
    return made


def having_used(actor: Actor, story: Story, macros: list[Macro]) -> Actor:
    """The actor with the macro that fits the story, as the audit names it. Only its words count:
    what a story's ticket looks like is told by the story.
    """
    tags = set(story.tags)
    for planned, macro in zip(MACROS, macros, strict=False):
        usable = (macro.owner_id in (None, actor.user_id)) and (
            macro.group_id is None or macro.group_id in actor.group_ids
        )
        if usable and story.language == "en" and tags & planned.tags:
            used = {"id": macro.pk, "title": macro.title, "revision": macro.revision, "fields": []}
            return actor.on(actor.channel, macros=[used])
    return actor
