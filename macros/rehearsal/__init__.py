"""A draft of a rule replayed over what has happened to tickets. Nothing is written or sent.

- `reading` fetches the past of a batch of tickets, `past` tells it again submit by submit: the
  ticket as each one found and left it.
- `triggers`, `automations` and `policies` judge the draft at these moments, `outcome` says what it
  would have changed and whom it would have told, `loops` what would have worked against it.
- `tally` adds up what came out; `running` takes the batches, each in a READ ONLY transaction.
"""
