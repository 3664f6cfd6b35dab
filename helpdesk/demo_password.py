"""The password of the demo's invented people, shown on the sign-in page in demo mode."""

DEMO_PASSWORD = "demo-help-desk"  # noqa: S105  no secret
