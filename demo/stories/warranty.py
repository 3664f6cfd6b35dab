"""Breakages, warranty claims and curious returns."""

from __future__ import annotations

from demo.stories.model import Story, noted, said

STORIES: tuple[Story, ...] = (
    Story(
        key="broken-plates",
        channel="email",
        subject=("4 of 12 plates in pieces"),
        requester="amelia",
        messages=(
            said(
                "amelia",
                0,
                "Hello! Packed with a single sheet of paper between them, so I'm surprised "
                "it's only four. Could I have the four, or a third of the price?\n\n"
                "Amelia",
                "plates.jpg",
            ),
            said(
                "bob",
                21,
                "Hi Amelia,\n\n"
                "We don't have them as singles, so a third it is: £36.00 goes back to your "
                "card today. And I've sent your photo to the people who pack. You deserve "
                "more than one sheet of paper.\n\n"
                "Bob",
            ),
            noted(
                "bob",
                2,
                "@Tom second one this week with single-sheet packing on Skagen.",
            ),
            said(
                "amelia",
                75,
                "Thank you, very fair.",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="normal",
        type="incident",
        tags=("damage", "delivery"),
        language="en",
        rating="good",
        order_number=("BC-2026-116640"),
        refund_amount=("36.00"),
        product=("Skagen dinner plates, set of 12"),
    ),
    Story(
        key="warranty-robot",
        channel="email",
        subject=("Robot vacuum drives in circles, 14 months old"),
        requester="simon",
        messages=(
            said(
                "simon",
                0,
                "Dear Madam, dear Sir,\n\n"
                "My Sopa R2 has been turning to the left since Sunday, in ever smaller "
                "circles, like a dog looking for a place to lie. It is 14 months old. I have "
                "cleaned the sensors and the wheel, following your article, twice.\n\n"
                "Yours\n"
                "Simon Achterberg",
            ),
            noted(
                "tom",
                70,
                "Left wheel encoder, known on R2 before serial 5000. Two years warranty, "
                "swap the unit.",
            ),
            said(
                "lead",
                35,
                "Dear Mr Achterberg,\n\n"
                "Thank you for the picture of the dog; our product colleague knew the fault "
                "at once. It is the sensor of the left wheel. You get a new R2 under "
                "warranty; please put the old one into the box of the new one, the label is "
                "inside.\n\n"
                "Lena Brandt",
            ),
            said(
                "simon",
                2880,
                "The new one drives straight. Thank you.",
            ),
        ),
        group="Products",
        assignee="lead",
        status="closed",
        priority="normal",
        type="incident",
        tags=("warranty", "electronics"),
        language="en",
        rating="good",
        order_number=("BC-2025-083321"),
        product=("Sopa R2 robot vacuum"),
    ),
    Story(
        key="gift-return",
        channel="chat",
        subject=("Chat: return a gift without them knowing"),
        requester="visitor_leeds",
        messages=(
            said(
                "visitor_leeds",
                0,
                "hi can i return a gift without the person finding out lol",
            ),
            said(
                "bob",
                1,
                "Hello! Your secret is safe here. Do you have the number on the packing slip?",
            ),
            said(
                "visitor_leeds",
                1.5,
                "G-44817?",
            ),
            said(
                "bob",
                2,
                "That's it. You'd get €42 as a gift card and no mail goes to the giver.",
            ),
            said(
                "visitor_leeds",
                0.5,
                "perfect. its a very ugly vase",
            ),
            said(
                "bob",
                1,
                "Label is on the way to the address you give in the next box. Our lips are sealed.",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="low",
        type="question",
        tags=("returns", "gift"),
        language="en",
    ),
    Story(
        key="wrong-return-mine",
        channel="email",
        subject=("I sent you my own trainers by mistake"),
        requester="grace",
        messages=(
            said(
                "grace",
                0,
                "This is embarrassing. I returned the kettle in the box in which I keep my "
                "running shoes. The shoes were under the paper. They're blue, size 5, very "
                "smelly and I have a half marathon in two weeks.\n\n"
                "Grace Obi",
            ),
            said(
                "bob",
                34,
                "Hi Grace,\n\n"
                "Happens more often than you'd think, though usually it's television "
                "remotes. I've asked the returns desk to keep the box aside.",
            ),
            noted(
                "bob",
                1100,
                "Found on shelf R-17. Sent by express, cost on us. Mentioned the smell was "
                "as described.",
            ),
            said(
                "bob",
                4,
                "They've been found and are on their way by express. Good luck with the half "
                "marathon!",
            ),
            said(
                "grace",
                1500,
                "They're here!!! I'll dedicate km 12 to you.",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="normal",
        type="task",
        tags=("returns", "lost-property"),
        language="en",
        rating="good",
        rating_comment=("They FOUND them. Best shop ever."),
        order_number=("BC-2026-113712"),
    ),
    Story(
        key="repaired-twice",
        channel="email",
        subject=("Third repair of the same dishwasher"),
        requester="dmitri",
        messages=(
            said(
                "dmitri",
                0,
                "Good day.\n\n"
                "The dishwasher was repaired in August (pump) and in October (pump). Now "
                "error E4 again, this is pump. By law after two failed repairs I may "
                "withdraw from the contract. I want this now: money back 549 euro and "
                "collection.\n\n"
                "Reports attached.\n\n"
                "D. Sokolov",
                "repair-report-1.pdf",
                "repair-report-2.pdf",
            ),
            said(
                "lead",
                85,
                "Good day Mr Sokolov,\n\n"
                "You are right, and we will not ask for a third repair. Please tell me two "
                "possible days for the collection; the €549.00 is paid on the day the "
                "machine is collected.\n\n"
                "Lena Brandt",
            ),
            said(
                "dmitri",
                900,
                "Tuesday or Wednesday after 17. Somebody must disconnect the water, I will "
                "not do it.",
            ),
        ),
        group="Support",
        assignee="lead",
        status="open",
        priority="high",
        type="incident",
        tags=("warranty", "repair", "escalation"),
        language="en",
        order_number=("BC-2026-091177"),
        product=("Isbre dishwasher 45"),
    ),
)
