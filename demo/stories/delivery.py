"""Parcels: late, lost, at the neighbour's, on the wrong floor."""

from __future__ import annotations

from demo.stories.model import Story, said

STORIES: tuple[Story, ...] = (
    Story(
        key="delivered-nothing-here",
        channel="email",
        subject=("Re: Parcel says delivered, nothing here"),
        requester="tomasz",
        messages=(
            said(
                "tomasz",
                0,
                "Hello,\n\n"
                'tracking says "delivered 13:04, signed by resident". I am the only '
                "resident and at 13:04 I was at work. There is nothing at the door, nothing "
                "at the neighbours, nothing in the cellar.\n\n"
                "It is a monitor for 310 euro. What now?\n\n"
                "Tomasz Kowalczyk",
            ),
            said(
                "priya",
                75,
                "Hello Tomasz,\n\n"
                "That is worrying, I'm sorry. I've opened an inquiry with the courier and "
                "asked for the GPS position and the signature. They have until tomorrow "
                "evening to answer.\n\n"
                "If they can't show that it was with you, we send a new monitor or your "
                "money back, your choice. You won't have to wait for their investigation to "
                "end.\n\n"
                "Priya",
            ),
            said(
                "tomasz",
                1720,
                "Still nothing. My choice is a new one please, and NOT with this courier.",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="open",
        priority="high",
        type="incident",
        tags=("delivery", "lost-parcel"),
        language="en",
        order_number=("BC-2026-117744"),
    ),
    Story(
        key="third-floor",
        channel="email",
        subject=("Could the driver use the side door please?"),
        requester="carol",
        messages=(
            said(
                "carol",
                0,
                "Hello,\n\n"
                "The bookcase is coming on Thursday. Last time the driver left a heavy box "
                "in the front hall and I'm on the third floor without a lift. The side door "
                "on Orchard Street has the goods lift. Could you put that on the order?\n\n"
                "Thank you\n"
                "Carol",
            ),
            said(
                "priya",
                48,
                "Hi Carol,\n\n"
                'Done: "side door, Orchard Street, goods lift, 3rd floor" is now on this '
                "order and saved on your account for every order after it. The driver will "
                "also ring you 30 minutes before.\n\n"
                "Priya",
            ),
            said(
                "carol",
                4300,
                "They came to the side door. Thank you!",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="solved",
        priority="normal",
        type="question",
        tags=("delivery", "instructions"),
        language="en",
        rating="good",
        rating_comment=("They rang the side door this time. Magic."),
        order_number=("BC-2026-117020"),
    ),
    Story(
        key="carol-missing-shelf",
        channel="email",
        subject=("Bookcase arrived with one shelf missing"),
        requester="carol",
        messages=(
            said(
                "carol",
                0,
                "Hello Priya,\n\n"
                "The delivery itself was lovely, but there are four shelves in the box and "
                "the packing list says five. Photo and list attached. It's the narrow one, "
                "part C7 I think.\n\n"
                "Carol",
                "shelves.jpg",
                "packing-list.pdf",
            ),
            said(
                "priya",
                33,
                "Hi Carol,\n\n"
                "You're right, and yes, it's C7. I've ordered the shelf from the warehouse "
                "in the same oak. It should leave tomorrow; I'll send you the tracking "
                "number when I have it.\n\n"
                "Priya",
            ),
            said(
                "carol",
                2950,
                "Hello, just checking as I haven't had a tracking number yet. No great "
                "hurry, the books are patient.",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="open",
        priority="normal",
        type="incident",
        tags=("delivery", "missing-part"),
        language="en",
        order_number=("BC-2026-117020"),
        product=("Fjell bookcase, oak"),
    ),
    Story(
        key="wedding-saturday",
        channel="chat",
        subject=("Chat: need it before Saturday, it's a wedding gift!!"),
        requester="nadia",
        messages=(
            said(
                "nadia",
                0,
                "hiii my order says monday but the wedding is SATURDAY 😭",
            ),
            said(
                "nadia",
                0.4,
                "BC-2026-116118",
            ),
            said(
                "priya",
                1,
                "Hi Nadia! Let me see what we can still do, one minute.",
            ),
            said(
                "priya",
                3,
                "It's packed but not collected yet. I can change it to express for Friday "
                "before 12:00.",
            ),
            said(
                "nadia",
                0.5,
                "omg yes. how much",
            ),
            said(
                "priya",
                0.6,
                "£6.50, and I'll take that on us because your confirmation said Thursday first.",
            ),
            said(
                "nadia",
                0.3,
                "you're actually saving my life",
            ),
            said(
                "priya",
                2,
                "Done. New tracking comes by mail in an hour. Enjoy the wedding!",
            ),
            said(
                "nadia",
                0.4,
                "thank youuuu 💛",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="solved",
        priority="urgent",
        type="question",
        tags=("delivery", "express"),
        language="en",
        rating="good",
        rating_comment=("Priya is a legend"),
        order_number=("BC-2026-116118"),
    ),
)
