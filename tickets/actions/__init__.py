"""The only door to a ticket: every write of this app, by aggregate."""

from tickets.actions.acceptance import accept_participant
from tickets.actions.bulk import begin_bulk, stop_bulk, undo_bulk
from tickets.actions.deliveries import (
    DeliveryDraft,
    begin_delivery,
    claim_deliveries,
    mark_arrived,
    mark_bounced,
    mark_failed,
    mark_sent,
    mark_unknown,
    note_lost_deliveries,
    queue_deliveries,
    retry_delivery,
)
from tickets.actions.fields import create_ticket_field
from tickets.actions.links import link_tickets
from tickets.actions.merging import merge_tickets
from tickets.actions.participants import add_unverified_participant
from tickets.actions.releases import (
    TakenBack,
    discard_comment,
    release_comment,
    release_due_comment,
    reschedule_comment,
    take_back_comment,
)
from tickets.actions.satisfaction import offer_rating, offer_within, rate_ticket
from tickets.actions.schedules import (
    Holiday,
    ScheduleDraft,
    ScheduleGone,
    remove_schedule,
    save_schedule,
)
from tickets.actions.stock import install_stock_views
from tickets.actions.tickets import (
    close_tickets,
    create_ticket,
    create_tickets,
    delete_ticket,
    restore_ticket,
    solve_ticket,
    update_ticket,
)
from tickets.actions.together import Submit, update_together
from tickets.actions.uploads import discard_upload, keep_upload
from tickets.actions.views import create_view

__all__ = [
    "DeliveryDraft",
    "Submit",
    "TakenBack",
    "Holiday",
    "ScheduleDraft",
    "ScheduleGone",
    "accept_participant",
    "add_unverified_participant",
    "begin_bulk",
    "begin_delivery",
    "claim_deliveries",
    "close_tickets",
    "create_ticket",
    "create_ticket_field",
    "create_tickets",
    "create_view",
    "delete_ticket",
    "discard_comment",
    "discard_upload",
    "install_stock_views",
    "keep_upload",
    "link_tickets",
    "mark_arrived",
    "mark_bounced",
    "mark_failed",
    "mark_sent",
    "mark_unknown",
    "merge_tickets",
    "note_lost_deliveries",
    "offer_rating",
    "offer_within",
    "queue_deliveries",
    "rate_ticket",
    "remove_schedule",
    "release_comment",
    "release_due_comment",
    "reschedule_comment",
    "restore_ticket",
    "retry_delivery",
    "save_schedule",
    "solve_ticket",
    "stop_bulk",
    "take_back_comment",
    "undo_bulk",
    "update_ticket",
    "update_together",
]
