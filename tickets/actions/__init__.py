"""The only door to a ticket: every write of this app, by aggregate."""

from tickets.actions.acceptance import accept_participant
from tickets.actions.bulk import begin_bulk, stop_bulk, undo_bulk
from tickets.actions.calls import CallDraft, log_call
from tickets.actions.deletion import delete_ticket, mark_spam, restore_ticket, scrub_ticket
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
from tickets.actions.fields import (
    FieldDraft,
    FieldGone,
    activate_ticket_field,
    create_ticket_field,
    order_ticket_fields,
    remove_ticket_field,
    save_ticket_field,
)
from tickets.actions.forms import (
    ConditionDraft,
    FormDraft,
    activate_ticket_form,
    order_ticket_forms,
    remove_ticket_form,
    save_ticket_form,
)
from tickets.actions.links import link_tickets, unlink_tickets
from tickets.actions.merging import MergeWords, merge_into, merge_tickets
from tickets.actions.participants import add_unverified_participant
from tickets.actions.people import merge_people, unmerge_people
from tickets.actions.privacy import hide_comment
from tickets.actions.read_marks import mark_read, mark_unread
from tickets.actions.received_files import attach_received_file
from tickets.actions.redaction import redact_comment, redact_words
from tickets.actions.releases import (
    TakenBack,
    discard_comment,
    release_comment,
    release_due_comment,
    reschedule_comment,
    take_back_comment,
)
from tickets.actions.renditions import rendition_of
from tickets.actions.reply_drafts import (
    DraftContent,
    discard_reply_draft,
    forget_old_drafts,
    save_reply_draft,
)
from tickets.actions.satisfaction import offer_rating, offer_within, rate_ticket
from tickets.actions.schedules import (
    Holiday,
    ScheduleDraft,
    ScheduleGone,
    remove_schedule,
    save_schedule,
)
from tickets.actions.side import (
    ChildDraft,
    HeardMessage,
    SideDraft,
    SideTakenBack,
    change_side_conversation,
    hear_side_message,
    mark_side_read,
    open_child_ticket,
    open_side_conversation,
    reply_in_side_conversation,
    take_back_side_message,
    tell_parents,
)
from tickets.actions.splitting import Split, split_comment, undo_split
from tickets.actions.stock import install_stock_views
from tickets.actions.tickets import (
    close_tickets,
    create_ticket,
    create_tickets,
    solve_ticket,
    update_ticket,
)
from tickets.actions.timing import Visit, add_time, change_time, count_time
from tickets.actions.together import Submit, update_together
from tickets.actions.unmerging import Unmerged, undo_merge
from tickets.actions.uploads import discard_upload, keep_upload
from tickets.actions.views import create_view
from tickets.actions.waking import wake_due_ticket

__all__ = [
    "CallDraft",
    "ChildDraft",
    "ConditionDraft",
    "DeliveryDraft",
    "DraftContent",
    "FieldDraft",
    "FieldGone",
    "FormDraft",
    "HeardMessage",
    "Holiday",
    "MergeWords",
    "ScheduleDraft",
    "ScheduleGone",
    "SideDraft",
    "SideTakenBack",
    "Split",
    "Submit",
    "TakenBack",
    "Unmerged",
    "Visit",
    "accept_participant",
    "activate_ticket_field",
    "activate_ticket_form",
    "add_time",
    "add_unverified_participant",
    "attach_received_file",
    "begin_bulk",
    "begin_delivery",
    "change_side_conversation",
    "change_time",
    "claim_deliveries",
    "close_tickets",
    "count_time",
    "create_ticket",
    "create_ticket_field",
    "create_tickets",
    "create_view",
    "delete_ticket",
    "discard_comment",
    "discard_reply_draft",
    "discard_upload",
    "forget_old_drafts",
    "hear_side_message",
    "hide_comment",
    "install_stock_views",
    "keep_upload",
    "link_tickets",
    "log_call",
    "mark_arrived",
    "mark_bounced",
    "mark_failed",
    "mark_read",
    "mark_sent",
    "mark_side_read",
    "mark_spam",
    "mark_unknown",
    "mark_unread",
    "merge_into",
    "merge_people",
    "merge_tickets",
    "note_lost_deliveries",
    "offer_rating",
    "offer_within",
    "open_child_ticket",
    "open_side_conversation",
    "order_ticket_fields",
    "order_ticket_forms",
    "queue_deliveries",
    "rate_ticket",
    "redact_comment",
    "redact_words",
    "release_comment",
    "release_due_comment",
    "remove_schedule",
    "remove_ticket_field",
    "remove_ticket_form",
    "reply_in_side_conversation",
    "rendition_of",
    "reschedule_comment",
    "restore_ticket",
    "retry_delivery",
    "save_schedule",
    "save_reply_draft",
    "save_ticket_field",
    "save_ticket_form",
    "scrub_ticket",
    "solve_ticket",
    "stop_bulk",
    "split_comment",
    "take_back_comment",
    "take_back_side_message",
    "tell_parents",
    "undo_split",
    "undo_bulk",
    "undo_merge",
    "unlink_tickets",
    "unmerge_people",
    "update_ticket",
    "update_together",
    "wake_due_ticket",
]
