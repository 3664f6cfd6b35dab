from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actions import create_api_token
from accounts.actor import system_actor
from accounts.models import User


class Command(BaseCommand):
    help = "Make an API token for a person and print it once, with an example of its use."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address of the person the token acts for")
        parser.add_argument("--name", default="command line", help="what the token is for")

    def handle(self, *, email: str, name: str, **options: Any) -> None:
        address = email.strip().lower()
        user = User.objects.filter(email=address, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active person with the address {address}.")
        actor = system_actor("api_token")
        _, secret = create_api_token(actor=actor, user=user, name=name[:100])
        self.stdout.write(
            f"{secret}\n\n"
            "This is shown once; only its fingerprint is kept. Try it:\n\n"
            f"  curl -H 'Authorization: Bearer {secret}' {settings.SITE_URL}/api/v2/users/me.json\n"
            f"  curl -u '{address}/token:{secret}' {settings.SITE_URL}/api/v2/tickets.json"
        )
