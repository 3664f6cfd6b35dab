"""The table of contents of `/api/v2`; each address also answers without `.json`."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path, re_path

from api import (
    automations,
    comments,
    incremental,
    jobs,
    lists,
    macros,
    people_more,
    schedules,
    search,
    side,
    slas,
    teams,
    ticket_fields,
    ticket_forms,
    tickets,
    triggers,
    uploads,
    users,
    webhooks,
)
from api.doors import door, not_found
from api.parsers import FileParser


def _both(route: str, view: Any) -> list[URLPattern]:
    return [path(f"{route}.json", view), path(route, view)]


urlpatterns = [
    *_both("tickets", door(GET=tickets.index, POST=tickets.create)),
    *_both("tickets/show_many", door(GET=tickets.show_many)),
    *_both("tickets/update_many", door(PUT=jobs.update_many)),
    *_both("tickets/destroy_many", door(DELETE=jobs.destroy_many)),
    *_both("job_statuses", door(GET=jobs.index)),
    *_both("job_statuses/show_many", door(GET=jobs.show_many)),
    *_both("job_statuses/<int:job_id>", door(GET=jobs.show)),
    *_both("tickets/count", door(GET=tickets.count)),
    *_both(
        "tickets/<int:ticket_id>",
        door(GET=tickets.show, PUT=tickets.update, DELETE=tickets.delete),
    ),
    *_both("tickets/<int:ticket_id>/comments", door(GET=comments.index)),
    *_both("tickets/<int:ticket_id>/audits", door(GET=comments.audits)),
    *_both("tickets/<int:ticket_id>/side_conversations", door(GET=side.index, POST=side.create)),
    *_both(
        "tickets/<int:ticket_id>/side_conversations/<uuid:side_id>",
        door(GET=side.show, PUT=side.update),
    ),
    *_both(
        "tickets/<int:ticket_id>/side_conversations/<uuid:side_id>/reply", door(POST=side.reply)
    ),
    *_both(
        "tickets/<int:ticket_id>/side_conversations/<uuid:side_id>/events", door(GET=side.events)
    ),
    *_both("attachments/<int:attachment_id>", door(GET=comments.attachment)),
    path("attachments/<int:attachment_id>/content", door(GET=comments.attachment_content)),
    *_both("uploads", door(POST=uploads.create, parsers=[FileParser])),
    *_both("users", door(GET=users.index, POST=users.create)),
    *_both("users/me", door(GET=users.me)),
    *_both("users/search", door(GET=users.search)),
    *_both("users/<int:user_id>", door(GET=users.show, PUT=users.update)),
    *_both("users/autocomplete", door(GET=people_more.autocomplete)),
    *_both("users/<int:user_id>/merge", door(PUT=people_more.merge)),
    *_both(
        "users/<int:user_id>/identities",
        door(GET=people_more.identities, POST=people_more.create_identity),
    ),
    *_both(
        "users/<int:user_id>/identities/<int:identity_id>",
        door(GET=people_more.identity, DELETE=people_more.delete_identity),
    ),
    *_both(
        "users/<int:user_id>/identities/<int:identity_id>/make_primary",
        door(PUT=people_more.make_identity_primary),
    ),
    *_both(
        "users/<int:user_id>/identities/<int:identity_id>/verify",
        door(PUT=people_more.verify),
    ),
    *_both("user_fields", door(GET=people_more.user_fields)),
    *_both("organization_fields", door(GET=people_more.organization_fields)),
    *_both("users/<int:user_id>/tickets/requested", door(GET=tickets.of_requester)),
    *_both("users/<int:user_id>/tickets/assigned", door(GET=tickets.of_assignee)),
    *_both("users/<int:user_id>/group_memberships", door(GET=teams.memberships)),
    *_both("organizations", door(GET=teams.organizations, POST=people_more.create_company)),
    *_both("organizations/search", door(GET=people_more.search_companies)),
    *_both("organizations/autocomplete", door(GET=people_more.autocomplete_companies)),
    *_both(
        "organizations/<int:organization_id>",
        door(
            GET=teams.organization,
            PUT=people_more.update_company,
            DELETE=people_more.delete_company,
        ),
    ),
    *_both("organizations/<int:organization_id>/users", door(GET=people_more.of_organization)),
    *_both("organizations/<int:organization_id>/tickets", door(GET=tickets.of_organization)),
    *_both("groups", door(GET=teams.groups)),
    *_both("groups/<int:group_id>", door(GET=teams.group)),
    *_both("groups/<int:group_id>/memberships", door(GET=teams.memberships)),
    *_both("group_memberships", door(GET=teams.memberships)),
    *_both("search", door(GET=search.index)),
    *_both("ticket_fields", door(GET=ticket_fields.index, POST=ticket_fields.create)),
    *_both("ticket_fields/count", door(GET=ticket_fields.count)),
    *_both(
        "ticket_fields/<int:field_id>",
        door(GET=ticket_fields.show, PUT=ticket_fields.update, DELETE=ticket_fields.delete),
    ),
    *_both("ticket_fields/<int:field_id>/options", door(GET=ticket_fields.options)),
    *_both("ticket_forms", door(GET=ticket_forms.index, POST=ticket_forms.create)),
    *_both("ticket_forms/show_many", door(GET=ticket_forms.show_many)),
    *_both("ticket_forms/reorder", door(PUT=ticket_forms.reorder)),
    *_both(
        "ticket_forms/<int:form_id>",
        door(GET=ticket_forms.show, PUT=ticket_forms.update, DELETE=ticket_forms.delete),
    ),
    *_both("ticket_forms/<int:form_id>/clone", door(POST=ticket_forms.clone)),
    *_both("views", door(GET=lists.views)),
    *_both("views/<int:view_id>", door(GET=lists.view)),
    *_both("views/<int:view_id>/tickets", door(GET=lists.view_tickets)),
    *_both("views/<int:view_id>/count", door(GET=lists.view_count)),
    *_both("satisfaction_ratings", door(GET=lists.satisfaction_ratings)),
    *_both("triggers", door(GET=triggers.index, POST=triggers.create)),
    *_both("triggers/active", door(GET=triggers.active)),
    *_both("triggers/definitions", door(GET=triggers.definitions)),
    *_both("triggers/reorder", door(PUT=triggers.reorder)),
    *_both(
        "triggers/<int:trigger_id>",
        door(GET=triggers.show, PUT=triggers.update, DELETE=triggers.delete),
    ),
    *_both(
        "trigger_categories",
        door(GET=triggers.categories, POST=triggers.create_category),
    ),
    *_both(
        "trigger_categories/<int:category_id>",
        door(GET=triggers.category, PUT=triggers.update_category, DELETE=triggers.delete_category),
    ),
    *_both("webhooks", door(GET=webhooks.index, POST=webhooks.create)),
    *_both(
        "webhooks/<int:webhook_id>",
        door(GET=webhooks.show, PUT=webhooks.update, DELETE=webhooks.delete),
    ),
    *_both("webhooks/<int:webhook_id>/signing_secret", door(POST=webhooks.renew)),
    *_both("webhooks/<int:webhook_id>/invocations", door(GET=webhooks.invocations)),
    *_both("automations", door(GET=automations.index, POST=automations.create)),
    *_both("automations/active", door(GET=automations.active)),
    *_both(
        "automations/<int:automation_id>",
        door(GET=automations.show, PUT=automations.update, DELETE=automations.delete),
    ),
    *_both("macros", door(GET=macros.index, POST=macros.create)),
    *_both("macros/active", door(GET=macros.active)),
    *_both("macros/categories", door(GET=macros.categories)),
    *_both(
        "macros/<int:macro_id>",
        door(GET=macros.show, PUT=macros.update, DELETE=macros.delete),
    ),
    *_both("macros/<int:macro_id>/apply", door(GET=macros.apply)),
    *_both(
        "tickets/<int:ticket_id>/macros/<int:macro_id>/apply",
        door(GET=macros.apply_to_ticket),
    ),
    *_both("slas/policies", door(GET=slas.index, POST=slas.create)),
    *_both("slas/policies/definitions", door(GET=slas.definitions)),
    *_both("slas/policies/reorder", door(PUT=slas.reorder)),
    *_both(
        "slas/policies/<int:policy_id>",
        door(GET=slas.show, PUT=slas.update, DELETE=slas.delete),
    ),
    *_both("tickets/<int:ticket_id>/slas/policy_metrics", door(GET=slas.of_ticket)),
    *_both("business_hours/schedules", door(GET=schedules.index, POST=schedules.create)),
    *_both(
        "business_hours/schedules/<int:schedule_id>",
        door(GET=schedules.show, PUT=schedules.update, DELETE=schedules.delete),
    ),
    *_both("business_hours/schedules/<int:schedule_id>/workweek", door(PUT=schedules.workweek)),
    *_both(
        "business_hours/schedules/<int:schedule_id>/holidays",
        door(GET=schedules.holidays, POST=schedules.create_holiday),
    ),
    *_both(
        "business_hours/schedules/<int:schedule_id>/holidays/<int:holiday_id>",
        door(
            GET=schedules.holiday,
            PUT=schedules.update_holiday,
            DELETE=schedules.delete_holiday,
        ),
    ),
    *_both("incremental/tickets/cursor", door(GET=incremental.tickets)),
    *_both("incremental/ticket_metric_events", door(GET=incremental.metric_events)),
    re_path("", door(GET=not_found, POST=not_found, PUT=not_found, DELETE=not_found)),
]
