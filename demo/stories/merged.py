"""A merged pair, follow-ups and messages of other systems."""

from __future__ import annotations

from demo.stories.model import Story, noted, said

STORIES: tuple[Story, ...] = (
    Story(
        key="merge-winner",
        channel="email",
        subject=("Washing machine door will not open, clothes inside"),
        requester="kwame",
        messages=(
            said(
                "kwame",
                0,
                "Good evening,\n\n"
                "The door has been locked since this morning, with my work shirts in it. The "
                "programme has ended. Unplugging doesn't help.\n\n"
                "Kwame Mensah",
            ),
            said(
                "bob",
                55,
                "Hi Kwame,\n\n"
                "At the bottom right there is a small flap. Behind it an orange strap: pull "
                "it gently down, and the door opens. If there's still water in the drum, "
                "drain it with the little hose first.",
            ),
            noted(
                "bob",
                6,
                "Merged his web form about the same thing into this one.",
            ),
            said(
                "kwame",
                420,
                "The shirts are free, thank you. But it has locked itself again after the "
                "next wash.",
            ),
        ),
        group="Support",
        assignee="bob",
        status="open",
        priority="normal",
        type="incident",
        tags=("technical", "washing"),
        language="en",
        order_number=("BC-2026-103388"),
        product=("Isbre washing machine"),
    ),
    Story(
        key="merge-loser",
        channel="web",
        subject=("Door stuck (I also sent an email)"),
        requester="kwame",
        messages=(
            said(
                "kwame",
                0,
                "I have also written an email about this, I was not sure which is quicker. "
                "The door of the washing machine is stuck. Kwame",
            ),
            noted(
                "bob",
                60,
                "Same matter as his mail, going on there.",
            ),
        ),
        group="Support",
        assignee="bob",
        status="closed",
        priority="normal",
        type="incident",
        tags=("technical", "washing", "merged"),
        language="en",
        product=("Isbre washing machine"),
        merged_into=("merge-winner"),
    ),
    Story(
        key="api-low-stock",
        channel="api",
        subject=("[ERP Polmeb] order line rejected: SKU HL-LAMP-W discontinued"),
        requester="agnieszka",
        messages=(
            said(
                "agnieszka",
                0,
                "Automatic message from the purchasing system of Polmeb Sp. z o.o.\n\n"
                "Order 2026/11/0932, line 4: SKU HL-LAMP-W, quantity 12, rejected with "
                "reason DISCONTINUED. Please name a replacement.",
                "order-lines.csv",
            ),
            noted(
                "tom",
                100,
                "Successor HL-LAMP-W2, same price, E14.",
            ),
            said(
                "lead",
                15,
                "Dear Agnieszka, the successor is HL-LAMP-W2, same price and size. Your line "
                "4 can be sent again with this SKU.",
            ),
            said(
                "agnieszka",
                240,
                "Thank you, it went through.",
            ),
        ),
        group="Products",
        assignee="lead",
        status="solved",
        priority="low",
        type="task",
        tags=("b2b", "api"),
        language="en",
    ),
    Story(
        key="closed-reopened-dish",
        channel="email",
        subject=("Which rinse aid for the Isbre dishwasher?"),
        requester="olivia",
        messages=(
            said(
                "olivia",
                0,
                "Hi, is any rinse aid fine or does it have to be yours? Olivia",
            ),
            said(
                "bob",
                75,
                "Hi Olivia,\n\n"
                "Any is fine. Start at level 3 of 6, and go up if the glasses stay wet.\n\n"
                "Bob",
            ),
        ),
        group="Support",
        assignee="bob",
        status="closed",
        priority="normal",
        type="question",
        tags=("question",),
        language="en",
        product=("Isbre dishwasher 60"),
    ),
    Story(
        key="dish-follow-up",
        channel="email",
        subject=("Re: Which rinse aid for the Isbre dishwasher?"),
        requester="olivia",
        messages=(
            said(
                "olivia",
                0,
                "Hi Bob,\n\n"
                "Level 3, 4, 5 and 6 all give me cloudy glasses. Photo attached. Could it be "
                "something else?\n\n"
                "Olivia\n\n"
                "> On an earlier day Bob Okafor <support@example.com> wrote:\n"
                "> Any is fine. Start at level 3 of 6, and go up if the glasses stay wet.",
                "glasses.jpg",
            ),
            said(
                "bob",
                140,
                "Hi Olivia,\n\n"
                "That looks like lime rather than rinse aid, so go back to 3. Do you know "
                "how hard your water is, or could you send me your postcode? Then I can look "
                "up the setting of the salt.\n\n"
                "Bob",
            ),
        ),
        group="Support",
        assignee="bob",
        status="pending",
        priority="normal",
        type="incident",
        tags=("technical",),
        language="en",
        product=("Isbre dishwasher 60"),
        follow_up_of=("closed-reopened-dish"),
    ),
)
