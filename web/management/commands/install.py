from typing import Any

from django.core.management.base import BaseCommand

from accounts.actions import create_group
from accounts.actor import system_actor
from accounts.models import Group
from channels_in.accounts import default_account
from macros.actions import install_stock_automations, install_stock_triggers
from tickets.actions import install_stock_views


class Command(BaseCommand):
    help = "Makes what a new help desk needs: group, views, rules, support address. Repeatable."

    def handle(self, *args: Any, **options: Any) -> None:
        actor = system_actor("Installation")
        if not Group.objects.exists():
            create_group(actor=actor, name="Support")
        install_stock_views(actor=actor)
        install_stock_triggers(actor=actor)
        install_stock_automations(actor=actor)
        account = default_account()
        if options["verbosity"]:
            self.stdout.write(
                f"Ready to receive mail for {account.address}. "
                "Make the first administrator with: bin/manage create_admin EMAIL NAME"
            )
