"""`manage.py parse_mail [--json] FILE…`: show how mails are understood; nothing is stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from channels_in.email.describe import describe_file, summarize, write_json


class Command(BaseCommand):
    """Parse files and print them; nothing is written to the database and nothing is sent."""

    help = "Show how raw mail files are understood. Stores and sends nothing."
    requires_system_checks: list[str] = []  # noqa: RUF012 (Django reads it from the class)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="one JSON object a file and line")

    def handle(self, *args: Any, **options: Any) -> None:
        for path in options["files"]:
            row = describe_file(path)
            self.stdout.write(write_json(row) if options["json"] else summarize(row))
