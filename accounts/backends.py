from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest

from accounts.models import User

_NOBODYS_PASSWORD = make_password("nobody has this password")


class EmailBackend(BaseBackend):
    """Sign-in with e-mail address and password; as slow for an unknown address (attack 37)."""

    def authenticate(
        self, request: HttpRequest | None, email: str = "", password: str = "", **_: object
    ) -> User | None:
        user = User.objects.filter(email=email.strip().lower()).first()
        known = user is not None and user.has_usable_password()
        encoded = user.password if user is not None and known else _NOBODYS_PASSWORD
        matches = check_password(password, encoded)
        return user if known and matches and user is not None and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
