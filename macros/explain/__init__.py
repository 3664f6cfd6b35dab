"""Why is it so? From audits, runs and revisions to plain words; nothing here writes.

Every answer takes a bounded number of queries and of rows, however long a ticket's history is.
"""

from macros.explain.answers import Answer, Link, Submit
from macros.explain.fields import why_field, why_tag
from macros.explain.mails import why_mail
from macros.explain.places import why_place
from macros.explain.promises import why_sla
from macros.explain.rulebook import RuleRef
from macros.explain.runs import (
    OUTCOMES,
    Judged,
    RunOfRule,
    TicketRun,
    runs_of_rule,
    runs_of_ticket,
    whole_run,
)
from macros.explain.updates import why_update
from macros.explain.waiting import waiting_facts

__all__ = [
    "OUTCOMES",
    "Answer",
    "Judged",
    "Link",
    "RuleRef",
    "RunOfRule",
    "Submit",
    "TicketRun",
    "runs_of_rule",
    "runs_of_ticket",
    "waiting_facts",
    "whole_run",
    "why_field",
    "why_mail",
    "why_place",
    "why_sla",
    "why_tag",
    "why_update",
]
