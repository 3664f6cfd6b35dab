from tickets.models.attachment import Attachment
from tickets.models.audit import Audit, AuditEvent, EventType
from tickets.models.bulk import BulkItem, BulkJob, BulkKind, BulkState, ItemState
from tickets.models.comment import Comment
from tickets.models.delivery import Delivery, DeliveryKind, DeliveryState
from tickets.models.field import FieldType, TicketField
from tickets.models.link import LinkKind, TicketLink
from tickets.models.participant import Participant, ParticipantRole
from tickets.models.satisfaction import SatisfactionRating, Score
from tickets.models.schedule import Schedule
from tickets.models.search import SearchDocument
from tickets.models.ticket import Channel, Priority, Status, Ticket, TicketType
from tickets.models.view import View

__all__ = [
    "Attachment",
    "Audit",
    "AuditEvent",
    "BulkItem",
    "BulkJob",
    "BulkKind",
    "BulkState",
    "Channel",
    "Comment",
    "Delivery",
    "DeliveryKind",
    "DeliveryState",
    "EventType",
    "FieldType",
    "ItemState",
    "LinkKind",
    "Participant",
    "ParticipantRole",
    "Priority",
    "SatisfactionRating",
    "Schedule",
    "Score",
    "SearchDocument",
    "Status",
    "Ticket",
    "TicketField",
    "TicketLink",
    "TicketType",
    "View",
]
