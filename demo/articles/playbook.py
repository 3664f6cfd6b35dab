"""Articles for the team: some internal, some not ready."""

from __future__ import annotations

from demo.articles.model import PlannedArticle, Text

ARTICLES = (
    PlannedArticle(
        "Playbook", days=6, visibility="staff", author="alice", texts={
            "en": Text("How much we may refund without asking", """
- Agents: up to *€100* without asking, return or no return.
- Leads: up to €500. Above that, a note to Finance with the order number.
- Part of the money for small damage: 10 to 30 %, the customer chooses between that and a new
article.
- Refunds always go back the way they were paid. Another account only with proof that the card
is gone.
"""),
        },
    ),
    PlannedArticle(
        "Playbook", days=8, visibility="staff", author="alice", texts={
            "en": Text("Outage of shop or payment: what to do in the first ten minutes", """
1. Open *one* problem ticket, title “Outage:” and what does not work. Link every report to it as
an incident.
2. Apply the macro “Technical::Known outage”. Promise no time.
3. Tell the shift lead. They speak with the payment provider and put the banner up.
4. Solve the problem when it is over: all incidents get the answer.

Double charges during an outage are reservations. They are let go by themselves; see “I was
charged twice”.
"""),
        },
    ),
    PlannedArticle(
        "Playbook", days=3, visibility="staff", state="draft", author="bob", texts={
            "en": Text("Praise and complaints in public: who answers what", """
Answer praise within the day, by name, in one sentence.

To be written: when we move to private messages, and what we never say in public.
"""),
        },
    ),
    PlannedArticle(
        "Vouchers and prices", days=2, state="draft", author="bob", texts={
            "en": Text("Student discount", """
Draft: terms are with Marketing. Ten per cent, not with other vouchers?
"""),
        },
    ),
    PlannedArticle(
        "Electronics", days=200, state="archived", author="alice", texts={
            "en": Text("Noctua headset: update for the first series", """
The first series (serial numbers that begin with N0) needs an update by cable. The series is no
longer sold; all devices were updated by August.
"""),
        },
    ),
)  # fmt: skip
