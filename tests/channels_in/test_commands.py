from __future__ import annotations

from channels_in.commands import read_commands


def test_commands_at_the_top_are_taken_out_of_the_text() -> None:
    commands, text = read_commands(
        "#solved\n#priority high\n#tags refund, vip\n#assignee bob@example.com\n\nAll done."
    )

    assert text == "All done."
    assert commands.fields == {"status": "solved", "priority": "high"}
    assert commands.tags == ["refund", "vip"]
    assert commands.assignee == "bob@example.com"
    assert not commands.is_internal


def test_a_note_is_internal() -> None:
    commands, text = read_commands("#note\nHe called twice.")

    assert commands.is_internal
    assert text == "He called twice."


def test_the_first_line_that_is_no_command_ends_them() -> None:
    commands, text = read_commands("Hello\n#solved")

    assert commands.fields == {}
    assert text == "Hello\n#solved"


def test_words_that_are_no_commands_stay_text() -> None:
    text = "#awesome\n#status wonderful\n#priority\n#solved now please"

    assert read_commands(text)[1] == text
    assert read_commands(text)[0].fields == {}
