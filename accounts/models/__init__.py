from accounts.models.group import Group, Membership
from accounts.models.organization import Organization
from accounts.models.token import ApiToken
from accounts.models.user import Identity, IdentityKind, User

__all__ = [
    "ApiToken",
    "Group",
    "Identity",
    "IdentityKind",
    "Membership",
    "Organization",
    "User",
]
