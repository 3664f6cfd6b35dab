from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from channels_in.email.importing import Tally, count_messages, import_paths


class Command(BaseCommand):
    help = "Imports mail from files, Maildir and mbox; what is there already is left out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--workers", type=int, default=0, help="processes; default: one a core")

    def handle(self, *args: Any, **options: Any) -> None:
        missing = [path for path in options["paths"] if not path.exists()]
        if missing:
            sys.exit(f"There is no such file or folder: {', '.join(map(str, missing))}")
        total = count_messages(options["paths"])
        columns = (
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            TimeRemainingColumn(),
        )  # fmt: skip
        with Progress(*columns, console=Console(stderr=True), auto_refresh=False) as progress:
            bar = progress.add_task("Importing", total=total)

            def show(done: int) -> None:
                progress.advance(bar, done)
                progress.refresh()

            tally = import_paths(options["paths"], workers=options["workers"], on_progress=show)
        self.stdout.write(_summary(tally))


def _summary(tally: Tally) -> str:
    fates = ", ".join(f"{count} {fate}" for fate, count in sorted(tally.fates.items()))
    rate = tally.messages / tally.seconds if tally.seconds else 0
    return (
        f"{tally.messages} messages in {tally.seconds:.1f} s ({rate:.0f}/s): {fates or 'nothing'}; "
        f"{tally.known} were there already."
    )
