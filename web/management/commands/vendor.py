from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from web.vendoring import PACKAGES, vendor


class Command(BaseCommand):
    help = "Renew static/vendor/ from a folder with unpacked npm packages: " + ", ".join(
        package.name for package in PACKAGES
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            entries = vendor(options["folder"], settings.BASE_DIR / "static" / "vendor")
        except FileNotFoundError as error:
            raise CommandError(f"{error.filename} is missing. Unpack the package there.") from error
        for entry in entries:
            self.stdout.write(f"{entry['name']} {entry['version']}  {entry['file']}")
