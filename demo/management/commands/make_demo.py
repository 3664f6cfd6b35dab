import sys
from typing import Any

from django.core.management.base import BaseCommand

from core import clock
from demo.loading import is_empty, load_demo


class Command(BaseCommand):
    help = "Fills an empty help desk with the demo: a made-up shop's month of some 400 tickets."

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_empty():
            sys.exit("There are people in this help desk already; the demo needs an empty one.")
        load_demo(clock.now().replace(second=0, microsecond=0))
        if options["verbosity"]:
            self.stdout.write("The demo is ready.")
