"""Which macros fit a ticket: by what they say, and by what was used on tickets like it."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from accounts.actor import Actor
from core import html
from core.terms import STEM, Terms
from macros.models import Macro, MacroUse
from macros.selectors.macros import LIMIT, category_of, usable_macros
from macros.selectors.suggestions import suggested_macros
from tickets.models import Ticket

# What speaks for a macro, each at most so much: its words, its use on the like, where it is used.
_WORDS, _USED, _USUAL, _TAGS = 1.2, 1.2, 0.4, 0.5
ENOUGH = 0.3  # less than that, and silence is the better suggestion
BESIDE_THE_BEST = 0.45  # part of the best one's fit that others must have
_WORD = re.compile(r"\w{2,}")


@dataclass(frozen=True, slots=True)
class FittingMacro:
    """A macro and how much speaks for it. `uses`: on how many of the similar tickets it was."""

    macro: Macro
    category: str
    short: str
    fit: float
    uses: int


def fitting_macros(
    ticket: Ticket, actor: Actor, *, terms: Terms, similar: Mapping[int, float], limit: int = 3
) -> list[FittingMacro]:
    """The fittest first. `similar` are tickets the actor may see, with their likeness (0 to 1).

    Its words against the ticket's, its use on similar tickets and on this agent's own kind of
    tickets, and the tags it sets: three queries.
    """
    macros = list(usable_macros(actor)[:LIMIT])
    usual = {
        macro.pk: 1 - place / 6
        for place, macro in enumerate(suggested_macros(macros, ticket, actor))
    }
    used, times = _uses(macros, similar)
    found = []
    for macro in macros:
        fit = _WORDS * _shared(macro, terms) + _USED * min(1.0, used[macro.pk])
        fit += _USUAL * usual.get(macro.pk, 0.0)
        fit += _TAGS * bool(_tags(macro).intersection(ticket.tags))
        if fit >= ENOUGH:
            category, short = category_of(macro.title)
            found.append(FittingMacro(macro, category, short, fit, times[macro.pk]))
    found.sort(key=lambda each: (-each.fit, each.macro.position, each.macro.pk))
    return [each for each in found if each.fit >= BESIDE_THE_BEST * found[0].fit][:limit]


def macros_used_on(ticket_ids: Sequence[int], actor: Actor) -> dict[int, list[Macro]]:
    """Macros of submits on tickets that the actor may see, if they may use them: one query."""
    uses = MacroUse.objects.filter(ticket_id__in=list(ticket_ids), macro__in=usable_macros(actor))
    found: dict[int, dict[int, Macro]] = defaultdict(dict)
    for use in uses.select_related("macro").order_by("-id")[:100]:
        found[use.ticket_id][use.macro_id] = use.macro
    return {pk: list(macros.values()) for pk, macros in found.items()}


def _uses(
    macros: Sequence[Macro], similar: Mapping[int, float]
) -> tuple[defaultdict[int, float], defaultdict[int, int]]:
    """The summed likeness of similar tickets on which each macro was used, and their number."""
    weight: defaultdict[int, float] = defaultdict(float)
    times: defaultdict[int, int] = defaultdict(int)
    if not similar:
        return weight, times
    rows = MacroUse.objects.filter(
        ticket_id__in=list(similar), macro_id__in=[macro.pk for macro in macros]
    )
    for macro_id, ticket_id in rows.values_list("macro_id", "ticket_id").distinct():
        weight[macro_id] += similar[ticket_id]
        times[macro_id] += 1
    return weight, times


def _shared(macro: Macro, terms: Terms) -> float:
    """The part of the ticket's weight that the macro's words have; its title counts double."""
    if not terms.weight:
        return 0.0
    title, text = _stems(macro.title), _stems(_said(macro))
    share = sum(
        term.weight * (1.0 if term.stem in title else 0.5)
        for term in terms.terms
        if term.stem in title or term.stem in text
    )
    return share / terms.weight


def _said(macro: Macro) -> str:
    texts = []
    for effect in macro.effects:
        if not str(effect.get("field", "")).startswith(("comment_value", "subject")):
            continue
        value = effect.get("value")
        text = value.get("text", "") if isinstance(value, dict) else value
        texts.append(str(text or ""))
    said = "\n".join(texts)
    return html.to_text(said) if "<" in said else said


def _tags(macro: Macro) -> set[str]:
    return {
        tag
        for effect in macro.effects
        if effect.get("field") in ("set_tags", "current_tags") and isinstance(effect["value"], list)
        for tag in effect["value"]
    }


@lru_cache(maxsize=2_000)
def _stems(text: str) -> frozenset[str]:
    """The beginnings of a text's words, without accents, as core.terms has them."""
    bare = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return frozenset(word[:STEM] for word in _WORD.findall(bare))
