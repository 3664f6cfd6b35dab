"""Named errors of this app; each message is a sentence that may be shown to people."""


class ReportError(Exception):
    """Base of the errors below."""


class InvalidSpan(ReportError):
    """A span of time that no report can be made of."""
