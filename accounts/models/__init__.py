from accounts.models.device import Device
from accounts.models.group import Group, Membership
from accounts.models.history import PeopleEvent, PeopleEventKind, PersonMerge
from accounts.models.organization import Organization, Sharing
from accounts.models.person_field import FieldOwner, PersonField, PersonFieldType
from accounts.models.token import ApiToken
from accounts.models.user import Identity, IdentityKind, User

__all__ = [
    "ApiToken",
    "FieldOwner",
    "Device",
    "Group",
    "Identity",
    "IdentityKind",
    "Membership",
    "Organization",
    "PeopleEvent",
    "PeopleEventKind",
    "PersonField",
    "PersonFieldType",
    "PersonMerge",
    "Sharing",
    "User",
]
