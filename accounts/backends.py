from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest

from accounts.addresses import canonical
from accounts.models import Identity, IdentityKind, User

_NOBODYS_PASSWORD = make_password("nobody has this password")


def _owner(email: str) -> User | None:
    """Whose first address it is, else whose proven one: merging changes nobody's way in."""
    address = canonical(email)
    user = User.objects.filter(email=address).first()
    if user is not None:
        return user
    proven = Identity.objects.filter(
        kind=IdentityKind.EMAIL, value=address, verified_at__isnull=False
    )
    identity = proven.select_related("user").first()
    return identity.user if identity else None


class EmailBackend(BaseBackend):
    """Sign-in with e-mail address and password; as slow for an unknown address (attack 37)."""

    def authenticate(
        self, request: HttpRequest | None, email: str = "", password: str = "", **_: object
    ) -> User | None:
        user = _owner(email)
        known = user is not None and user.has_usable_password()
        encoded = user.password if user is not None and known else _NOBODYS_PASSWORD
        matches = check_password(password, encoded)
        return user if known and matches and user is not None and user.may_sign_in else None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.welcome().filter(pk=user_id).first()
