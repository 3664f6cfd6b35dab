"""Every write of this app."""

from api.actions.idempotency import create_ticket_once, update_ticket_once

__all__ = ["create_ticket_once", "update_ticket_once"]
