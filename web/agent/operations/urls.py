from django.urls import path

from web.agent import properties
from web.agent.operations import (
    deleting,
    history,
    incidents,
    linking,
    merging,
    printing,
    redacting,
    snoozing,
    suggesting,
    timing,
)

urlpatterns = [
    path("suggestions/tags/", suggesting.tags, name="suggest_tags"),
    path("suggestions/tickets/", suggesting.tickets, name="suggest_tickets"),
    path("suggestions/organizations/", suggesting.organizations, name="suggest_organizations"),
    path("deleted/", deleting.index, name="deleted_tickets"),
    path("merges/<int:merge_id>/undo/", merging.undo, name="undo_merge"),
    path("<int:number>/subject/", properties.subject, name="ticket_subject"),
    path("<int:number>/snooze/", snoozing.snooze, name="snooze_ticket"),
    path("<int:number>/wake/", snoozing.wake, name="wake_ticket"),
    path("<int:number>/links/", linking.add, name="add_link"),
    path("<int:number>/links/undo/", linking.undo, name="undo_link"),
    path("<int:number>/links/<int:link_id>/removal/", linking.remove, name="remove_link"),
    path("<int:number>/incidents/", incidents.index, name="incidents"),
    path("<int:number>/incidents/solution/", incidents.solve, name="solve_incidents"),
    path("<int:number>/merge/", merging.merge, name="merge_ticket"),
    path("<int:number>/merge/preview/", merging.preview, name="merge_preview"),
    path("<int:number>/merge/candidates/", merging.candidates, name="merge_candidates"),
    path("<int:number>/time/", timing.show, name="ticket_time"),
    path("<int:number>/time/count/", timing.count, name="count_time"),
    path("<int:number>/history/", history.show, name="ticket_history"),
    path("<int:number>/print/", printing.show, name="print_ticket"),
    path("<int:number>/redaction/", redacting.redact, name="redact_ticket"),
    path("<int:number>/spam/", deleting.spam, name="mark_spam"),
    path("<int:number>/spam/undo/", deleting.take_back_spam, name="not_spam"),
    path("<int:number>/deletion/", deleting.delete, name="delete_ticket"),
    path("<int:number>/restoration/", deleting.restore, name="restore_ticket"),
    path("<int:number>/emptying/", deleting.scrub, name="scrub_ticket"),
]
