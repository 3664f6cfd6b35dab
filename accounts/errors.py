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
