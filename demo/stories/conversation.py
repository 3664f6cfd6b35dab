"""Turn a scenario into the messages of one ticket, in the manner of its channel."""

from __future__ import annotations

from html import escape
from random import Random

from demo.people import AGENT_BY_KEY, Customer
from demo.stories.model import Message, noted, said
from demo.stories.scenario import Case, Scenario
from demo.stories.voices import AGENT_FAREWELLS, AGENT_GREETINGS, THANKS, VOICES, Voice

SHORT_CHANNELS = ("chat", "whatsapp", "telegram")
PUBLIC_CHANNELS = ("x", "facebook")
# Median minutes until an agent answers, by channel.
_PACE = {
    "email": 62,
    "web": 55,
    "api": 60,
    "phone": 34,
    "x": 26,
    "facebook": 32,
    "whatsapp": 12,
    "telegram": 12,
    "chat": 1.6,
}


def subject_on(channel: str, subject: str, first: str) -> str:
    """The subject as the channel makes it: a chat has a prefix, a post is its own subject."""
    if channel == "chat":
        return f"Chat: {subject[0].lower()}{subject[1:]}"
    if channel == "whatsapp":
        return f"WhatsApp: {subject}"
    if channel == "telegram":
        return f"Telegram: {subject}"
    if channel == "facebook":
        return f"Facebook: {subject}"
    if channel == "x":
        return first if len(first) <= 70 else first[:70].rsplit(" ", 1)[0] + " …"
    if channel == "phone":
        return f"Voicemail {first.split('(')[1].split(')')[0]}: {subject}"
    return subject


class Talk:
    """One conversation between a customer and an agent."""

    def __init__(
        self,
        rng: Random,
        scenario: Scenario,
        case: Case,
        customer: Customer,
        agent: str | None,
        channel: str,
        slots: dict[str, str],
    ) -> None:
        self.rng = rng
        self.scenario = scenario
        self.case = case
        self.customer = customer
        self.agent = agent
        self.channel = channel
        self.slots = slots
        self.language = scenario.language

    def messages(self, status: str, number: int) -> tuple[Message, ...]:
        """All messages up to the given status."""
        scenario, case, rng = self.scenario, self.case, self.rng
        made = self._first(number)
        if status == "new" or (status == "open" and rng.random() < 0.35):
            return tuple(made)
        if scenario.notes and rng.random() < 0.3:
            made.append(noted(self._agent, self._wait(0.5), self._pick(scenario.notes)))
        asked = rng.random() < (0.4 if status == "open" else 0.22)
        if status == "pending":
            made.append(self._answer(case.question, number))
        elif status == "hold":
            made.append(self._answer(self._pick(scenario.waits), number))
        elif status == "open":
            made.append(self._answer(case.question if asked else case.answer, number))
            made.append(self._again(case.reply if asked else case.complaint, made[-1].body))
        else:
            if asked:
                made.append(self._answer(case.question, number))
                made.append(self._again(case.reply, made[-1].body))
            made.append(self._answer(case.answer, number))
            if rng.random() < 0.45:
                made.append(said(self.customer.key, self._pause(), self._pick(self._thanks())))
        return tuple(made)

    @property
    def _agent(self) -> str:
        return self.agent or "bob"

    @property
    def _voice(self) -> Voice:
        voices = VOICES[self.language]
        return voices[sum(map(ord, self.customer.key)) % len(voices)]

    def _thanks(self) -> tuple[str, ...]:
        return THANKS[self.language]

    def _names(self) -> dict[str, str]:
        name = self.customer.name
        first = name.split()[0] if name.isascii() or self._is_latin(name) else name
        agent = AGENT_BY_KEY[self._agent].name.split()[0]
        return {"name": name, "first": first, "agent": agent}

    @staticmethod
    def _is_latin(name: str) -> bool:
        return all(ord(letter) < 0x250 or letter == "’" for letter in name)

    def _fill(self, text: str) -> str:
        return text.format(**self.slots)

    def _pick(self, choices: tuple[str, ...]) -> str:
        return self._fill(self.rng.choice(choices))

    def _wait(self, factor: float = 1) -> float:
        """Minutes until the agent acts: most soon, a few much later."""
        return round(max(0.5, _PACE[self.channel] * factor * self.rng.lognormvariate(0, 0.75)), 1)

    def _pause(self) -> float:
        """Minutes until the customer writes again."""
        if self.channel == "chat":
            return round(self.rng.uniform(0.3, 3), 1)
        return round(min(1500.0, 70 * self.rng.lognormvariate(0, 1.1)), 1)

    def _first(self, number: int) -> list[Message]:
        rng, scenario = self.rng, self.scenario
        opening, request = self._fill(self.case.opening), self._fill(self.case.request)
        detail = self._pick(scenario.details)
        key = self.customer.key
        if self.channel in SHORT_CHANNELS:
            start = opening[0].upper() + opening[1:] if rng.random() < 0.4 else opening
            return [said(key, 0, start), said(key, 0.6, f"{detail} {request}")]
        if self.channel == "x":
            return [said(key, 0, f"@brightcart {opening} {request}")]
        if self.channel == "facebook":
            return [said(key, 0, f"{opening} {detail} {request}")]
        if self.channel == "phone":
            length = f"0:{rng.randint(21, 58)}"
            text = f'Voicemail transcript ({length}):\n\n"Hello, {self.customer.name} speaking. '
            return [said(key, 0, f'{text}{opening} {detail} {request} Bye."')]
        if self.channel == "api":
            return [said(key, 0, f"Sent from the BrightCart app.\n\n{opening} {detail} {request}")]
        body = self._letter(opening, detail, request)
        files = scenario.files if rng.random() < 0.6 else ()
        html = _as_html(body) if self.channel == "email" and number % 9 == 0 else None
        return [said(key, 0, body, *files, html=html)]

    def _letter(self, opening: str, detail: str, request: str) -> str:
        voice = self._voice
        if voice.greeting in ("", "hi"):
            opening = opening[0].lower() + opening[1:] if voice.greeting else opening
        elif self.language in ("en", "it", "nl", "es", "pl", "pt", "fr"):
            opening = opening[0].upper() + opening[1:]
        shapes = (
            f"{opening} {detail}\n\n{request}",
            f"{opening} {detail} {request}",
            f"{opening}\n\n{detail} {request}",
        )
        farewell = voice.farewell.format(**self._names())
        parts = (voice.greeting, self.rng.choice(shapes), farewell)
        return "\n\n".join(part for part in parts if part)

    def _answer(self, template: str, number: int) -> Message:
        text = self._fill(template)
        upper = text[0].upper() + text[1:]
        if self.channel in SHORT_CHANNELS:
            return said(self._agent, self._wait(), upper)
        if self.channel in PUBLIC_CHANNELS:
            initials = "".join(word[0] for word in AGENT_BY_KEY[self._agent].name.split())
            return said(self._agent, self._wait(), f"{upper} ^{initials}")
        names = self._names()
        greeting = self.rng.choice(AGENT_GREETINGS[self.language]).format(**names)
        farewell = self.rng.choice(AGENT_FAREWELLS[self.language]).format(**names)
        if self.language not in ("de", "fr", "it", "nl"):
            text = upper
        body = f"{greeting}\n\n{text}\n\n{farewell}"
        return said(
            self._agent, self._wait(), body, html=_as_html(body) if number % 7 == 0 else None
        )

    def _again(self, template: str, before: str) -> Message:
        body = self._fill(template)
        if self.channel == "email" and self.rng.random() < 0.4:
            quoted = "\n".join(f"> {line}".rstrip() for line in before.splitlines())
            body = f"{body}\n\n> BrightCart <support@example.com> wrote:\n{quoted}"
        return said(self.customer.key, self._pause() * 2, body)


def _as_html(body: str) -> str:
    paragraphs = [escape(part, quote=False).replace("\n", "<br>") for part in body.split("\n\n")]
    return "".join(f"<p>{part}</p>" for part in paragraphs)
