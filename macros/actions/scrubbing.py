from __future__ import annotations

from django.db import transaction

from macros.models import RuleRun, WebhookInvocation


@transaction.atomic
def scrub_rules_memory(*, ticket_id: int) -> None:
    """Forget what rules keep of a ticket that was emptied: calls with their bodies, and runs."""
    WebhookInvocation.objects.filter(ticket=ticket_id).delete()
    RuleRun.objects.filter(ticket=ticket_id).delete()
