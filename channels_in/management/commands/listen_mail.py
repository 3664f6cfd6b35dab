import asyncio
import contextlib
import signal
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from channels_in.email.listener import serve


class Command(BaseCommand):
    help = "Listens for mail by SMTP and LMTP until it is stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--smtp", default=settings.SMTP_LISTEN, help="host:port, empty for none"
        )
        parser.add_argument(
            "--lmtp", default=settings.LMTP_LISTEN, help="host:port, empty for none"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            asyncio.run(_serve_until_stopped(options["smtp"], options["lmtp"]))
        except OSError as error:
            sys.exit(f"The mail listener cannot start: {error.strerror or error}")


async def _serve_until_stopped(smtp: str, lmtp: str) -> None:
    serving = asyncio.ensure_future(serve(smtp=smtp, lmtp=lmtp))
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, serving.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await serving
