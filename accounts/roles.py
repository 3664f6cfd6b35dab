"""Roles as named permissions. A role is a name for a set; code asks for permissions, never for
roles.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(models.TextChoices):
    USE_WORKSPACE = "use_workspace", _("Sign in to the agents' workspace")
    VIEW_TICKETS = "view_tickets", _("See tickets")
    REPLY_PUBLICLY = "reply_publicly", _("Answer customers")
    COMMENT_INTERNALLY = "comment_internally", _("Write internal notes")
    EDIT_TICKETS = "edit_tickets", _("Change a ticket's properties")
    MERGE_TICKETS = "merge_tickets", _("Merge tickets")
    DELETE_TICKETS = "delete_tickets", _("Delete and restore tickets")
    REDACT_MESSAGES = "redact_messages", _("Take words and files out of messages for good")
    HANDLE_SUSPENDED = "handle_suspended", _("Recover and delete suspended messages")
    VIEW_REPORTS = "view_reports", _("See reports")
    EDIT_PEOPLE = "edit_people", _("Edit customers and organizations")
    MANAGE_KNOWLEDGE = "manage_knowledge", _("Write and publish articles of the help centre")
    MANAGE_TEAM = "manage_team", _("Edit agents, groups and roles")
    MANAGE_RULES = "manage_rules", _("Edit shared views, macros and business rules")
    MANAGE_CHANNELS = "manage_channels", _("Connect and configure channels")
    IMPORT_TICKETS = "import_tickets", _("Import tickets with their own dates")


class Role(models.TextChoices):
    CUSTOMER = "customer", _("Customer")
    LIGHT_AGENT = "light_agent", _("Light agent")
    AGENT = "agent", _("Agent")
    LEAD = "lead", _("Team lead")
    ADMIN = "admin", _("Administrator")


_LIGHT_AGENT = {
    Permission.USE_WORKSPACE,
    Permission.VIEW_TICKETS,
    Permission.COMMENT_INTERNALLY,
}
_AGENT = _LIGHT_AGENT | {
    Permission.REPLY_PUBLICLY,
    Permission.EDIT_TICKETS,
    Permission.MERGE_TICKETS,
    Permission.HANDLE_SUSPENDED,
    Permission.EDIT_PEOPLE,
    Permission.MANAGE_KNOWLEDGE,
}
_LEAD = _AGENT | {
    Permission.DELETE_TICKETS,
    Permission.REDACT_MESSAGES,
    Permission.VIEW_REPORTS,
    Permission.MANAGE_RULES,
}

PERMISSIONS: dict[str, frozenset[str]] = {
    Role.CUSTOMER: frozenset(),
    Role.LIGHT_AGENT: frozenset(_LIGHT_AGENT),
    Role.AGENT: frozenset(_AGENT),
    Role.LEAD: frozenset(_LEAD),
    Role.ADMIN: frozenset(Permission),
}

STAFF = (Role.LIGHT_AGENT, Role.AGENT, Role.LEAD, Role.ADMIN)
ASSIGNABLE = (Role.AGENT, Role.LEAD, Role.ADMIN)
