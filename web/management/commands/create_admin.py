import getpass
import os
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandParser

from accounts.actions import add_to_group, create_user
from accounts.actor import system_actor
from accounts.errors import AccountError
from accounts.models import Group
from accounts.roles import Role


class Command(BaseCommand):
    help = "Makes an administrator. Asks for the password, or takes it from ADMIN_PASSWORD."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        password = os.environ.get("ADMIN_PASSWORD") or getpass.getpass("Password: ")
        actor = system_actor("Installation")
        try:
            validate_password(password)
            user = create_user(
                actor=actor, name=options["name"], email=options["email"], role=Role.ADMIN,
                password=password, is_verified=True,
            )  # fmt: skip
        except (AccountError, ValidationError) as error:
            sys.exit(" ".join(error.messages) if isinstance(error, ValidationError) else str(error))
        for group in Group.objects.filter(is_active=True):
            add_to_group(actor=actor, user=user, group=group)
        self.stdout.write(f"{user.email} can sign in.")
