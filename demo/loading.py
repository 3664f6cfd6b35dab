"""The demo's stories told to the help desk through the same actions that real people use.

Every event happens at its own time (core.clock.frozen), in the order of time over all tickets, so
that numbers, histories and reports come out as if the month had really passed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count

from django.conf import settings
from django.db import connection, transaction

from accounts import actions as people
from accounts.actor import Actor, actor_for, customer_actor, system_actor
from accounts.models import Group, IdentityKind, User
from channels_in import funnel
from channels_in.accounts import default_account
from channels_in.models import InboundItem
from channels_in.receive import RawMessage, receive
from core import clock, html
from core.storage import blobs
from demo import files
from demo.people import AGENTS, CUSTOMERS, GROUPS, ORGANISATIONS
from demo.plan import CLOSES_AFTER_DAYS, PlannedTicket, plan
from demo.stories import STORIES
from demo.stories.model import Message, Story
from demo.suspended import GOOD, SUSPENDED
from demo.variations import all_stories
from tickets import actions
from tickets.drafts import CommentDraft, NewFile, TicketChanges, TicketDraft
from tickets.files import sniff_content_type
from tickets.models import Channel, FieldType, Status, Ticket, TicketField

SETUP = system_actor("Demo")
