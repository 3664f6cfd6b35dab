"""bin/bench [--json] [NAME…]: measure, and print a table with its conditions."""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.table import Table

from benchmarks import (
    api,
    automations_tick,
    chat,
    live,
    mail,
    memory,
    million,
    pages,
    rehearse,
    routing,
    sla_tick,
    suggestions,
    triggers_500,
    views_live,
)
from benchmarks.house import House, running_house, settle
from benchmarks.result import Result

BENCHMARKS: dict[str, Callable[[House], Iterator[Result]]] = {
    "memory": memory.memory,  # first: at rest, before anything was done
    "mail_smtp": mail.mail_smtp,
    "mail_import": mail.mail_import,
    "page_list": pages.page_list,
    "page_ticket": pages.page_ticket,
    "page_search": pages.page_search,
    "suggestions": suggestions.suggestions,
    "api_list": api.api_list,
    "api_create": api.api_create,
    "live_update": live.live_update,
    "live_burst": views_live.live_burst,
    "live_idle": views_live.live_idle,
    "chat": chat.chat,
    "routing": routing.routing,
    "triggers_500": triggers_500.triggers_500,
    "rehearse": rehearse.rehearse,
    "sla_tick": sla_tick.sla_tick,  # leaves 100,000 tickets
    "automations_tick": automations_tick.automations_tick,  # it leaves 100,000 tickets
    "million": million.million,  # last: it leaves a million
}


LONG = {"million"}  # only when named: many minutes, and ten gigabytes


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    given = parser.parse_args()
    unknown = set(given.names) - set(BENCHMARKS)
    if unknown:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    names = [name for name in BENCHMARKS if name in (given.names or BENCHMARKS.keys() - LONG)]
    results = []
    # A thousand visitors come from one address here.
    with running_house(CHAT_CONNECTIONS_PER_ADDRESS="5000") as house:
        for name in names:
            settle()
            for result in BENCHMARKS[name](house):
                results.append(result)
                if given.json:
                    print(
                        json.dumps({"name": result.name, "n": result.n, **result.figures()}),
                        flush=True,
                    )
    if not given.json:
        _print_table(results)


def _print_table(results: list[Result]) -> None:
    table = Table(
        title=f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    for heading in (
        "name",
        "n",
        "p50 ms",
        "p95 ms",
        "per second",
        "MB",
        "% of a core",
        "conditions",
    ):
        table.add_column(heading, justify="left" if heading in ("name", "conditions") else "right")
    for result in results:
        figures = (result.p50_ms, result.p95_ms, result.per_second, result.mb,
                   result.core_percent)  # fmt: skip
        table.add_row(
            result.name, f"{result.n:,}",
            *("" if figure is None else f"{figure:,.1f}" for figure in figures),
            result.conditions,
        )  # fmt: skip
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
