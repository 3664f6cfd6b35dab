"""Who is chosen, by tables."""

from __future__ import annotations

from macros.routing.choosing import choose, note_served
from macros.routing.kinds import Kind, kind_of
from macros.routing.team import Seat, Team

LIMITS = {Kind.EMAILS: 20, Kind.CHATS: 3, Kind.CALLS: 1}


def seat(number: int, name: str, *, used: int = 0, most: int = 20, **rest: object) -> Seat:
    limits = {**LIMITS, Kind.EMAILS: most}
    taken = {Kind.EMAILS: used, Kind.CHATS: 0, Kind.CALLS: 0}
    return Seat(number, name, **{"state": "online", "limits": limits, "used": taken, **rest})


def team(mode: str, *seats: Seat) -> Team:
    return Team(1, "Support", mode, 10, list(seats))


def test_round_robin_takes_who_was_served_longest_ago():
    made = team("round_robin", seat(1, "Alice", used=4, turn=3), seat(2, "Bob", turn=7))
    choice = choose(made, Kind.EMAILS, {})
    assert choice.seat is made.seats[0]
    assert choice.why == "Alice: 4 of 20, last served longest ago"


def test_who_was_never_served_comes_first():
    made = team("round_robin", seat(1, "Alice", turn=3), seat(2, "Bob"))
    assert choose(made, Kind.EMAILS, {}).why == "Bob: 0 of 20, not served yet"


def test_the_load_is_a_share_of_the_capacity():
    made = team("least_loaded", seat(1, "Alice", used=4), seat(2, "Bob", used=2, most=4))
    assert choose(made, Kind.EMAILS, {}).why == "Alice: 4 of 20, the least of 2 free"


def test_equal_loads_take_turns():
    made = team("least_loaded", seat(1, "Alice", turn=9), seat(2, "Bob", turn=8))
    assert choose(made, Kind.EMAILS, {}).seat is made.seats[1]


def test_skills_are_asked_for_in_their_mode_only():
    german = {5: "German"}
    alice, bob = seat(1, "Alice"), seat(2, "Bob", used=9, skills=frozenset({5}))
    choice = choose(team("skills", alice, bob), Kind.EMAILS, german)
    assert choice.why == "Bob: has the skill German; 9 of 20, the only one free"
    assert choose(team("least_loaded", alice, bob), Kind.EMAILS, german).seat is alice


def test_nobody_is_chosen_for_a_reason():
    assert choose(team("skills", seat(1, "A", state="away")), Kind.EMAILS, {}).why == (
        "Nobody in Support is online."
    )
    assert choose(team("skills", seat(1, "A")), Kind.EMAILS, {5: "German"}).why == (
        "Nobody online in Support has the skill German."
    )
    assert choose(team("round_robin", seat(1, "A", used=20)), Kind.EMAILS, {}).why == (
        "Everybody online in Support has all the e-mails they can."
    )


def test_a_full_inbox_leaves_room_for_a_call():
    made = team("round_robin", seat(1, "Alice", used=20))
    assert choose(made, Kind.CALLS, {}).seat is made.seats[0]


def test_a_group_without_a_mode_routes_by_load_when_a_trigger_asks():
    made = team("off", seat(1, "Alice", used=3), seat(2, "Bob", used=1))
    assert choose(made, Kind.EMAILS, {}).seat is made.seats[1]


def test_turns_go_round():
    made = team("round_robin", seat(1, "Alice"), seat(2, "Bob"), seat(3, "Cleo"))
    names = []
    for _ in range(6):
        chosen = choose(made, Kind.EMAILS, {}).seat
        assert chosen
        note_served(made, chosen, Kind.EMAILS)
        names.append(chosen.name)
    assert names == ["Alice", "Bob", "Cleo"] * 2


def test_channels_cost_e_mails_chats_or_calls():
    kinds = {channel: kind_of(channel) for channel in ("email", "web", "x", "whatsapp", "phone")}
    assert kinds == {
        "email": Kind.EMAILS, "web": Kind.EMAILS, "x": Kind.EMAILS, "whatsapp": Kind.CHATS,
        "phone": Kind.CALLS,
    }  # fmt: skip
