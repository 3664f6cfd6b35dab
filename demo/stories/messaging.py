"""WhatsApp, Telegram, Messenger, Instagram, text messages, chat and telephone."""

from __future__ import annotations

from demo.stories.model import Story, noted, said

STORIES: tuple[Story, ...] = (
    Story(
        key="wa-photo-assembly",
        channel="whatsapp",
        subject=("WhatsApp: is dit goed om zo te monteren?"),
        requester="lotte",
        messages=(
            said(
                "lotte",
                0,
                "is dit goed zo?? er zijn 3 schroeven over",
                "kast.jpg",
            ),
            said(
                "lead",
                9,
                "Hoi Lotte! Bijna: de achterwand zit andersom. De 3 schroeven zijn reserve, "
                "die mogen overblijven.",
            ),
            said(
                "lotte",
                55,
                "zo?",
                "kast-2.jpg",
            ),
            said(
                "lead",
                4,
                "Perfect! 👏",
            ),
        ),
        group="Products",
        assignee="lead",
        status="solved",
        priority="low",
        type="question",
        tags=("assembly",),
        language="nl",
        rating="good",
        product=("Fjell bookcase"),
    ),
    Story(
        key="wa-urgent-baby",
        channel="whatsapp",
        subject=("WhatsApp: cot still not here, baby due Sunday"),
        requester="tariq",
        messages=(
            said(
                "tariq",
                0,
                "cot was due Monday. baby is due Sunday. wife is asking me every 20 min",
            ),
            said(
                "priya",
                5,
                "Hi Tariq! Tell her it's in the depot in Luton, I'm looking at it on the "
                "screen. I'm putting it on the van for tomorrow, 8–10.",
            ),
            said(
                "tariq",
                2,
                "she says she'll believe it when she sees it",
            ),
            said(
                "priya",
                1,
                "She's right.",
            ),
            said(
                "tariq",
                1000,
                "SHE HAS SEEN IT",
            ),
            said(
                "priya",
                4,
                "Wonderful. All the best for Sunday!",
            ),
            said(
                "tariq",
                5600,
                "a girl 🙂",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="solved",
        priority="urgent",
        type="question",
        tags=("delivery", "urgent"),
        language="en",
        rating="good",
        rating_comment=("Family of four now. Thank you Priya."),
        order_number=("BC-2026-116902"),
        product=("Luna cot"),
    ),
    Story(
        key="chat-deaf-video",
        channel="chat",
        subject=("Chat: I can't phone, I'm deaf. Engineer wants to call?"),
        requester="hannah",
        messages=(
            said(
                "hannah",
                0,
                "Hi. The engineer's letter says he'll phone before he comes. I'm deaf. Can "
                "he text?",
            ),
            said(
                "bob",
                1.5,
                'Hi Hannah, of course. I\'ve put "text only, do not call" on the visit and '
                "on your account, for every engineer.",
            ),
            said(
                "hannah",
                0.6,
                "Will he also ring the bell? I have a flashing one, so that is fine",
            ),
            said(
                "bob",
                1,
                "Yes, I've noted that the bell is good. He'll text about 30 minutes before.",
            ),
            said(
                "hannah",
                0.5,
                "Thanks. First time nobody asked me for a phone number anyway",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="normal",
        type="question",
        tags=("accessibility", "service-visit"),
        language="en",
        rating="good",
        rating_comment=("Thank you for not making it a thing"),
    ),
    Story(
        key="chat-abandoned",
        channel="chat",
        subject=("Chat: hello?"),
        requester="visitor_leeds",
        messages=(
            said(
                "visitor_leeds",
                0,
                "hello?",
            ),
            said(
                "lead",
                0.6,
                "Hello! What can I do for you?",
            ),
        ),
        group="Products",
        assignee="lead",
        status="pending",
        priority="low",
        type="question",
        tags=("chat",),
        language="en",
    ),
    Story(
        key="phone-complaint-log",
        channel="phone",
        subject=("Call: parcel left in the rain, paper wet, wants a call back"),
        requester="margaret",
        messages=(
            said(
                "priya",
                0,
                "Call with Margaret Ashby, 7 minutes.\n\n"
                "- Parcel (stationery set) was left on the doorstep in the rain, contents "
                "wet.\n"
                "- She does not want money, she wants the same set in time for her Christmas "
                "letters.\n"
                "- Promised: new set, and a call back to say when it comes.",
            ),
            noted(
                "priya",
                3,
                "Set is in stock in Leeds. Ordered. Call back still to do, after 10, she "
                "walks the cat (yes).",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="open",
        priority="normal",
        type="task",
        tags=("delivery", "callback"),
        language="en",
        order_number=("BC-2026-117888"),
    ),
    Story(
        key="tg-bot-human",
        channel="telegram",
        subject=("Telegram: bin ich hier bei einem Bot?"),
        requester="mehmet_de",
        messages=(
            said(
                "mehmet_de",
                0,
                "bin ich hier bei einem bot?",
            ),
            said(
                "bob",
                2,
                "Nein, hier ist Bob. Ich habe gerade Kaffee verschüttet, ein Bot hätte das "
                "nicht geschafft.",
            ),
            said(
                "mehmet_de",
                1,
                "😂 ok. wann ist black friday bei euch",
            ),
            said(
                "bob",
                2,
                "Ab Donnerstag 20 Uhr, für Konten mit Merkliste eine Stunde früher.",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="low",
        type="question",
        tags=("other",),
        language="de",
    ),
    Story(
        key="sms-driver-gate",
        channel="sms",
        subject="Driver is at the wrong gate",
        requester="george",
        messages=(
            said("george", 0, "Your driver is at the wrong gate. Gate C not A. G Papworth"),
            said("priya", 4, "Thank you Mr Papworth, I have rung him: he turns round now."),
            said("george", 6, "He waved. Thank you"),
            said("priya", 2, "Glad to hear it. The table needs two people to carry, he has help."),
        ),
        group="Delivery",
        assignee="priya",
        status="solved",
        priority="high",
        type="task",
        tags=("delivery",),
    ),
    Story(
        key="sms-pickup-code",
        channel="sms",
        subject="pickup code gone",
        requester="margaret",
        messages=(
            said("margaret", 0, "pickup code gone. deleted it. shop closes at 6. M Ashby"),
            said("bob", 3, "Hello Mrs Ashby, the code is on its way to this phone again."),
            said("margaret", 9, "not yet. standing in front of the machine"),
        ),
        group="Support",
        assignee="bob",
        status="open",
        priority="high",
        type="question",
        tags=("pickup",),
    ),
    Story(
        key="messenger-lamp-shade",
        channel="messenger",
        subject="does the shade come off for washing?",
        requester="amelia",
        messages=(
            said(
                "amelia", 0, "does the shade come off for washing? the cat had opinions", "lamp.jpg"
            ),
            said(
                "alice",
                7,
                "It does: turn the ring at the top to the left. 30 degrees, no spinning.",
            ),
            said("amelia", 3, "you saved a cat today 🐈"),
        ),
        group="Products",
        assignee="lead",
        status="solved",
        priority="low",
        type="question",
        tags=("care",),
        rating="good",
    ),
    Story(
        key="instagram-delivery-date",
        channel="instagram",
        subject="hi, is the green armchair coming before christmas?",
        requester="zoe",
        messages=(
            said(
                "zoe",
                0,
                "hi, is the green armchair coming before christmas? ordered it twice by "
                "accident btw",
            ),
            said(
                "bob",
                15,
                "Hi Zoe! The first one leaves us on Thursday. Shall I cancel the second?",
            ),
            said("zoe", 4, "yes please!! one green armchair is enough for one flat"),
        ),
        group="Support",
        assignee="bob",
        status="open",
        priority="normal",
        type="question",
        tags=("delivery", "orders"),
    ),
)
