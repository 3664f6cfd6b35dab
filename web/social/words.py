"""Triage in words: what each reason is called, and how reach is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from channels_in.models import StreamPost

_REASONS = {
    "bait": gettext_lazy("giveaway or offer"),
    "many_names": gettext_lazy("names many accounts"),
    "link": gettext_lazy("leads elsewhere"),
    "bait_signs": gettext_lazy("looks like an advertisement"),
    "insult": gettext_lazy("insult"),
    "quarrel": gettext_lazy("quarrel"),
    "quoting": gettext_lazy("shows our post to others"),
    "wrong": gettext_lazy("something went wrong"),
    "anger": gettext_lazy("complaint"),
    "not_good": gettext_lazy("not good"),
    "trouble": gettext_lazy("something does not work"),
    "irony": gettext_lazy("irony"),
    "signs": gettext_lazy("emoji"),
    "danger": gettext_lazy("danger"),
    "urgent": gettext_lazy("urgent"),
    "down": gettext_lazy("out of service"),
    "many": gettext_lazy("concerns many"),
    "asks": gettext_lazy("asks"),
    "wishes": gettext_lazy("wants something"),
    "question_mark": gettext_lazy("a question"),
    "business": gettext_lazy("about an order or account"),
    "number": gettext_lazy("names a number"),
    "praise": gettext_lazy("praise"),
    "thanks": gettext_lazy("thanks"),
    "at_peace": gettext_lazy("nothing is wrong"),
    "solved": gettext_lazy("solved"),
    "to_others": gettext_lazy("speaks to others"),
    "answers_us": gettext_lazy("answers us"),
    "private": gettext_lazy("direct message"),
    "reach": gettext_lazy("seen by many"),
    "plain": gettext_lazy("nothing in particular"),
    "rule_own_ticket": gettext_lazy("goes on with their ticket"),
    "rule_always": gettext_lazy("your rule: always a ticket"),
    "rule_never": gettext_lazy("your rule: leave alone"),
    "rule_kind": gettext_lazy("your rule for this kind"),
}


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One reason: what it is called, and the words of the post it rests on."""

    label: str
    words: str


def reasons_of(post: StreamPost) -> list[ReasonLine]:
    """The reasons of a post, those of one name together, at most four words each."""
    quoted: dict[str, list[str]] = {}
    for reason in post.reasons:
        words = quoted.setdefault(_label(reason), [])
        if reason.get("words") and reason["words"] not in words:
            words.append(reason["words"])
    return [ReasonLine(label, " · ".join(words[:4])) for label, words in quoted.items()]


def _label(reason: dict[str, Any]) -> str:
    code = str(reason.get("code", ""))
    return str(_REASONS.get(code, code))


def reach_of(followers: int | None) -> str:
    """“12.4k followers”; empty where the network does not say."""
    if followers is None:
        return ""
    if followers < 1000:
        return _("%(n)s followers") % {"n": number_format(followers)}
    if followers < 1_000_000:
        return _("%(n)sk followers") % {
            "n": number_format(followers / 1000, 1 if followers < 100_000 else 0)
        }
    return _("%(n)sM followers") % {"n": number_format(followers / 1_000_000, 1)}
