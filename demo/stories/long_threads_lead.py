"""Long conversations with the head of customer care."""

from __future__ import annotations

from demo.stories.model import Story, noted, said

STORIES: tuple[Story, ...] = (
    Story(
        key="sofa-saga",
        channel="email",
        subject=("Client sofa, wrong fabric, install on Monday"),
        requester="imogen",
        messages=(
            said(
                "imogen",
                0,
                "Hi Lena,\n\n"
                'Swatch on the left: "Moss". Sofa on the right: something I would call '
                '"Pea". My client is a painter. She noticed from the other side of the '
                "street.\n\n"
                "Imogen",
                "swatch.jpg",
                "sofa.jpg",
                cc=("raj@lumen-interiors.example",),
            ),
            said(
                "lead",
                35,
                "Hi Imogen,\n\n"
                "I see it even in the photo. Which number is on the label under the seat, "
                "starting with FB?",
            ),
            said(
                "imogen",
                50,
                "FB-2209. The swatch says FB-2207.",
            ),
            noted(
                "tom",
                45,
                "2207 and 2209 are two dye lots which must never be mixed. 2209 should've "
                "been blocked.",
            ),
            said(
                "lead",
                20,
                "Thank you. They are two dye lots and yours should never have left us. Three "
                "ways:\n\n"
                "1. New covers in the right lot: here on Thursday, fitted by us on Friday.\n"
                "2. A complete new sofa: two weeks.\n"
                "3. Your money back.\n\n"
                "I would take the first, but it's your client.",
                html=(
                    "<p>Thank you. They are two dye lots and yours should never have left "
                    "us. Three ways:</p><ol><li><strong>New covers</strong> in the right "
                    "lot: here on Thursday, fitted by us on Friday.</li><li>A complete new "
                    "sofa: two weeks.</li><li>Your money back.</li></ol><p>I would take the "
                    "first, but it's your client.</p>"
                ),
            ),
            said(
                "imogen",
                60,
                "The first, if the fitter is good.",
            ),
            said(
                "lead",
                15,
                "He is: Mr Adeleke fits for two theatres. Friday 9 to 11?",
            ),
            said(
                "cc:raj@lumen-interiors.example",
                25,
                "Friday 9 works, I'll be on site. Raj",
            ),
            said(
                "lead",
                2800,
                "Hi both, the covers are here in our hands, FB-2207, I compared them with "
                "your swatch in daylight. See you on Friday.",
            ),
            said(
                "imogen",
                90,
                "You compared it in daylight. I may cry.",
            ),
            noted(
                "lead",
                1400,
                "Fitter rang: zip on the long cushion too short by 4 cm. Cover remade "
                "overnight in Leeds, @Priya drives it there?? Courier booked 06:00.",
            ),
            said(
                "lead",
                10,
                "Hi Imogen, a small thing before you hear it from somebody else: one "
                "cushion's zip is 4 cm too short. A new cover is being sewn tonight and "
                "arrives on Saturday at 8. The rest is fitted today.",
            ),
            said(
                "imogen",
                700,
                "The rest looks superb. Saturday at 8 then. And Lena: this is why we stay.",
            ),
            said(
                "imogen",
                1500,
                "It's Saturday, 9:15, and there is no courier yet. The client arrives on "
                "Monday at 10.",
            ),
        ),
        group="Support",
        assignee="lead",
        status="open",
        priority="urgent",
        type="incident",
        tags=("b2b", "vip", "quality"),
        language="en",
        order_number=("BC-2026-115500"),
        product=("Aster 3-seat sofa"),
        ccs=("raj@lumen-interiors.example",),
    ),
    Story(
        key="kitchen-planner",
        channel="email",
        subject=("Planning a very small kitchen"),
        requester="carol",
        messages=(
            said(
                "carol",
                0,
                "Hello,\n\n"
                "My kitchen is 1.9 by 2.4 metres and the doctor says I must stop climbing on "
                "chairs. What would you put in it? Photo attached, please excuse the "
                "curtains.\n\n"
                "Carol",
                "kitchen.jpg",
            ),
            said(
                "lead",
                120,
                "Hi Carol,\n\n"
                "I like the curtains. How high can you reach without a chair, and is the "
                "window meant to open fully?",
            ),
            said(
                "carol",
                60,
                "To 1.85, and yes, the robin comes to the sill.",
            ),
            said(
                "lead",
                200,
                "Then everything you use daily goes between 60 and 160 cm. I drew it on "
                "graph paper: drawers instead of cupboards below, one open shelf above the "
                "sink, nothing in front of the robin.",
                "sketch-1.png",
            ),
            said(
                "carol",
                400,
                "Oh, that is clever. Would the bread machine fit under the shelf?",
            ),
            noted(
                "tom",
                60,
                "Bread machine is 32 high, shelf clearance 30. Use the FJ-35 bracket.",
            ),
            said(
                "lead",
                20,
                "With the taller bracket, yes: 35 cm. I changed the sketch.",
            ),
            said(
                "carol",
                900,
                "And the price, roughly? I have a budget of £900.",
            ),
            said(
                "lead",
                130,
                "£846 with delivery and fitting of the shelf. The drawers you fit yourself, "
                "or a neighbour with a screwdriver does. The offer is attached and valid for "
                "30 days.",
                "offer.pdf",
            ),
            said(
                "carol",
                1500,
                "Mr Lewis from downstairs has a screwdriver and will be paid in marmalade. "
                "I'd like to order, please.",
            ),
            said(
                "lead",
                25,
                "Ordered for you. Delivery by the side door, Orchard Street, goods lift.",
            ),
            said(
                "carol",
                4400,
                "It's finished. Photo attached, with robin.",
                "finished.jpg",
            ),
        ),
        group="Products",
        assignee="lead",
        status="solved",
        priority="normal",
        type="question",
        tags=("question", "planning"),
        language="en",
        rating="good",
        rating_comment=("Lena drew it on graph paper! Wonderful."),
    ),
    Story(
        key="battery-recall",
        channel="email",
        subject=("Mobility scooter battery: warm to the touch"),
        requester="george",
        messages=(
            said(
                "george",
                0,
                "Sir,\n\n"
                "The battery of the Rullo was warm this morning although it had not been "
                "charged since Monday. Is that in order?\n\n"
                "G. Papworth",
                "label.jpg",
            ),
            said(
                "lead",
                9,
                "Dear Mr Papworth,\n\n"
                "No, it is not. Please do this now: take it off, put it outdoors on stone, "
                "away from the house, and do not charge it. I will ring you in five minutes.",
            ),
            noted(
                "lead",
                14,
                "Rang him. It's outside on the terrace under a flower pot. Temperature "
                "falling. @Tom @Amira urgent.",
            ),
            noted(
                "tom",
                25,
                "Cells from lot 6A. One similar report in Spain in June. Maker informed, "
                "they want the unit in a fire-safe box.",
            ),
            noted(
                "admin",
                12,
                "Sales of Rullo 3 stopped as of now. 211 customers with lot 6A, mail to all "
                "of them being written. Lena approves the text.",
            ),
            said(
                "lead",
                30,
                "As we said on the phone: a specialist will fetch it tomorrow between 10 and "
                "12 in a special box. A new battery from another lot comes with him. You did "
                "exactly the right thing in asking.",
            ),
            said(
                "george",
                100,
                "Very good. It sits under the geranium pot. My late wife would have found "
                "that funny.",
            ),
            said(
                "lead",
                1440,
                "Has the collection gone well?",
            ),
            said(
                "george",
                95,
                "Punctual and civil, both of them. The new battery is cold as a stone. What "
                "was the matter with the old one?",
            ),
            said(
                "lead",
                160,
                "The maker is examining it and I'll send you what they find, in plain words. "
                "It may take two weeks. Until then your ticket stays with me.",
            ),
            noted(
                "tom",
                2900,
                "Maker: first look says separator fault, full report in ten days. We're "
                "holding the other 211 replacements until then.",
            ),
            noted(
                "lead",
                30,
                "On hold for the report.",
            ),
        ),
        group="Products",
        assignee="lead",
        status="hold",
        priority="high",
        type="incident",
        tags=("safety", "warranty"),
        language="en",
        product=("Rullo 3 scooter"),
    ),
)
