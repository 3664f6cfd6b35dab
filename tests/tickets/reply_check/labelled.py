"""The labelled replies, and how well the rules do on them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from tickets.reply_check import Person, Reply, check

EXAMPLES = Path(__file__).parent / "examples"
REQUESTER = "Carla Jiménez <carla@northwind.example>"
AGENT = Person("Alice Moreau", "alice@brightcart.example", is_inside=True)


@dataclass(frozen=True)
class Labelled:
    reply: Reply
    expected: frozenset[str]


@dataclass
class Figures:
    """Counted by code: found rightly, found wrongly, missed."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        found = self.right + len(self.wrong)
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        there = self.right + len(self.missed)
        return self.right / there if there else 1.0


def labelled(folder: str) -> list[Labelled]:
    """The examples of "known" or "unseen"."""
    files = sorted((EXAMPLES / folder).glob("*.toml"))
    rows = [row for file in files for row in tomllib.loads(file.read_text())["reply"]]
    return [Labelled(_reply(row), frozenset(row.get("expect", ()))) for row in rows]


def figures(examples: Iterable[Labelled]) -> dict[str, Figures]:
    """By code; the sum stands under "all"."""
    by_code: dict[str, Figures] = {"all": Figures()}
    for example in examples:
        found = {finding.code for finding in check(example.reply)}
        for code in found | example.expected:
            for counted in (by_code.setdefault(code, Figures()), by_code["all"]):
                if code in found and code in example.expected:
                    counted.right += 1
                elif code in found:
                    counted.wrong.append(f"{code}: {example.reply.text}")
                else:
                    counted.missed.append(f"{code}: {example.reply.text}")
    return by_code


def table(by_code: dict[str, Figures]) -> Iterator[str]:
    for code, counted in sorted(by_code.items(), key=lambda pair: (pair[0] == "all", pair[0])):
        there = counted.right + len(counted.missed)
        yield f"{code:22} {there:4} {counted.precision:9.2f} {counted.recall:6.2f}"


def _reply(row: dict[str, Any]) -> Reply:
    inside = frozenset(row.get("inside", ()))
    requester = _person(row.get("to", REQUESTER), inside)
    return Reply(
        text=row["text"],
        is_public=not row.get("note", False),
        has_files=row.get("files", False),
        requester=requester,
        author=requester,
        agent=AGENT,
        ccs=_people(row.get("cc", ()), inside),
        ccs_before=_people(row.get("before", ()), inside),
        named=_people(row.get("named", ()), inside),
        kept_from=_people(row.get("kept_from", ()), inside),
        customer_message=row.get("customer", ""),
        length_limit=row.get("limit"),
        channel=row.get("channel", "E-mail"),
        internal_hosts=("wiki.brightcart.example",),
        workspace_url="https://desk.brightcart.example",
        own_accounts=("NL91 ABNA 0417 1643 00",),
    )


def _people(texts: Iterable[str], inside: frozenset[str]) -> tuple[Person, ...]:
    return tuple(_person(text, inside) for text in texts)


def _person(text: str, inside: frozenset[str]) -> Person:
    name, address = parseaddr(text)
    if "," in text:  # "SMITH, Andrew <…>": no quotes in our files
        name, _, rest = text.partition("<")
        name, address = name.strip(), rest.rstrip(">")
    return Person(name, address, is_inside=address in inside)
