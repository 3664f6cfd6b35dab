"""Who listens to whom. The only place that knows the whole house; it holds names, no behaviour."""

# Run inside the transaction of every ticket change, in this order: `step(changes) -> None`.
TICKET_STEPS = [
    "channels_in.chat.step.queue_answers",
    "channels_in.step.answer_on_networks",
    "macros.macro_step.note_macros",
    "macros.engine.run_triggers",
    "channels_in.chat.step.follow_tickets",
    "macros.routing.step.queue_tickets",
    "macros.sla.step.keep_clocks",
    "macros.automations.step.plan_due",
    "reports.steps.record_facts",
    "notifications.step.tell_people",
]

# Run inside the transaction of a redaction: what else keeps words or files of messages and must
# lose them (`step(redaction) -> None`, tickets.actions.redaction).
REDACTION_STEPS = [
    "channels_in.actions.redaction.forget_originals",
    "macros.actions.redaction.redact_calls",
]

# Who knows which tickets ring at an agent before they are given to one (macros.routing.ringing).
RINGING = "channels_in.chat.ringing"

# Run after commit, at least once, for every outbox message of the topic: `subscriber(messages) ->
# None`.
OUTBOX_SUBSCRIBERS = {
    "ticket.changed": [
        "web.chat.subscribers.tell_visitors",
        "web.chats.subscribers.announce_words",
        "channels_in.subscribers.nudge_deliveries",
        "web.live.subscribers.announce_changes",
        "tickets.subscribers.tell_parent_tickets",
    ],
    "delivery.changed": [
        "channels_in.subscribers.nudge_deliveries",
        "web.live.subscribers.announce_changes",
    ],
    "chat.changed": [
        "web.chat.subscribers.tell_chats",
        "web.chats.subscribers.announce_chats",
        "macros.subscribers.route_chats",
    ],
    "chat.offer_over": ["channels_in.subscribers.end_missed_offers"],
    "files.redacted": ["tickets.subscribers.discard_files"],
    "schedule.changed": ["macros.subscribers.recount_sla"],
    "webhook.called": ["macros.webhooks.subscribers.nudge_calls"],
    "bulk.begun": ["macros.subscribers.nudge_bulk"],
    "ticket.scrubbed": [
        "channels_in.subscribers.scrub_raw_messages",
        "macros.subscribers.forget_ticket",
    ],
    "snooze.over": ["tickets.subscribers.wake_tickets"],
    "task.due": ["notifications.subscribers.tell_of_due_tasks"],
    "bulk.finished": ["notifications.subscribers.tell_of_bulk"],
    "notification.created": ["web.notifications.subscribers.announce"],
    "comment.due": ["tickets.subscribers.release_comments"],
    "password_reset.requested": ["web.accounts.subscribers.send_reset_mails"],
}
