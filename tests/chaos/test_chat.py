"""A chat while web, worker and Valkey are killed: every message is there once, on both sides."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.chaos import processes
from tests.chaos.chat_people import Agent, HttpVisitor, SocketVisitor, Visitor, until_done
from tests.journeys.house import House, running, wait_for

VISITORS, BY_HTTP = 10, 3
SAYS, ANSWERS, SECONDS = 8, 5, 10
KILLED = ("web", "valkey", "worker")
MAKE_WIDGET = """
from accounts.actor import system_actor
from channels_in.actions.chat import create_widget
print(create_widget(actor=system_actor("Test"), name="Shop").account.address)
"""


@pytest.mark.circle
@pytest.mark.timeout(300)
def test_nothing_said_in_a_chat_is_lost_or_doubled_while_web_and_valkey_are_killed(tmp_path: Path):
    with running(tmp_path, "--no-demo", LOG_LEVEL="WARNING") as house:
        house.make_agent()
        key = house.manage("shell", "--verbosity=0", "-c", MAKE_WIDGET).split()[-1]
        agent = Agent(house)
        agent.sign_in("ada@example.com", "only-for-this-one-run")
        visitors = [
            (HttpVisitor if number < BY_HTTP else SocketVisitor)(house, key, f"visitor {number}")
            for number in range(VISITORS)
        ]
        chats = begin(house, agent, visitors)
        traffic = [
            threading.Thread(target=talk, args=(visitor, agent, chats[visitor.name_shown]))
            for visitor in visitors
        ]
        for thread in traffic:
            thread.start()
        kill_all(house)
        for thread in traffic:
            thread.join()
        finish(house, agent, visitors)

        assert [each.failures for each in (agent, *visitors)] == [[]] * (VISITORS + 1)
        for visitor in visitors:
            chat, ticket = chats[visitor.name_shown]
            assert visitor.heard == answers_of(visitor)
            assert agent.shown[ticket] == visitor.said
            assert in_database(house, ticket) == {
                "by the visitor": visitor.said, "by the agent": answers_of(visitor)
            }  # fmt: skip
        assert house.rows(
            "SELECT channel, state, count(*) FROM tickets_delivery GROUP BY 1, 2"
        ) == [("chat", "sent", VISITORS * ANSWERS)]
        assert house.rows("SELECT state, count(*) FROM channels_in_chat GROUP BY 1") == [
            ("active", VISITORS)
        ]
        assert processes.too_many(house) == []


def begin(house: House, agent: Agent, visitors: list[Visitor]) -> dict[str, tuple[int, int]]:
    """All at their pages, with a first word each; the chat and ticket of each, taken by Ada."""
    for number, visitor in enumerate(visitors):
        visitor.say(f"visitor {number} says 0")
        visitor.start()
    wait_for(lambda: house.value("SELECT count(*) FROM channels_in_chat") == VISITORS, 30)
    begun = house.rows(
        "SELECT split_part(c.body, ' says', 1), h.id, h.ticket_id FROM channels_in_chat h"
        " JOIN tickets_comment c ON c.ticket_id = h.ticket_id"
    )
    for _, chat, _ in begun:
        agent.insist(f"/chats/{chat}/acceptance/")
    agent.tickets = tuple(ticket for _, _, ticket in begun)
    agent.start()
    return {name: (chat, ticket) for name, chat, ticket in begun}


def talk(visitor: Visitor, agent: Agent, chat: tuple[int, int]) -> None:
    """Both sides write, at their own pace, whatever happens meanwhile."""
    rng = random.Random(visitor.name_shown)
    turns = ["says"] * (SAYS - 1) + ["answers"] * ANSWERS
    rng.shuffle(turns)
    counts = Counter({"says": 1})
    for turn in turns:
        time.sleep(rng.uniform(0, 2 * SECONDS / len(turns)))
        if turn == "says":
            visitor.say(f"{visitor.name_shown} says {counts['says']}")
        else:
            text = answers_of(visitor)[counts["answers"]]
            agent.insist(f"/chats/{chat[0]}/messages/", body=text)
        counts[turn] += 1


def answers_of(visitor: Visitor) -> list[str]:
    return [f"Answer {number} to {visitor.name_shown}" for number in range(ANSWERS)]


def kill_all(house: House) -> None:
    rng = random.Random(5)
    for target in KILLED:
        time.sleep(1)
        assert processes.kill(house, target, rng)
        until_done(house.is_up)


def finish(house: House, agent: Agent, visitors: list[Visitor]) -> None:
    """Nothing is killed any more: both sides' pages come to rest."""

    def is_quiet() -> bool:
        total = VISITORS * (SAYS + ANSWERS)
        return (
            house.value("SELECT count(*) FROM tickets_comment") == total
            and all(len(visitor.heard) == ANSWERS for visitor in visitors)
            and all(len(agent.shown.get(number, ())) == SAYS for number in agent.tickets)
        )

    wait_for(is_quiet, 60, lambda: {visitor.name_shown: visitor.heard for visitor in visitors})
    time.sleep(1)  # what would come twice comes now
    for person in (agent, *visitors):
        person.leave()


def in_database(house: House, ticket: int) -> dict[str, list[str]]:
    rows = house.rows(
        "SELECT ticket_id, body FROM tickets_comment WHERE is_public ORDER BY created_at, id"
    )
    bodies = [body for number, body in rows if number == ticket]
    return {
        "by the visitor": [body for body in bodies if " says " in body],
        "by the agent": [body for body in bodies if body.startswith("Answer")],
    }
