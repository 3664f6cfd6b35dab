"""Wrong items, customs, pallets and typing errors in addresses."""

from __future__ import annotations

from demo.stories.model import Story, noted, said

STORIES: tuple[Story, ...] = (
    Story(
        key="wrong-item-toaster",
        channel="email",
        subject=("Ordered a toaster, received 2 kg of cat litter"),
        requester="rhys",
        messages=(
            said(
                "rhys",
                0,
                "Hi,\n\n"
                "I ordered a Pila toaster. I have received a bag of cat litter. I do not "
                "have a cat. I do still have bread.\n\n"
                "Photo attached for your amusement.\n\n"
                "Rhys",
                "not-a-toaster.jpg",
            ),
            said(
                "priya",
                44,
                "Hi Rhys,\n\n"
                "Somewhere there is a cat looking at a toaster. I'm sorry!\n\n"
                "A new Pila leaves us today with next-day delivery. Please keep the litter, "
                "or give it to somebody with a cat; we won't collect it.\n\n"
                "Priya",
            ),
            said(
                "rhys",
                1500,
                "Toaster has landed. The neighbour's cat says thanks.",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="solved",
        priority="normal",
        type="incident",
        tags=("delivery", "wrong-item"),
        language="en",
        rating="good",
        rating_comment=("Funny and fast."),
        order_number=("BC-2026-113309"),
        product=("Pila toaster"),
    ),
    Story(
        key="customs-norway",
        channel="email",
        subject=("Customs want a commercial invoice for the display units"),
        requester="sigrid",
        messages=(
            said(
                "sigrid",
                0,
                "Hei,\n\n"
                "Our six display units are held in Oslo. Customs ask for a commercial "
                "invoice with HS codes, see the letter. They charge storage from Monday.\n\n"
                "Best,\n"
                "Sigrid Fjord",
                "customs-letter.pdf",
            ),
            said(
                "priya",
                51,
                "Hi Sigrid,\n\n"
                "Thanks for the letter. Our export desk makes that document; I've sent them "
                "the HS codes of the six units and marked it urgent because of Monday. I'll "
                "forward it to you and to the customs agent together.\n\n"
                "Priya",
            ),
            noted(
                "priya",
                2,
                "Export desk confirms by phone: tomorrow. On hold for them.",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="hold",
        priority="normal",
        type="question",
        tags=("delivery", "customs", "b2b"),
        language="en",
        order_number=("BC-2026-115977"),
    ),
    Story(
        key="neighbour-unknown",
        channel="whatsapp",
        subject=('WhatsApp: parcel left with "neighbour" but which one?'),
        requester="ngozi",
        messages=(
            said(
                "ngozi",
                0,
                "Hi, the card says left with neighbour but the number is just a scribble 🤷🏾‍♀️",
                "card.jpg",
            ),
            said(
                "priya",
                9,
                "Hi Ngozi! Haha, that could be a 4 or a 9. The driver's scan says number 49, "
                "at 14:20.",
            ),
            said(
                "ngozi",
                6,
                "It WAS 49! Got it, lovely old man, he offered me tea",
            ),
            said(
                "priya",
                2,
                "Best possible ending. Have a good evening!",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="solved",
        priority="normal",
        type="question",
        tags=("delivery",),
        language="en",
        order_number=("BC-2026-118092"),
    ),
    Story(
        key="pallet-forklift",
        channel="phone",
        subject=("Call: pallet needs a tail-lift, site has no forklift"),
        requester="maeve",
        messages=(
            said(
                "priya",
                0,
                "Call with Maeve Halloran (Halloran Facilities), 6 minutes.\n\n"
                "- 1 pallet, 420 kg of LED panels for the Cork site.\n"
                "- No forklift on site: needs a vehicle with tail-lift, and a call one hour "
                "before.\n"
                "- Site opens 07:30, closed on Friday.",
            ),
            noted(
                "priya",
                6,
                "Carrier has tail-lift on Tue and Thu only. Asked Maeve by mail which she prefers.",
            ),
            said(
                "priya",
                4,
                "Hi Maeve, thanks for the call. The carrier can come with a tail-lift on "
                "Tuesday or Thursday, both from 08:00. Which is better for the site?",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="pending",
        priority="high",
        type="task",
        tags=("delivery", "b2b", "pallet"),
        language="en",
        order_number=("BC-2026-118410"),
    ),
    Story(
        key="snow-highlands",
        channel="email",
        subject=("Delivery to the Highlands, is it really 11 days?"),
        requester="eilidh",
        messages=(
            said(
                "eilidh",
                0,
                "Hiya, the checkout says 11 days to IV27. The last time it was 4. Is that a "
                "mistake or is it the snow? Not complaining, just need to know whether to "
                "keep the dog in. Eilidh",
            ),
            said(
                "priya",
                112,
                "Hi Eilidh,\n\n"
                "It's a mixture: the ferry timetable changed and the courier now goes to "
                "IV27 on Wednesdays only. If you order before Monday noon it will be with "
                "you that Wednesday, so 2 to 9 days, never 11. The checkout takes the worst "
                "case.\n\n"
                "The dog can stay out until Wednesday.\n\n"
                "Priya",
            ),
            said(
                "eilidh",
                240,
                "Ha! Ordered. Ta.",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="solved",
        priority="low",
        type="question",
        tags=("delivery", "shipping-time"),
        language="en",
        rating="good",
    ),
    Story(
        key="address-typo",
        channel="web",
        subject=("Wrong house number!! please change before it ships"),
        requester="joao_uk",
        messages=(
            said(
                "joao_uk",
                0,
                "I put 12 instead of 21 Fernleigh Road. Order BC-2026-118977, placed ten "
                "minutes ago. 12 is the house of my ex so, please",
            ),
            said(
                "priya",
                7,
                "Hi João,\n\n"
                "Changed to 21 Fernleigh Road, before it was packed. Nothing will go to "
                "number 12.\n\n"
                "Priya",
            ),
            said(
                "joao_uk",
                3,
                "Phew. Obrigado!",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="solved",
        priority="high",
        type="task",
        tags=("delivery", "address-change"),
        language="en",
        order_number=("BC-2026-118977"),
    ),
)
