"""Money: double charges, invoices, refunds that do not arrive."""

from __future__ import annotations

from demo.stories.model import Story, noted, said

STORIES: tuple[Story, ...] = (
    Story(
        key="double-charge-october",
        channel="email",
        subject=("Double charge on my October invoice"),
        requester="carla",
        messages=(
            said(
                "carla",
                0,
                "Hello,\n\n"
                "I was billed twice for the same order: €84.90 on 3 October and again on 4 "
                "October. My bank shows both as final. This is the second time this year and "
                "I am getting tired of it.\n\n"
                "Please refund one of them and tell me what went wrong. Invoice attached.\n\n"
                "Carla\n\n"
                "> On 4 October BrightCart <support@example.com> wrote:\n"
                "> Thank you for your order BC-2026-118203. We have charged €84.90 to your "
                "card.",
                "invoice-october.pdf",
                html=(
                    "<p>Hello,</p><p>I was billed twice for the same order: <strong>€84.90 "
                    "on 3 October and again on 4 October</strong>. My bank shows both as "
                    "final. This is the second time this year and I am getting tired of "
                    "it.</p><p>Please refund one of them and tell me what went wrong. "
                    "Invoice attached.</p><p>Carla</p><blockquote><p>On 4 October BrightCart "
                    "&lt;support@example.com&gt; wrote:</p><p>Thank you for your order "
                    "BC-2026-118203. We have charged €84.90 to your card.</p></blockquote>"
                ),
            ),
            noted(
                "bob",
                17,
                "Looks like the payment provider's retry bug again, same pattern as the "
                "others under the problem ticket. @Alice the second capture can be voided "
                "until midnight.",
            ),
            said(
                "alice",
                16,
                "Hello Carla,\n\n"
                "I am sorry: you should have paid once, and we took the money twice. I have "
                "just voided the second charge of €84.90; your bank usually shows it within "
                "two days.\n\n"
                "I will come back to you today with the cause and a corrected invoice.\n\n"
                "Alice",
                cc=("accounts@northwind.example",),
            ),
            said(
                "carla",
                5,
                "Thank you Alice. Accounts is in copy because they close the month tomorrow, "
                "so the corrected invoice today would really help.",
            ),
        ),
        group="Billing",
        assignee="alice",
        status="open",
        priority="urgent",
        type="incident",
        tags=("billing", "double-charge", "vip"),
        language="en",
        order_number=("BC-2026-118203"),
        refund_amount=("84.90"),
        problem=("payment-retries"),
        ccs=("accounts@northwind.example",),
    ),
    Story(
        key="payment-retries",
        channel="email",
        subject=("Card payments captured twice when the provider retries"),
        requester="northwind_ap",
        messages=(
            said(
                "northwind_ap",
                0,
                "Dear BrightCart,\n\n"
                "Attached is a list of four card payments from the last six weeks where the "
                "same amount was captured twice, 20 to 30 hours apart. They were placed by "
                "different colleagues on different cards, so I do not believe it is our bank.\n\n"
                "Could somebody technical look at the cause, not only at the refunds?\n\n"
                "Regards\n"
                "Accounts, Northwind",
                "charges.csv",
            ),
            noted(
                "lead",
                38,
                "All four have a timeout on the first capture in the provider log and then a "
                "retry with a NEW idempotency key. That is our side. Amira is asking "
                "engineering; I make this the problem ticket, please link the double charges "
                "to it.",
            ),
            said(
                "lead",
                22,
                "Thank you for the list, it is the clearest description of this we have seen.\n\n"
                "The cause is in how we repeat a payment when our provider does not answer "
                "in time. Engineering is working on the correction. All four duplicates are "
                "refunded as of this morning, and until the correction is live we check for "
                "doubles by hand every day.",
            ),
            noted(
                "admin",
                1460,
                "Fix is in review. Retries switched OFF for EU cards meanwhile, which means "
                "a few payments fail that would have gone through. Acceptable.",
            ),
        ),
        group="Billing",
        assignee="lead",
        status="open",
        priority="high",
        type="problem",
        tags=("billing", "double-charge", "payment-provider"),
        language="en",
    ),
    Story(
        key="refund-third-time",
        channel="email",
        subject=("Where is my refund? Third time asking"),
        requester="mark",
        messages=(
            said(
                "mark",
                0,
                'It was promised on the 2nd. Then "3 to 5 working days". Then nothing at '
                "all.\n\n"
                "I returned the lamp (BC-2026-104417) almost four weeks ago, I have the "
                "receipt from the courier with your warehouse's signature on it. €239. Where "
                "is it?\n\n"
                "Mark O’Neill",
            ),
            said(
                "bob",
                205,
                "Hi Mark,\n\n"
                "You are right to be annoyed, and I'm sorry you had to ask three times. I "
                "can see the lamp was signed for in our warehouse on the 26th, but it was "
                'booked as "damaged on arrival" and that stopped the refund.\n\n'
                "I've asked the warehouse to correct it and I'll write to you as soon as "
                "they have, tomorrow noon at the latest.\n\n"
                "Bob",
            ),
            noted(
                "bob",
                4,
                "Photo from the warehouse shows a dented BOX, lamp fine. Asked Priya to get "
                "the booking changed.",
            ),
            said(
                "mark",
                1310,
                "It is past noon.",
            ),
        ),
        group="Support",
        assignee="bob",
        status="open",
        priority="high",
        type="question",
        tags=("refund", "escalation"),
        language="en",
        order_number=("BC-2026-104417"),
        refund_amount=("239.00"),
        product=("Halden floor lamp"),
    ),
    Story(
        key="carol-invoice-address",
        channel="email",
        subject=("Invoice still shows my old address"),
        requester="carol",
        messages=(
            said(
                "carol",
                0,
                "Hello there,\n\n"
                "I moved in the summer and changed my address in my account, but the invoice "
                "for the bookcase still has Mill Lane on it. I need the right one for my "
                "home insurance, if that's possible.\n\n"
                "Many thanks\n"
                "Carol Jensen",
                "invoice-117020.pdf",
            ),
            said(
                "alice",
                24,
                "Hello Carol,\n\n"
                "Of course. The order was placed two days before you changed your address, "
                "so it kept the old one. A corrected invoice is attached; it replaces the "
                "first one and has the same number with a B at the end.\n\n"
                "I also looked at your two later invoices and they are right.\n\n"
                "Kind regards\n"
                "Alice",
                "invoice-117020-corrected.pdf",
            ),
            said(
                "carol",
                41,
                "Perfect, thank you so much Alice!",
            ),
        ),
        group="Billing",
        assignee="alice",
        status="solved",
        priority="normal",
        type="question",
        tags=("billing", "invoice"),
        language="en",
        rating="good",
        rating_comment=("Sorted in half an hour. Alice even checked the older invoices."),
        order_number=("BC-2026-117020"),
    ),
    Story(
        key="carol-double-voucher",
        channel="chat",
        subject=("Chat: voucher taken twice?"),
        requester="carol",
        messages=(
            said(
                "carol",
                0,
                "Hi! I think my £15 birthday voucher was used on an order I then cancelled",
            ),
            said(
                "carol",
                0.7,
                "and now it says already redeemed",
            ),
            said(
                "alice",
                1.5,
                "Hello Carol, let me look at it. Is it the order for the two table lamps?",
            ),
            said(
                "carol",
                0.8,
                "Yes, the Halden ones. I cancelled because I wanted the brass",
            ),
            said(
                "alice",
                4,
                "I see it. The voucher did not come back when the order was cancelled. I can "
                "issue a new one for £15. Would you like it by mail to carol@example.com, or "
                "shall I put it on your account straight away?",
            ),
        ),
        group="Billing",
        assignee="alice",
        status="pending",
        priority="normal",
        type="question",
        tags=("voucher", "billing"),
        language="en",
        order_number=("BC-2026-119540"),
    ),
)
