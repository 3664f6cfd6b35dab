"""Routing: which agent of a group gets a ticket (domain-standards.md §11).

To a group a ticket comes by triggers. Within the group:

1. The step `queue_tickets` notes what has to be given out, and `actions.route_waiting` gives it out
   right after the commit, as a submit of its own: triggers see the assignment like any other.
2. A trigger's effect `route` assigns within its submit; what finds nobody waits like the others.
3. What waits is given out by priority, then by the time queued, when somebody comes online or gets
   room.
"""
