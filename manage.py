#!/usr/bin/env python3
"""Django's command line, with the embedded services started for commands that need them."""

import os
import signal
import sys

NEED_NO_SERVICES = {"help", "version", "--help", "--version", "makemessages", "compilemessages",
                    "collectstatic", "parse_mail", "vendor"}  # fmt: skip


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
    from django.conf import settings
    from django.core.management import execute_from_command_line

    if len(sys.argv) > 1 and sys.argv[1] not in NEED_NO_SERVICES:
        from helpdesk import embedded

        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the last user cleans up
        try:
            if settings.EMBEDDED_POSTGRES or settings.EMBEDDED_VALKEY:
                embedded.start(
                    settings.DATA_DIR,
                    postgres=settings.EMBEDDED_POSTGRES,
                    valkey=settings.EMBEDDED_VALKEY,
                )
        except embedded.EmbeddedServiceError as error:
            sys.exit(f"{error}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
