"""Elements with very many attributes are found wherever they are hidden, and nothing else is."""

from __future__ import annotations

import pytest

from core.html import strip_tags, to_text
from core.html_bounds import has_crowded_element, is_too_much

NAMES = [f"a{number:x}" for number in range(300)]
MANY = " ".join(NAMES)

CROWDED = {
    "plain": f"<p {MANY}>x",
    "with values": "<p " + " ".join(f"{name}=1" for name in NAMES) + ">x",
    "without spaces": "<p " + "".join(f'{name}="1"' for name in NAMES) + ">x",
    "with slashes": "<p/" + "/".join(NAMES) + ">x",
    "brackets in values": "<p " + " ".join(f'{name}="<>"' for name in NAMES) + ">x",
    "after a bracket in a value": f'<p q=">" {MANY}>x',
    "of a closing tag": f"</p {MANY}>x",
    "never closed": f"<p {MANY}",
    "after an open quote in a style": f"<style><p a='</style><q {MANY}>x",
    "after an open comment": f'<!-- <p a="--><q {MANY}>x',
    "spaces around the sign": "<p " + " ".join(f"{name} = '1'" for name in NAMES) + ">x",
}

USUAL = {
    "text": "a < b and c > d " * 100,
    "many elements": '<p class="a" style="color:red" dir=ltr>x</p>' * 10_000,
    "long values": f'<img alt="{MANY}" src="data:image/png;base64,{"A" * 500_000}">',
    "words": f"<p>{MANY}</p>" * 100,
    "comparisons in a script": f"<script>if (a<b && c>d) x('{MANY}')</script>",
}


@pytest.mark.parametrize("name", CROWDED)
def test_an_element_of_very_many_attributes_is_found(name):
    assert has_crowded_element(CROWDED[name])


@pytest.mark.parametrize("name", USUAL)
def test_other_html_is_not_taken_for_one(name):
    assert not has_crowded_element(USUAL[name])


def test_tags_in_tags_in_tags_are_given_up_on():
    assert is_too_much("<a<a" * 25_000)


def test_the_text_of_crowded_html_is_kept():
    assert to_text(f"<p {MANY}>Hello</p><div>again</div>") == "Hello\n\nagain"


def test_a_plain_scan_breaks_lines_and_hides_what_is_never_shown():
    html = "<head><title>x</title></head><p>One<br>two</p><script>no()</script><td>a<td>b<style>c"
    assert strip_tags(html) == "One\ntwo\n a b c".replace("\n ", "\n")
    assert strip_tags("1 <script") == "1 script"
