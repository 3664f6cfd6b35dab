from __future__ import annotations

import pytest

from core.redaction import MARK, lines_of, pattern_of, redact_html, redact_text, redact_value


def without(html: str, *texts: str) -> str:
    pattern = pattern_of(texts)
    assert pattern
    return redact_html(html, pattern)


@pytest.mark.parametrize(
    ("html", "redacted"),
    [
        ("<p>card 4111 1111 now</p>", f"<p>card {MARK} now</p>"),
        ("<p>card 4111&nbsp;\n 1111</p>", f"<p>card {MARK}</p>"),
        ("<p>4111 <b>1111</b> ok</p>", f"<p>{MARK}<b></b> ok</p>"),
        ("<p>41<i>11 11</i>11 ok</p>", f"<p>{MARK}<i></i> ok</p>"),
        ("<div>4111<br>1111</div>", f"<div>{MARK}<br></div>"),
        ("<p>4111</p><p>1111</p>", f"<p>{MARK}</p><p></p>"),
        ("4111 1111 &lt;b&gt; a", f"{MARK} &lt;b&gt; a"),
        ("<p>nothing &amp; more</p>", "<p>nothing &amp; more</p>"),
    ],
)
def test_words_go_wherever_tags_stand_between_them(html, redacted):
    assert without(html, "4111 1111") == redacted


@pytest.mark.parametrize("text", ["4111111", "4111 111", "411-11.11", "4111\n> 111"])
def test_a_number_is_found_however_its_digits_are_grouped(text):
    pattern = pattern_of(["411 1111"])
    assert pattern
    assert redact_text(f"no {text}!", pattern) == f"no {MARK}!"


def test_attributes_that_hold_the_words_go_too():
    html = (
        '<p><a href="https://x.example/?q=top%20secret">see</a><img alt="Top  SECRET" src="a"></p>'
    )
    redacted = without(html, "top secret")
    assert "secret" not in redacted.lower()
    assert "see</a>" in redacted


def test_what_is_left_is_sanitised_html():
    assert without("<p>secret <u>stays</u></p>", "secret") == f"<p>{MARK} <u>stays</u></p>"
    assert "<script" not in without("<p>secret</p>", "secret").lower()


def test_too_few_letters_are_not_looked_for():
    assert pattern_of(["a", " b c ", ""]) is None


def test_a_quoted_copy_is_known_again_by_its_lines():
    pattern = lines_of("Hi,\nmy password is hunter2 and my cat is Tom\n> old")
    assert pattern
    quoted = "Thanks!\n\n> Hi,\n> my password is hunter2\n> and my cat is Tom\n"
    assert "hunter2" not in redact_text(quoted, pattern)
    assert redact_text(quoted, pattern).startswith("Thanks!\n\n> Hi,\n>")


def test_json_is_walked_to_its_ends():
    pattern = pattern_of(["hunter2"])
    assert pattern
    value = {"a": ["x hunter2", {"HUNTER2": 1}], "n": 3, "t": True, "z": None}
    assert redact_value(value, pattern) == {
        "a": [f"x {MARK}", {MARK: 1}], "n": 3, "t": True, "z": None,
    }  # fmt: skip
