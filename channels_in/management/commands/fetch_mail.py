import signal
from typing import Any

from django.core.management.base import BaseCommand

from channels_in.email.mailboxes.fetcher import Fetcher


class Command(BaseCommand):
    help = "Fetches mail from mailboxes on other servers (IMAP, POP3) until it is stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        fetcher = Fetcher()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: fetcher.request_stop())
        fetcher.start()
        fetcher.wait()
        fetcher.stop()
