"""More parcels: large items, partial deliveries, lockers."""

from __future__ import annotations

from demo.stories.model import Story, said

STORIES: tuple[Story, ...] = (
    Story(
        key="fridge-stairs",
        channel="email",
        subject=("Your men left a refrigerator on the pavement"),
        requester="george",
        messages=(
            said(
                "george",
                0,
                "Sir,\n\n"
                'I paid £45 for "delivery to room of choice". Room of choice was the '
                'kitchen. Your men looked at the eleven steps, said "insurance", and left '
                "a refrigerator on the public pavement in the rain. I am seventy-four years "
                "of age.\n\n"
                "A neighbour's sons have since carried it in. I should like to know what the "
                "£45 were for.\n\n"
                "G. Papworth",
                "pavement.jpg",
            ),
            said(
                "priya",
                36,
                "Dear Mr Papworth,\n\n"
                "I'm sorry. Eleven steps are well within what they are paid to do, and "
                "leaving it outside in the rain was wrong in every way.\n\n"
                "I've refunded the £45 today. Please let it stand for 24 hours before you "
                "switch it on; if it shows any fault from the rain, we replace it without "
                "questions. And if you tell me what the neighbour's sons like, I would "
                "gladly send them something.\n\n"
                "Priya Nair",
            ),
            said(
                "george",
                1380,
                "Dear Miss Nair,\n\n"
                "The refrigerator works. The boys like chocolate. Handsomely done.\n\n"
                "G. Papworth",
            ),
            said(
                "priya",
                55,
                "Chocolate is on its way, and it will be carried up the steps.",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="solved",
        priority="high",
        type="incident",
        tags=("delivery", "large-item", "angry"),
        language="en",
        rating="good",
        rating_comment=("In the end very well handled. Compensation was fair."),
        order_number=("BC-2026-114451"),
        product=("Isbre 300 refrigerator"),
    ),
    Story(
        key="tracking-stuck",
        channel="email",
        subject=('Tracking has said "label created" for 6 days'),
        requester="olivia",
        messages=(
            said(
                "olivia",
                0,
                "Hi, is BC-2026-117361 actually moving? The page hasn't changed since last "
                "week. It's only cushions, but still.\n\n"
                "Olivia",
            ),
            said(
                "priya",
                160,
                "Hi Olivia,\n\n"
                'I\'ve asked the warehouse to look for it physically. "Label created" for '
                "this long usually means it fell off the belt before the first scan. I'll "
                "write tomorrow with either a real tracking number or a new parcel.\n\n"
                "Priya",
            ),
            said(
                "olivia",
                2800,
                "Hello again, any news?",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="open",
        priority="normal",
        type="question",
        tags=("delivery", "tracking"),
        language="en",
        order_number=("BC-2026-117361"),
    ),
    Story(
        key="two-of-three-boxes",
        channel="email",
        subject=("2 of 3 boxes received (client install is Friday)"),
        requester="raj",
        messages=(
            said(
                "raj",
                0,
                "Hi team,\n\n"
                "Boxes 1 and 3 are here, box 2 (pendant fittings) isn't. We install at the "
                "client's on Friday at 8. Imogen in cc.\n\n"
                "Raj",
                cc=("imogen@lumen-interiors.example",),
            ),
            said(
                "priya",
                29,
                "Hi Raj,\n\n"
                "Box 2 missed the van in Rotterdam. It's on tonight's and will be with you "
                "on Wednesday before 14:00; I have the driver's reference and will watch it "
                "myself.\n\n"
                "Priya",
            ),
            said(
                "cc:imogen@lumen-interiors.example",
                210,
                "Thank you Priya. Wednesday works, Thursday would not have. Imogen",
            ),
            said(
                "priya",
                1260,
                'It\'s been signed for at 11:52 by "Raj M." All three boxes are with you now.',
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="solved",
        priority="normal",
        type="incident",
        tags=("delivery", "b2b", "partial"),
        language="en",
        rating="good",
        order_number=("BC-2026-113950"),
        ccs=("imogen@lumen-interiors.example",),
    ),
    Story(
        key="locker-code",
        channel="telegram",
        subject=("Telegram: Abholcode für Paketstation kommt nicht"),
        requester="mehmet_de",
        messages=(
            said(
                "mehmet_de",
                0,
                "moin, paket liegt in der station aber ich hab keinen code bekommen",
            ),
            said(
                "bob",
                11,
                "Hallo Mehmet, schick mir bitte kurz die Bestellnummer.",
            ),
            said(
                "mehmet_de",
                1,
                "BC-2026-118533",
            ),
            said(
                "bob",
                5,
                "Die SMS ging an eine alte Nummer (Endung 22). Ich habe den Code neu an "
                "deine Mailadresse geschickt, er ist 48 Stunden gültig.",
            ),
            said(
                "mehmet_de",
                4,
                "läuft, danke dir 👍",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="normal",
        type="question",
        tags=("delivery", "locker"),
        language="de",
    ),
    Story(
        key="leave-safe",
        channel="api",
        subject=("Delivery preference changed in the app"),
        requester="siobhan",
        messages=(
            said(
                "siobhan",
                0,
                "Sent from the BrightCart app.\n\n"
                "Preference: leave in safe place\n"
                "Place: inside the blue shed, mind the goose",
            ),
            said(
                "priya",
                88,
                "Hi Siobhán,\n\n"
                "Saved for all your deliveries. I wrote the goose in capital letters.\n\n"
                "Priya",
            ),
            said(
                "siobhan",
                20,
                "Good woman. She bites.",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="solved",
        priority="low",
        type="task",
        tags=("delivery", "app"),
        language="en",
    ),
)
