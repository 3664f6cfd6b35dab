"""A ticket told in minutes, for pages about SLA policies."""

from tests.macros.sla.conftest import _nothing_kept, desk, office_hours  # noqa: F401  fixtures
