"""Every periodic task and its timetable (seconds). The sweeps are nets: work is normally nudged
at once.
"""

PERIODIC_TASKS = {
    "sweep the outbox": {"task": "core.tasks.drain_outbox", "schedule": 5},
    "sweep inbound items": {"task": "channels_in.tasks.process_inbound", "schedule": 5},
    "sweep deliveries": {"task": "channels_in.tasks.send_deliveries", "schedule": 5},
    "do what is to be done on networks": {"task": "channels_in.tasks.do_deeds", "schedule": 5},
    "look for incidents": {"task": "channels_in.tasks.look_for_incidents", "schedule": 60},
    "forget old posts": {"task": "channels_in.tasks.expire_posts", "schedule": 6 * 3600},
    "ask networks": {"task": "channels_in.tasks.poll_networks", "schedule": 5},
    "renew sign-ins of networks": {"task": "channels_in.tasks.renew_sign_ins", "schedule": 3600},
    "fetch files of networks": {"task": "channels_in.tasks.fetch_files", "schedule": 15},
    "sweep webhook calls": {"task": "macros.tasks.call_webhooks", "schedule": 5},
    "expire rule runs": {"task": "macros.tasks.expire_runs", "schedule": 3600},
    "forget old drafts": {"task": "web.tasks.forget_drafts", "schedule": 24 * 3600},
    "empty deleted tickets": {"task": "channels_in.tasks.scrub_deleted", "schedule": 3600},
    "forget awaited mail": {"task": "channels_in.tasks.forget_awaited", "schedule": 24 * 3600},
    "expire suspended mail": {"task": "channels_in.tasks.expire_suspended", "schedule": 600},
    "note SLA warnings and breaches": {"task": "macros.tasks.tick_sla", "schedule": 5},
    "go on with SLA recounts": {"task": "macros.tasks.recount_sla", "schedule": 15},
    "run automations": {"task": "macros.tasks.tick_automations", "schedule": 15},
    "go on with automation sweeps": {"task": "macros.tasks.sweep_automations", "schedule": 60},
    "go on with rehearsals": {"task": "macros.tasks.rehearse", "schedule": 15},
    "go on with jobs on many tickets": {"task": "macros.tasks.run_bulk", "schedule": 15},
    "forget jobs on many tickets": {"task": "macros.tasks.forget_bulk", "schedule": 6 * 3600},
    "give out waiting tickets": {"task": "macros.tasks.route_waiting", "schedule": 15},
    "push notifications": {"task": "web.tasks.push_notifications", "schedule": 15},
    "send digests": {"task": "web.tasks.send_digests", "schedule": 60},
    "forget ended sessions": {"task": "web.tasks.forget_devices", "schedule": 6 * 3600},
    "follow who is connected": {"task": "web.tasks.follow_presence", "schedule": 30},
}
