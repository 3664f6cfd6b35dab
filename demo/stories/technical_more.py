"""More technical trouble: firmware, exports, printers, routers."""

from __future__ import annotations

from demo.stories.model import Story, noted, said

STORIES: tuple[Story, ...] = (
    Story(
        key="firmware-brick",
        channel="email",
        subject=("38 of 400 thermostats do not start after firmware 1.8"),
        requester="yuki",
        messages=(
            said(
                "yuki",
                0,
                "Dear Lena-san,\n\n"
                "After the update to 1.8, 38 of 400 Termo T1 stay on the logo. We stopped "
                "the update for the rest. Serial numbers in the CSV. Our customers are "
                "hotels and it is getting cold in Kobe.\n\n"
                "Best regards,\n"
                "Yuki Tanaka",
                "serials.csv",
            ),
            noted(
                "tom",
                180,
                "All 38 have the older flash chip. 1.8.1 fixes the boot loader; bricked "
                "units need the service cable. I can send 3 cables from here.",
            ),
            said(
                "lead",
                40,
                "Dear Tanaka-san,\n\n"
                "You were right to stop. All 38 units have an older memory chip which 1.8 "
                "doesn't recognise. Version 1.8.1 corrects this; please don't install 1.8 on "
                "any other unit.\n\n"
                "For the 38 we send service cables with instructions by courier tomorrow. If "
                "that is too much work for your technicians, we exchange all 38 units "
                "instead. Which do you prefer?\n\n"
                "Lena",
            ),
            said(
                "yuki",
                720,
                "Cables are fine for 30. For 8 in guest rooms please exchange, the "
                "technician cannot enter before Monday.",
            ),
        ),
        group="Products",
        assignee="lead",
        status="open",
        priority="high",
        type="incident",
        tags=("technical", "firmware", "b2b"),
        language="en",
        product=("Termo T1 thermostat"),
    ),
    Story(
        key="checkout-spinner",
        channel="web",
        subject=("Checkout spins forever in Firefox"),
        requester="marta_uk",
        messages=(
            said(
                "marta_uk",
                0,
                "Pay button -> spinner -> nothing. Firefox 145, no add-ons, tried private "
                "window. Works in Safari on my phone.",
                "spinner.png",
            ),
            said(
                "bob",
                27,
                "Hi Marta,\n\n"
                "I could repeat it: it happens when the delivery country is changed in the "
                "last step. If you go back one step and choose it there, it works. The web "
                "team has it and will correct it this week.",
            ),
            said(
                "marta_uk",
                14,
                "Yep that works. Cheers",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="normal",
        type="incident",
        tags=("web", "checkout"),
        language="en",
        rating="good",
    ),
    Story(
        key="kettle-click",
        channel="email",
        subject=("kettle clicks at night on its own"),
        requester="finn",
        messages=(
            said(
                "finn",
                0,
                "Is the kettle possessed? It clicks at about 3 a.m. and it's not even on. "
                "Wife wants it out of the house. Finn",
            ),
            noted(
                "tom",
                210,
                "Bimetal cooling when heating goes off at night. Harmless. Unplug the base.",
            ),
            said(
                "lead",
                15,
                "Hi Finn,\n\n"
                "Not possessed: there is a small metal strip inside which bends when the "
                "kitchen gets cold, and it clicks when it does. It is harmless, and it stops "
                "if you lift the kettle off its base at night.\n\n"
                "Your wife may of course still want an exorcism, or a refund. We only offer "
                "the second.\n\n"
                "Lena",
            ),
            said(
                "finn",
                900,
                "Lifted it off. Silence. Thanks",
            ),
        ),
        group="Products",
        assignee="lead",
        status="solved",
        priority="low",
        type="question",
        tags=("technical", "kettle"),
        language="en",
        product=("Pila kettle"),
    ),
    Story(
        key="csv-export-broken",
        channel="email",
        subject=("Order export has all our umlauts as Ã¼"),
        requester="shanice",
        messages=(
            said(
                "shanice",
                0,
                "Hi,\n\n"
                'The CSV export of our orders shows Müller as "MÃ¼ller" in Excel. It was '
                "fine last quarter. We've 300 rows. Sample attached.\n\n"
                "Shanice Campbell\n"
                "Kestrel Property Management",
                "orders-export.csv",
            ),
            said(
                "bob",
                66,
                "Hi Shanice,\n\n"
                "The file itself is right (UTF-8) but it lost the mark at the start that "
                "tells Excel so. In Excel use Data > From Text/CSV and choose UTF-8, and the "
                "names come out properly.\n\n"
                "I've asked for the mark to come back. Does this get you through the quarter "
                "end?",
            ),
        ),
        group="Support",
        assignee="bob",
        status="pending",
        priority="normal",
        type="incident",
        tags=("technical", "export", "b2b"),
        language="en",
    ),
    Story(
        key="printer-driver",
        channel="chat",
        subject=("Chat: printer on chromebook?"),
        requester="ethan",
        messages=(
            said(
                "ethan",
                0,
                "does the inkling p200 work on a chromebook",
            ),
            said(
                "lead",
                1.2,
                "Hi Ethan! Yes over Wi-Fi, no over USB.",
            ),
            said(
                "ethan",
                0.3,
                "scanner too?",
            ),
            said(
                "lead",
                0.8,
                "Scanner too, through the app from the Play store.",
            ),
            said(
                "ethan",
                0.2,
                "sick thx",
            ),
        ),
        group="Products",
        assignee="lead",
        status="solved",
        priority="low",
        type="question",
        tags=("technical", "printer"),
        language="en",
        product=("Inkling P200 printer"),
    ),
    Story(
        key="long-subject-router",
        channel="email",
        subject=(
            "Re: Fwd: Re: Fwd: [URGENT] Second request regarding the router that I ordered "
            "on the 4th, which was replaced on the 9th, which then also failed on the 12th, "
            "and about which I was promised a call on the 13th, the 14th and the 16th, none "
            "of which took place, and for which I now attach all correspondence in the hope "
            "that someone will at last read it from the beginning to the end"
        ),
        requester="abiodun",
        messages=(
            said(
                "abiodun",
                0,
                "Dear Customer Care,\n\n"
                "As my subject line has presumably explained the matter, I will be brief: "
                "the second router drops the connection every day at 18:00 precisely. I work "
                "from home for clients in Lagos and New York and six o'clock is when both "
                "are awake.\n\n"
                "Yours sincerely\n"
                "Abiodun Oluwaseun Adekunle-Fitzgerald-Montgomery III",
                "correspondence.pdf",
                "speedtest.png",
            ),
            said(
                "bob",
                118,
                "Dear Mr Adekunle-Fitzgerald-Montgomery,\n\n"
                "I read it from the beginning to the end. I'm sorry about the three calls "
                "that never came.\n\n"
                "18:00 sharp is a very good clue: it is when the router looks for a quieter "
                'radio channel. Please set Wi-Fi > Advanced > Channel to "36, fixed". I '
                "will ring you today at 18:15 to see if it held, and this call will take "
                "place.\n\n"
                "Bob",
            ),
            said(
                "abiodun",
                500,
                "You did call, for which I thank you. It held on Tuesday. On Wednesday it "
                "dropped at 18:00 again.",
            ),
        ),
        group="Support",
        assignee="bob",
        status="open",
        priority="normal",
        type="incident",
        tags=("technical", "router"),
        language="en",
        order_number=("BC-2026-111808"),
        product=("Mesh Trio router"),
    ),
)
