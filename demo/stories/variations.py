"""Fill the demo up with templated conversations: pure, and the same for the same seed.

The hand-written stories are the ones people read; these make the lists, reports and queues as
long as a real month. The statuses are dealt out so that all stories together reach `TARGETS`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import TypeVar

from demo.people import CUSTOMERS, Customer
from demo.stories import conversation
from demo.stories.model import Story
from demo.stories.scenario import PRODUCTS, Case, Scenario
from demo.stories.scenarios_account import SCENARIOS as ACCOUNT
from demo.stories.scenarios_french_spanish import SCENARIOS as FRENCH_SPANISH
from demo.stories.scenarios_german import SCENARIOS as GERMAN
from demo.stories.scenarios_money import SCENARIOS as MONEY
from demo.stories.scenarios_other_languages import SCENARIOS as OTHER_LANGUAGES
from demo.stories.scenarios_parcels import SCENARIOS as PARCELS
from demo.stories.scenarios_returns import SCENARIOS as RETURNS
from demo.stories.scenarios_things import SCENARIOS as THINGS
from demo.stories.voices import CITIES, DAYS, RATING_COMMENTS

T = TypeVar("T")

TARGETS: dict[str, int] = {
    "new": 7,
    "open": 80,
    "pending": 31,
    "hold": 8,
    "solved": 182,
    "closed": 92,
}
SHARES = {"de": 24, "fr": 16, "es": 10, "it": 8, "nl": 6, "pl": 6, "pt": 3}
SCENARIOS = (
    *PARCELS,
    *MONEY,
    *ACCOUNT,
    *RETURNS,
    *THINGS,
    *GERMAN,
    *FRENCH_SPANISH,
    *OTHER_LANGUAGES,
)

_CHANNELS = (
    *("email",) * 28,
    *("web",) * 9,
    *("chat",) * 4,
    *("phone",) * 2,
    *("api",) * 2,
    *("whatsapp",) * 2,
    *("x",) * 2,
    *("facebook",) * 2,
    "telegram",
)
_HANDLE_CHANNELS = ("x", "facebook", "whatsapp", "telegram")
# People with a voice or a part of their own, which templates would spoil.
_NOT_TEMPLATED = (
    *("carol", "fjord_legal", "northwind_ap", "bobby", "x", "dana"),
    *("dorothy", "margaret", "george", "peter", "ruth", "monique", "weber"),
)
_UNSOLVED_BY_GROUP = {
    "Support": ("bob", "bob", "priya", "admin"),
    "Delivery": ("priya", "priya", "priya", "lead"),
    "Billing": ("lead",),
    "Products": ("lead", "admin", "admin"),
}
_DONE_BY_GROUP = {
    "Support": ("bob", "bob", "priya", "alice"),
    "Delivery": ("priya", "priya", "priya", "lead"),
    "Billing": ("alice", "alice", "alice", "lead"),
    "Products": ("lead", "admin"),
}


def fill_up(stories: Iterable[Story], *, seed: int = 20261) -> tuple[Story, ...]:
    """The templated stories which, added to `stories`, reach `TARGETS`."""
    rng = Random(seed)
    taken = {_fingerprint(story) for story in stories}
    used_subjects = {story.subject for story in stories}
    statuses = _missing_statuses(Counter(story.status for story in stories))
    rng.shuffle(statuses)
    languages = [code for code, count in SHARES.items() for _ in range(count)]
    languages += ["en"] * (len(statuses) - len(languages))
    rng.shuffle(languages)
    languages = [
        "en" if status == "hold" else language
        for status, language in zip(statuses, languages, strict=True)
    ]
    desk = _Desk(rng)
    made: list[Story] = []
    for number, (status, language) in enumerate(zip(statuses, languages, strict=True), start=1):
        story = desk.write(number, status, language)
        while _fingerprint(story) in taken or story.subject in used_subjects:
            story = desk.write(number, status, language)
        taken.add(_fingerprint(story))
        used_subjects.add(story.subject)
        made.append(story)
    return tuple(made)


def _missing_statuses(present: Counter[str]) -> list[str]:
    return [
        status
        for status, target in TARGETS.items()
        for _ in range(max(0, target - present[status]))
    ]


def _fingerprint(story: Story) -> tuple[str, str]:
    return story.subject, story.messages[0].body


class _Desk:
    """Deals scenarios, alternatives and customers evenly; all chance comes from one Random."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.uses: Counter[str] = Counter()

    def write(self, number: int, status: str, language: str) -> Story:
        scenario, case = self._matter(status, language)
        channel = self._channel(scenario, status)
        customer = self._customer(language, channel)
        slots = self._slots(scenario, language)
        assignee = self._assignee(scenario, status)
        subject = self._next(case.opening, case.subjects).format(**slots)
        talk = conversation.Talk(self.rng, scenario, case, customer, assignee, channel, slots)
        messages = talk.messages(status, number)
        rating = self._rating(status)
        return Story(
            key=f"v{number:03d}-{scenario.key}",
            channel=channel,
            subject=conversation.subject_on(channel, subject, messages[0].body),
            requester=customer.key,
            messages=messages,
            group=scenario.group,
            assignee=assignee,
            status=status,
            priority=self.rng.choice(scenario.priorities),
            type=scenario.type,
            tags=scenario.tags + (("social",) if channel in ("x", "facebook") else ()),
            language=language,
            rating=rating,
            rating_comment=self.rng.choice(RATING_COMMENTS[rating]) if rating else "",
            order_number=slots["order"],
            refund_amount=slots["amount"][1:] if scenario.has_amount else None,
            product=slots["product"],
        )

    def _matter(self, status: str, language: str) -> tuple[Scenario, Case]:
        fitting = [scenario for scenario in SCENARIOS if scenario.language == language]
        if status == "hold":
            fitting = [scenario for scenario in fitting if scenario.waits]
        if status in ("open", "pending", "hold") and self.rng.random() < 0.85:
            fitting = [one for one in fitting if one.group != "Billing"]
        if status in ("open", "new"):
            fitting = [one for one in fitting if one.key != "thanks"]
        matters = [(scenario, case) for scenario in fitting for case in scenario.cases]
        return self._least_used("case", matters, lambda matter: matter[1].opening)

    def _channel(self, scenario: Scenario, status: str) -> str:
        channel = self.rng.choice(_CHANNELS)
        if scenario.language != "en" and channel in ("x", "facebook", "phone", "telegram"):
            return "email"
        if status in ("hold", "new") and channel == "chat":
            return "web"
        return channel

    def _customer(self, language: str, channel: str) -> Customer:
        people = [one for one in CUSTOMERS if one.key not in _NOT_TEMPLATED]
        same = [one for one in people if one.language.split("-")[0] == language]
        if language == "en":
            others = [one for one in people if one.language[:2] in ("ja", "ar", "sv", "el", "tr")]
            same = same + others if self.rng.random() < 0.25 else same
        if channel != "chat":
            same = [one for one in same if not one.email.endswith("@chat.example")]
        if channel in _HANDLE_CHANNELS:
            pool = same if language != "en" else people
            same = [one for one in pool if channel in dict(one.handles)] or same
        return self._least_used("customer", same, lambda customer: customer.key)

    def _least_used(self, kind: str, choices: Sequence[T], key: Callable[[T], str]) -> T:
        """One of the choices dealt least often so far."""
        fewest = min(self.uses[f"{kind}.{key(one)}"] for one in choices)
        chosen = self.rng.choice(
            [one for one in choices if self.uses[f"{kind}.{key(one)}"] == fewest]
        )
        self.uses[f"{kind}.{key(chosen)}"] += 1
        return chosen

    def _next(self, kind: str, choices: tuple[str, ...]) -> str:
        return self._least_used(kind, choices, str)

    def _slots(self, scenario: Scenario, language: str) -> dict[str, str]:
        rng = self.rng
        pounds = language == "en" and rng.random() < 0.6
        amount = f"{'£' if pounds else '€'}{rng.randint(9, 690)}.{rng.choice(('00', '50', '90'))}"
        return {
            "product": rng.choice(PRODUCTS[scenario.products]),
            "order": f"BC-2026-{rng.randint(101000, 119899)}",
            "amount": amount,
            "day": rng.choice(DAYS[language]),
            "city": rng.choice(CITIES[language]),
            "number": str(rng.randint(3, 9)),
        }

    def _assignee(self, scenario: Scenario, status: str) -> str | None:
        if status == "new":
            return None
        table = _UNSOLVED_BY_GROUP if status in ("open", "pending", "hold") else _DONE_BY_GROUP
        return self.rng.choice(table[scenario.group])

    def _rating(self, status: str) -> str | None:
        if status not in ("solved", "closed") or self.rng.random() > 0.36:
            return None
        return "good" if self.rng.random() < 0.84 else "bad"
