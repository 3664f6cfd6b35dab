from tickets.models.attachment import Attachment
from tickets.models.audit import Audit, AuditEvent, EventType
from tickets.models.bulk import BulkItem, BulkJob, BulkKind, BulkState, ItemState
from tickets.models.comment import Comment
from tickets.models.delivery import Delivery, DeliveryKind, DeliveryState
from tickets.models.draft import ReplyDraft
from tickets.models.field import (
    Audience,
    FieldType,
    TicketField,
    TicketForm,
    TicketFormCondition,
    TicketFormField,
)
from tickets.models.link import LinkKind, TicketLink
from tickets.models.merge import MergeRecord
from tickets.models.participant import Participant, ParticipantRole
from tickets.models.read_mark import ReadMark
from tickets.models.rendition import Rendition
from tickets.models.satisfaction import SatisfactionRating, Score
from tickets.models.schedule import Schedule
from tickets.models.search import SearchDocument
from tickets.models.side import (
    SideAttachment,
    SideConversation,
    SideEvent,
    SideEventType,
    SideKind,
    SideMessage,
    SideParticipant,
    SideRead,
    SideState,
)
from tickets.models.ticket import UNTIL_REPLY, Channel, Priority, Status, Ticket, TicketType
from tickets.models.time import TimeEntry
from tickets.models.view import View

__all__ = [
    "Attachment",
    "Audience",
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
    "MergeRecord",
    "Participant",
    "ParticipantRole",
    "Priority",
    "ReadMark",
    "ReplyDraft",
    "Rendition",
    "SatisfactionRating",
    "Schedule",
    "Score",
    "SearchDocument",
    "SideAttachment",
    "SideConversation",
    "SideEvent",
    "SideEventType",
    "SideKind",
    "SideMessage",
    "SideParticipant",
    "SideRead",
    "SideState",
    "Status",
    "Ticket",
    "TicketField",
    "TicketForm",
    "TicketFormCondition",
    "TicketFormField",
    "TicketLink",
    "TicketType",
    "TimeEntry",
    "UNTIL_REPLY",
    "View",
]
