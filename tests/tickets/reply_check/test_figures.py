"""How well the rules do: on labelled replies, and on replies that somebody else wrote."""

from __future__ import annotations

import sys
import time

import pytest

from demo.people import AGENT_BY_KEY, CUSTOMER_BY_KEY
from demo.stories import STORIES
from tests.architecture.source import ROOT
from tests.tickets.reply_check.labelled import EXAMPLES, figures, labelled, table
from tickets.reply_check import ALL_CODES, Person, Reply, check

PRECISION, RECALL = 0.9, 0.85


@pytest.mark.parametrize("folder", ["known", "unseen"])
def test_every_rule_is_right_nine_times_in_ten(folder, capsys):
    counted = figures(labelled(folder))
    with capsys.disabled():
        head = f"{folder:22} n    precision recall"
        sys.stdout.write("\n".join(["", head, *table(counted), ""]))
    for found in counted.values():
        assert found.precision >= PRECISION, found.wrong
        assert found.recall >= RECALL, found.missed


def test_the_set_is_large_mixed_and_mostly_innocent():
    examples = [*labelled("known"), *labelled("unseen")]
    innocent = [example for example in examples if not example.expected]
    assert len(examples) >= 250
    assert len(innocent) >= 0.45 * len(examples)
    assert {code for example in examples for code in example.expected} == ALL_CODES
    assert {path.parent.name for path in EXAMPLES.glob("*/*.toml")} == {"known", "unseen"}


def demo_replies() -> list[Reply]:
    """Every public reply of the demo, in twenty languages, written without a thought of rules."""
    replies = []
    for story in STORIES:
        said, customer = "", CUSTOMER_BY_KEY[story.requester]
        for message in story.messages:
            agent = AGENT_BY_KEY.get(message.author)
            if agent is None:
                said = message.body
            elif message.kind == "public":
                replies.append(
                    Reply(
                        text=message.body, has_files=bool(message.attachments),
                        requester=Person(customer.name), author=Person(customer.name),
                        agent=Person(agent.name), customer_message=said,
                        workspace_url="https://desk.example.com",
                    )
                )  # fmt: skip
    return replies


def test_good_replies_pass_in_silence():
    replies = demo_replies()
    spoken = [(finding.code, reply.text) for reply in replies for finding in check(reply)]
    assert len(replies) > 200
    assert len(spoken) <= len(replies) // 100, spoken


def test_no_text_takes_long():
    hostile = [
        "Hello " * 9000, "A" * 50_000, "[" * 20_000, "<a " * 16_000, "1 " * 25_000, "x." * 25_000,
        "password " * 5_000, "ANGRY WORDS " * 4_000, "you should have " * 3_000, "?" * 50_000,
        "DE89 " * 10_000, "http://" * 7_000, "_" * 50_000, "please find " * 4_000,
    ]  # fmt: skip
    for text in hostile:
        begun = time.process_time()
        check(Reply(text=text, requester=Person("Carla"), customer_message=text + "?"))
        assert time.process_time() - begun < 2, text[:20]


def test_the_figures_of_the_docs_are_those_of_today():
    text = " ".join((ROOT / "docs/reply-check.md").read_text().split())
    counts = {folder: len(labelled(folder)) for folder in ("known", "unseen")}
    assert f"{counts['known']} replies" in text
    assert f"{counts['unseen']} replies" in text
    assert [code for code in sorted(ALL_CODES) if f"`{code}`" not in text] == []
