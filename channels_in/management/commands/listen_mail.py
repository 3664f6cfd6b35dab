import asyncio
import contextlib
import signal
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from channels_in.email.listener import serve
from channels_in.email.mailboxes.fetcher import Fetcher


class Command(BaseCommand):
    help = "Takes mail by SMTP and LMTP, and fetches it from other servers, until it is stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--smtp", default=settings.SMTP_LISTEN, help="host:port, empty for none"
        )
        parser.add_argument(
            "--lmtp", default=settings.LMTP_LISTEN, help="host:port, empty for none"
        )

        parser.add_argument(
            "--no-fetch", action="store_true", help="leave other servers to `fetch_mail`"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        fetcher = Fetcher()
        if not options["no_fetch"]:
            fetcher.start()
        try:
            asyncio.run(_serve_until_stopped(options["smtp"], options["lmtp"]))
        except OSError as error:
            sys.exit(f"The mail listener cannot start: {error.strerror or error}")
        finally:
            fetcher.stop()


async def _serve_until_stopped(smtp: str, lmtp: str) -> None:
    serving = asyncio.ensure_future(serve(smtp=smtp, lmtp=lmtp))
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, serving.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await serving
