"""What must be done before the processes start: migrate, collect files, fill an empty house.

Run by `bin/up` as a process of its own, so that `bin/up` itself need not keep Django in memory.
"""

from __future__ import annotations

import sys


def main() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0, clear=False)
    from accounts.models import User
    from core.garbage import keep_what_is_loaded

    if User.objects.exists():
        return
    keep_what_is_loaded()
    if "--demo" in sys.argv:
        print("Making the demo data (once, some seconds) …", flush=True)
        call_command("make_demo", verbosity=0)
    else:
        call_command("install", verbosity=0)


if __name__ == "__main__":
    main()
