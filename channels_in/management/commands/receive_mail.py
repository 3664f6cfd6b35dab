import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import Error as DatabaseError

from channels_in.accounts import account_of_any
from channels_in.receive import RawMessage, receive

EX_DATAERR, EX_TEMPFAIL = 65, 75  # sysexits.h: what mail servers understand of a pipe


class Command(BaseCommand):
    help = "Takes one message on standard input, for a pipe from a mail server."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("recipient", nargs="*", help="the envelope's recipients")
        parser.add_argument("--sender", default="", help="the envelope's sender")

    def handle(self, *args: Any, **options: Any) -> None:
        raw = sys.stdin.buffer.read(settings.MAIL_MAX_BYTES + 1)
        if not raw:
            self.stderr.write("There was no message on standard input.")
            sys.exit(EX_DATAERR)
        if len(raw) > settings.MAIL_MAX_BYTES:
            self.stderr.write(f"The message is larger than {settings.MAIL_MAX_BYTES} bytes.")
            sys.exit(EX_DATAERR)
        envelope = {"via": "pipe", "from": options["sender"], "to": options["recipient"]}
        try:
            receive([RawMessage(account_of_any(options["recipient"]), raw, envelope)])
        except (DatabaseError, OSError) as error:
            self.stderr.write(f"The message could not be stored ({error}); try again later.")
            sys.exit(EX_TEMPFAIL)
