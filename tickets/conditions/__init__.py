"""One condition grammar with two back ends: `matches` in memory, `as_q` for lists.

`{"all": [{"field", "operator", "value"}], "any": […]}`: every one of `all`, and at least one of
`any` when there are any; in place of a condition may stand a group of the same shape
(domain-standards.md §3). A property-based test holds that both back ends agree.
"""

from tickets.conditions.as_q import as_q
from tickets.conditions.grammar import Condition, Conditions, InvalidCondition, as_kept, parse
from tickets.conditions.matches import first_unmet, holds, matches
from tickets.conditions.registry import Purpose
from tickets.conditions.situation import Situation

__all__ = [
    "Condition",
    "Conditions",
    "InvalidCondition",
    "Purpose",
    "Situation",
    "as_kept",
    "as_q",
    "first_unmet",
    "holds",
    "matches",
    "parse",
]
