"""One evening the checkout was down: a problem and the incidents that hang on it."""

from __future__ import annotations

from demo.stories.model import Story, noted, said

STORIES: tuple[Story, ...] = (
    Story(
        key="outage-problem",
        channel="email",
        subject=("Checkout down: payment page shows error 502 since 17:40"),
        requester="shanice",
        messages=(
            said(
                "shanice",
                0,
                "Hello,\n\n"
                'Nobody in our office can pay: "502 Bad Gateway" after "Pay now", three '
                "browsers, two networks. Started about 17:40.\n\n"
                "Shanice Campbell",
                "error-502.png",
            ),
            noted(
                "bob",
                6,
                "Four more in chat and on X in ten minutes. I link them all to this one as "
                "the problem.",
            ),
            noted(
                "admin",
                9,
                "Confirmed. Payment gateway certificates expired at 17:38 UTC. Renewing. ETA "
                "40 min.",
            ),
            said(
                "lead",
                4,
                "Hi Shanice,\n\n"
                "It is not you, it is our payment page, and it has been failing for "
                "everybody since 17:40. We expect it to be back within the hour. No order "
                "was charged without a confirmation. I write again when it is solved.\n\n"
                "Lena",
            ),
            noted(
                "admin",
                47,
                "Back since 18:44. Root cause: renewal job skipped after the move in spring. "
                "Alarm added at 21 days.",
            ),
            said(
                "lead",
                7,
                "Hi Shanice,\n\n"
                "Payments work again since 18:44. An expired certificate was the cause, and "
                "we now have an alarm three weeks before that can happen. I'm sorry about "
                "your evening.\n\n"
                "Lena",
            ),
        ),
        group="Support",
        assignee="lead",
        status="solved",
        priority="urgent",
        type="problem",
        tags=("outage", "checkout", "problem"),
        language="en",
    ),
    Story(
        key="outage-x-1",
        channel="x",
        subject=("@brightcart is your checkout dead or is it me"),
        requester="liam",
        messages=(
            said(
                "liam",
                0,
                "@brightcart is your checkout dead or is it me",
            ),
            said(
                "bob",
                8,
                "@liamg_88 It's us, sorry! Payments have been failing since 17:40, we're on "
                "it and will reply here when it's back. ^BO",
            ),
            said(
                "bob",
                66,
                "@liamg_88 It's back since 18:44. Your cart is still there. Thanks for your "
                "patience! ^BO",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="high",
        type="incident",
        tags=("outage", "social"),
        language="en",
        problem=("outage-problem"),
    ),
    Story(
        key="outage-chat-1",
        channel="chat",
        subject=("Chat: 502 bad gateway when paying"),
        requester="visitor_leeds",
        messages=(
            said(
                "visitor_leeds",
                0,
                "it says 502 bad gateway",
            ),
            said(
                "visitor_leeds",
                0.5,
                "did you take my money",
            ),
            said(
                "bob",
                2,
                "Hello! No: without a confirmation mail nothing was charged. The payment "
                "page is down and being repaired. Shall I mail you when it works?",
            ),
            said(
                "visitor_leeds",
                1,
                "yes pls",
            ),
            said(
                "bob",
                62,
                "It works again. Your cart was kept.",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="high",
        type="incident",
        tags=("outage", "checkout"),
        language="en",
        problem=("outage-problem"),
    ),
    Story(
        key="outage-mail-urgent",
        channel="email",
        subject=("Cannot order 40 heaters. Tenants are cold."),
        requester="gareth",
        messages=(
            said(
                "gareth",
                0,
                "Your payment page is broken. I have forty flats without heating and a boss "
                "who reads over my shoulder. Can I order by phone?\n\n"
                "Gareth Pugh",
            ),
            said(
                "bob",
                10,
                "Hi Gareth,\n\n"
                "Yes. I've reserved 40 Varm heaters under your company account as \"pay by "
                "invoice\", they're packed tonight. The payment page is being repaired and "
                "you don't need it for this.\n\n"
                "Bob",
            ),
            said(
                "gareth",
                5,
                "OK. That's a solution. Thanks.",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="urgent",
        type="incident",
        tags=("outage", "b2b"),
        language="en",
        rating="bad",
        rating_comment=("An expired certificate. In this day and age."),
        problem=("outage-problem"),
    ),
    Story(
        key="outage-double-try",
        channel="email",
        subject=("tried to pay 5 times, please dont charge me 5 times"),
        requester="nadia",
        messages=(
            said(
                "nadia",
                0,
                "the page kept dying so I kept pressing 🙈 please please don't take it five times",
            ),
            said(
                "alice",
                31,
                "Hello Nadia,\n\n"
                "I looked: none of the five went through. You can order again now, and it "
                "will be charged once.\n\n"
                "Alice",
            ),
            said(
                "nadia",
                20,
                "Phew. Done. Thanks!",
            ),
        ),
        group="Billing",
        assignee="alice",
        status="solved",
        priority="high",
        type="incident",
        tags=("outage", "billing"),
        language="en",
        rating="good",
        problem=("outage-problem"),
    ),
)
