"""What is done with a page of a real browser, whatever it shows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Literal

import axe_core_python
from django.db import connection
from playwright.sync_api import Page, Route

AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OF_COLOURS = [
    "color-contrast",
    "link-in-text-block",
]  # all that a dark page can have and a light not
SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
# A round of full looks, and of looks at the colours where the full ones were in the other light.
ROUND: list[tuple[str, Literal["light", "dark"], list[str]]] = [
    ("desk", "light", RULES),
    ("desk", "dark", OF_COLOURS),
    ("phone", "dark", RULES),
    ("phone", "light", OF_COLOURS),
]
IS_TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
# Only the sentences leave the page: the whole report is large, and slow to read in Python.
LOOK_OVER = """async rules => {
    const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
    return found.violations
        .filter(rule => ["serious", "critical"].includes(rule.impact))
        .flatMap(rule => rule.nodes.map(node => (
            `${location}: ${rule.id} ${node.html.slice(0, 120)} ${node.failureSummary}`
        )));
}"""

# What comes after the page's `load`: elements of single pages, and the editor.
ALL_IS_THERE = """() => {
    const late = [...document.querySelectorAll(":not(:defined)")].map(each => each.localName);
    const editors = [...document.querySelectorAll("rich-text")].map(each => each.ready);
    const missed = reject => setTimeout(() => reject(new Error(`Not there: ${late}`)), 30_000);
    return Promise.race([
        Promise.all([...late.map(name => customElements.whenDefined(name)), ...editors])
            .then(() => true),
        new Promise((_, reject) => missed(reject)),
    ]);
}"""

SAID_BY_FOCUS = """() => {
    const at = document.activeElement;
    const labels = [...(at.labels ?? [])].map(label => label.innerText);
    const isControl = at.matches("a, button, summary, [role=option]");
    const text = at.matches("input, select, textarea") ? at.value : isControl ? at.innerText : "";
    const said = [at.getAttribute("aria-label"), at.title, ...labels, text];
    return said.join(" ").replace(/\\s+/g, " ");
}"""


class Held:
    """Requests of a page that wait until they are let through."""

    def __init__(self, page: Page, pattern: str) -> None:
        self.waiting: list[Route] = []
        self.is_open = False
        page.route(pattern, lambda route: self.met(route))

    def met(self, route: Route) -> None:
        if self.is_open:
            route.continue_()
        else:
            self.waiting.append(route)

    def let_through(self) -> None:
        self.is_open = True
        while self.waiting:
            self.waiting.pop().continue_()


def apart(question: Callable[[], Any]) -> Any:
    """A query or a change, outside the thread of Playwright's event loop."""

    def work() -> Any:
        try:
            return question()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def wait_until_usable(page: Page) -> None:
    """Until the page can do all that it can: a test is quicker than people are."""
    page.evaluate(ALL_IS_THERE)


def serious_findings(page: Page, rules: Sequence[str] = RULES) -> list[str]:
    """What axe finds on the page as it is."""
    if page.evaluate("!window.axe"):
        page.evaluate(AXE)
    return page.evaluate(LOOK_OVER, rules)


def findings(page: Page, *, sizes: Collection[str] = SIZES) -> list[str]:
    """What axe finds by day and by night, on a desk and on a phone, and what is wider than these.

    Colours change at once, without a transition. The page keeps the size that it had; what has the
    focus, and lists of completions, only where it stands visible in all `sizes`.
    """
    size = page.viewport_size or SIZES["desk"]
    found = []
    for name, scheme, rules in ROUND:
        if name not in sizes:
            continue
        page.set_viewport_size(SIZES[name])
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{name}, {scheme}: {each}" for each in serious_findings(page, rules)]
        if page.evaluate(IS_TOO_WIDE):
            found.append(f"{name}, {scheme}: {page.url} is wider than the window")
    page.set_viewport_size(size)
    return found


def watched(open_page: Callable[..., Page], url: str) -> tuple[Page, list[str]]:
    """A page under its own policy that notes dialogs, and requests to anywhere else."""
    page = open_page(under_policy=True)
    noted: list[str] = []
    page.on("dialog", lambda dialog: (noted.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: None if url in request.url else noted.append(request.url))
    return page, noted


def tab_to(page: Page, words: str, *, key: str = "Tab") -> None:
    """Press Tab, or another key, until what has the focus says this or is called so."""
    for _ in range(90):
        page.keyboard.press(key)
        if words in page.evaluate(SAID_BY_FOCUS):
            return
    raise AssertionError(f"{key} does not lead to {words!r}")
