"""Questions before and after buying; wishes; wholesale."""

from __future__ import annotations

from demo.stories.model import Story, noted, said

STORIES: tuple[Story, ...] = (
    Story(
        key="wholesale-2027",
        channel="email",
        subject=("Wholesale price list for 2027"),
        requester="yuki",
        messages=(
            said(
                "yuki",
                0,
                "Hello,\n\n"
                "Could you send us the wholesale price list for 2027? We plan about 1,200 "
                "units of the Halden family and 400 thermostats. Is there a step at 1,000?\n\n"
                "Best regards\n"
                "Yuki Tanaka 田中\n"
                "Kōbe Retail",
            ),
            said(
                "alice",
                160,
                "Dear Tanaka-san,\n\n"
                "Thank you for planning with us. The list for 2027 is approved this week and "
                "I will send it the same day. There is a step at 1,000 units and it counts a "
                "whole product family, so your Halden lamps reach it together.\n\n"
                "Alice",
            ),
            said(
                "yuki",
                900,
                "Thank you. I add our forecast per quarter. Can delivery be in two parts, "
                "February and June?",
                "forecast-2027.csv",
            ),
        ),
        group="Billing",
        assignee="alice",
        status="open",
        priority="normal",
        type="question",
        tags=("sales", "b2b"),
        language="en",
    ),
    Story(
        key="thank-you-warranty",
        channel="email",
        subject=("Thank you for the quick help!"),
        requester="sofia",
        messages=(
            said(
                "sofia",
                0,
                "All good now, the new blender base fits and I made soup for eight people "
                "last night. Thank you for the quick help!\n\n"
                "Sofia",
            ),
            said(
                "alice",
                44,
                "Dear Sofia,\n\n"
                "What a nice mail to start the morning with. Enjoy the soups!\n\n"
                "Alice",
            ),
        ),
        group="Support",
        assignee="alice",
        status="solved",
        priority="normal",
        type=None,
        tags=("warranty", "praise"),
        language="en",
        rating="good",
        rating_comment=("Molto gentile!"),
    ),
    Story(
        key="carol-dimmable",
        channel="email",
        subject=("Are the Halden bulbs dimmable?"),
        requester="carol",
        messages=(
            said(
                "carol",
                0,
                "Hello, a quick one: can I put a dimmable bulb into the Halden table lamp, "
                "and will the switch on the cord dim it? Thank you, Carol",
            ),
            noted(
                "tom",
                40,
                "Bulb yes (E14, max 40 W LED equiv.). Cord switch is on/off only, dimmer "
                "cord sold separately HL-DC2.",
            ),
            said(
                "lead",
                12,
                "Hi Carol,\n\n"
                "Yes to the bulb, no to the switch: the cord only turns on and off. There's "
                'a dimmer cord that clicks in, HL-DC2, £9. Any E14 bulb marked "dimmable" '
                "is fine.\n\n"
                "Lena",
            ),
            said(
                "carol",
                25,
                "Ordered. Thank you Lena.",
            ),
        ),
        group="Products",
        assignee="lead",
        status="closed",
        priority="low",
        type="question",
        tags=("question", "lighting"),
        language="en",
        product=("Halden table lamp"),
    ),
    Story(
        key="nut-allergy-oil",
        channel="web",
        subject=("Chopping board oil: does it contain nut oil? (allergy)"),
        requester="hannah",
        messages=(
            said(
                "hannah",
                0,
                "My daughter has a severe walnut allergy. The label of the board oil says "
                '"natural plant oils". Which ones please?',
            ),
            noted(
                "tom",
                22,
                "Linseed + tung. TUNG IS A TREE NUT relative; supplier sheet says made on a "
                "line that also fills walnut oil. Tell her NOT to use it.",
            ),
            said(
                "lead",
                6,
                "Hello Hannah,\n\n"
                "Please don't use it. It contains linseed and tung oil, and it is filled on "
                "a line where walnut oil is filled too. The safety sheet is attached.\n\n"
                "I've refunded the bottle, and we are adding this to the label page today, "
                "because you should not have had to ask.\n\n"
                "Lena",
                "safety-sheet.pdf",
            ),
            said(
                "hannah",
                11,
                "Thank you for answering so fast. It's gone in the bin.",
            ),
        ),
        group="Products",
        assignee="lead",
        status="solved",
        priority="high",
        type="question",
        tags=("question", "safety"),
        language="en",
        rating="good",
        rating_comment=("Took it seriously"),
        product=("Board care oil"),
    ),
    Story(
        key="desk-height",
        channel="email",
        subject=("Hur högt går skrivbordet?"),
        requester="elsa",
        messages=(
            said(
                "elsa",
                0,
                "Hej! Jag är 196 cm. Går skrivbordet Lyft tillräckligt högt för mig? På "
                'sidan står bara "höj- och sänkbart".\n'
                "Mvh Elsa",
            ),
            said(
                "bob",
                140,
                "Hej Elsa!\n\n"
                "Lyft går från 62 till 128 cm. För 196 cm brukar man räkna med ungefär 120 "
                "cm stående, så det räcker med lite marginal.\n\n"
                "Vänliga hälsningar\n"
                "Bob",
            ),
            said(
                "elsa",
                60,
                "Toppen, tack!",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="low",
        type="question",
        tags=("question", "furniture"),
        language="sv",
        rating="good",
        product=("Lyft standing desk"),
    ),
)
