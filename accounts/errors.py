"""Named errors of this app; each message is a sentence that may be shown to people."""


class AccountError(Exception):
    """Base of the errors below."""


class NotPermitted(AccountError):
    """The actor may not do this."""

    def __init__(self, message: str = "You are not permitted to do this.") -> None:
        super().__init__(message)


class AddressTaken(AccountError):
    """The address belongs to another person."""


class UnknownOrganization(AccountError):
    """There is no such customer company."""

    def __init__(self, organization_id: int) -> None:
        super().__init__(f"There is no organization {organization_id}.")


class InvalidPerson(AccountError):
    """A property of a person or an organization that cannot be; `field` names it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class MergeRefused(AccountError):
    """Two people who cannot be made one, or one who cannot be made two again."""


class UnverifiedAddress(MergeRefused):
    """A merge would hand somebody's history to an address that nothing proves."""


class DeviceGone(AccountError):
    """There is no such browser signed in, or it is somebody else's."""

    def __init__(self) -> None:
        super().__init__("This browser is signed out already.")
