"""What is done with a page of a real browser, whatever it shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import axe_core_python
from playwright.sync_api import Page

AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
# Only the sentences leave the page: the whole report is large, and slow to read in Python.
LOOK_OVER = """async rules => {
    const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
    return found.violations
        .filter(rule => ["serious", "critical"].includes(rule.impact))
        .flatMap(rule => rule.nodes.map(node => (
            `${location}: ${rule.id} ${node.html.slice(0, 120)} ${node.failureSummary}`
        )));
}"""


def serious_findings(page: Page) -> list[str]:
    """What axe finds on the page as it is."""
    if page.evaluate("!window.axe"):
        page.evaluate(AXE)
    return page.evaluate(LOOK_OVER, RULES)


def findings_by_day_and_night(page: Page) -> list[str]:
    """What axe finds in light and in dark; colours change at once, without a transition."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{scheme}: {finding}" for finding in serious_findings(page)]
    return found


def watched(open_page: Callable[..., Page], url: str) -> tuple[Page, list[str]]:
    """A page under its own policy that notes dialogs, and requests to anywhere else."""
    page = open_page(under_policy=True)
    noted: list[str] = []
    page.on("dialog", lambda dialog: (noted.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: None if url in request.url else noted.append(request.url))
    return page, noted
