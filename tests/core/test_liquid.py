"""Placeholders: what they fill in, what they refuse, what they cost."""

from __future__ import annotations

import time

import pytest

from core.liquid import problems, render

VALUES = {"ticket": {"id": 42, "title": "A <b>lamp</b>", "tags": ["a", "b"]}, "name": "Carol"}


def test_values_are_filled_in():
    assert render("#{{ ticket.id }} for {{ name | upcase }}", VALUES, html=False) == "#42 for CAROL"


def test_values_are_escaped_in_html_and_the_template_is_not():
    made = render("<p>{{ ticket.title }}</p>", VALUES, html=True)
    assert made == "<p>A &lt;b&gt;lamp&lt;/b&gt;</p>"


def test_what_does_not_exist_is_nothing():
    assert render("[{{ ticket.nope }}{{ nobody.at.all }}]", VALUES, html=False) == "[]"


def test_conditions_and_loops_work():
    text = "{% for tag in ticket.tags %}{% if forloop.last %}, {% endif %}{{ tag }}{% endfor %}"
    assert render(text, VALUES, html=False) == "a, b"


@pytest.mark.parametrize("broken", ["{{ name", "{% if name %}", "{{ name | nope }}", "{% x %}"])
def test_a_broken_template_is_shown_as_it_was_written(broken):
    assert render(broken, VALUES, html=False) == broken
    assert problems(broken, known={"name"}) != []


def test_a_broken_template_cannot_become_html():
    assert render("<i>{{ name", VALUES, html=True) == "&lt;i&gt;{{ name"


def test_an_editor_is_told_what_is_unknown():
    assert (
        problems("{{ ticket.id }} {{ ticket.tags[0] }}", known={"ticket.id", "ticket.tags"}) == []
    )
    assert problems("{{ ticket.secret }}", known={"ticket.id"}) == [
        "There is no placeholder “ticket.secret”."
    ]


@pytest.mark.parametrize(
    "greedy",
    [
        "{% assign x = 'aa' %}{% for a in list %}{% assign x = x | replace: '', x %}{% endfor %}",
        "{% for a in list %}{% for b in list %}x{% endfor %}{% endfor %}",
        "{% assign x = 9 %}{% for a in list %}{% assign x = x | times: x %}{% endfor %}{{ x }}",
        "{% assign x = 'aa' %}{% for a in list %}{% assign x = x | append: x %}{% endfor %}",
        "{% if (1..1000000000) contains 'x' %}{% endif %}",
        "{% assign x = (1..1000000000) | reverse %}",
        "{{ 15 | round: -1000000000 }}",
        "{{ long | split: '' | join: long }}",
        "{{" * 9_000,
        "x" * 30_000,
    ],
)  # fmt: skip
def test_greed_is_bounded(greedy):
    began = time.monotonic()
    made = render(greedy, {"list": list(range(90)), "long": "b" * 90_000}, html=False)
    assert time.monotonic() - began < 1.5
    assert made == greedy
