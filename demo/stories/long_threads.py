"""Long conversations: a dozen messages and more."""

from __future__ import annotations

from demo.stories.model import Story, noted, said

STORIES: tuple[Story, ...] = (
    Story(
        key="hotel-rollout",
        channel="email",
        subject=("Hotel Aurora: delivery plan for 64 rooms (3 phases)"),
        requester="chiara",
        messages=(
            said(
                "chiara",
                0,
                "Dear Priya,\n\n"
                "As discussed with Matteo (in cc), the plan for the three phases is "
                "attached. Phase 1 is rooms 101–122. The goods entrance is via Via dei "
                "Mulini, not the front!\n\n"
                "Chiara Lombardi",
                "room-plan.pdf",
                "rooms.csv",
                cc=("direzione@hotel-aurora.example",),
            ),
            said(
                "priya",
                95,
                "Dear Chiara,\n\n"
                "Thank you, this is a very clear plan. Phase 1 fits on two lorries. May I "
                "book Tuesday and Wednesday next week, 7:00 to 9:00?",
            ),
            said(
                "chiara",
                240,
                "Tuesday yes. Wednesday there is the market and the street is closed. Thursday?",
            ),
            said(
                "priya",
                30,
                "Thursday it is. Could you tell me the height of the goods entrance? Our "
                "lorry is 3.4 m.",
            ),
            said(
                "cc:direzione@hotel-aurora.example",
                900,
                "3,2 metri. Matteo",
            ),
            noted(
                "priya",
                20,
                "So no big lorry. Two small vans each day instead, carrier adds €180. We "
                'take it, contract says "free to the door".',
            ),
            said(
                "priya",
                25,
                "Good that I asked. We come with smaller vans then: two on Tuesday, two on "
                "Thursday. Nothing changes for you in price.",
            ),
            said(
                "chiara",
                180,
                "Perfect. Our porter is Gino, he speaks Italian and a little football.",
            ),
            said(
                "priya",
                8600,
                "Dear Chiara,\n\n"
                "Phase 1: all 22 rooms are delivered and signed for by Gino. Two lampshades "
                "were dented, and new ones come with phase 2.\n\n"
                "How was it for you?",
            ),
            said(
                "chiara",
                1300,
                "Very good. Gino says your drivers support the wrong team but carry well. "
                "Signed note attached.",
                "signed-note.jpg",
            ),
            noted(
                "lead",
                60,
                "Nice work @Priya. They are the reference customer for hotels now, Amira "
                "wants to ask for a quote later. Not yet.",
            ),
            said(
                "priya",
                500,
                "Thank you both! For phase 2 (rooms 201–224): same days, same vans?",
            ),
            said(
                "chiara",
                700,
                "Same days. But room 214 is now a store room, so 23 rooms. Please take 1 "
                "desk, 1 chair, 2 lamps off.",
            ),
            said(
                "priya",
                160,
                "Done, the new list is attached and the invoice is lower by €412.",
                "phase-2.pdf",
            ),
            said(
                "chiara",
                1500,
                "Thank you. One problem: the desks of phase 2 on the list are oak, but phase "
                "1 was walnut. It must be walnut everywhere.",
            ),
            noted(
                "priya",
                30,
                "My mistake in the list? No: walnut is sold out until the 9th, the system "
                "swapped it silently!! @Tom",
            ),
            noted(
                "tom",
                90,
                "31 walnut desks in the Lyon warehouse, reserved for a fair that was "
                "cancelled. Take them.",
            ),
            said(
                "priya",
                40,
                "You are right, and thank you for reading so carefully: the system had "
                "swapped it. I found 31 walnut desks in Lyon and reserved all 23 for you. "
                "Delivery stays on Tuesday and Thursday.",
            ),
            said(
                "chiara",
                650,
                "Fantastic. Then only phase 3 is open. Can we move it forward a week? The "
                "painters are quicker than planned. This is Italy, I have never written such "
                "a sentence before.",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="open",
        priority="high",
        type="task",
        tags=("delivery", "b2b", "project", "vip"),
        language="en",
        order_number=("BC-2026-109000"),
        ccs=("direzione@hotel-aurora.example",),
    ),
    Story(
        key="chat-long-voucher",
        channel="chat",
        subject=("Chat: cannot apply my voucher"),
        requester="visitor_lyon",
        messages=(
            said(
                "visitor_lyon",
                0,
                "Hello",
            ),
            said(
                "visitor_lyon",
                0.4,
                "It says expired but it's from yesterday",
            ),
            said(
                "bob",
                1,
                "Hi there! Could you paste the voucher code here?",
            ),
            said(
                "visitor_lyon",
                0.6,
                "AUTUMN-7F3K",
            ),
            said(
                "bob",
                1.2,
                "Thank you. It's valid until Sunday, so \"expired\" is odd. What's in your cart?",
            ),
            said(
                "visitor_lyon",
                0.5,
                "A rug, two cushions and the duck",
            ),
            said(
                "bob",
                0.8,
                "The duck?",
            ),
            said(
                "visitor_lyon",
                0.3,
                "The lamp that is a duck",
            ),
            said(
                "bob",
                1.5,
                "Ah, the Ente lamp. That is it: it's in the outlet, and vouchers can't be "
                "used on outlet items. The message is simply wrong.",
            ),
            said(
                "visitor_lyon",
                0.6,
                "So without the duck it works",
            ),
            said(
                "bob",
                0.3,
                "Yes.",
            ),
            said(
                "visitor_lyon",
                0.5,
                "But I want the duck 🦆",
            ),
            said(
                "bob",
                0.9,
                "Then two orders: first the rug and cushions with the voucher, then the "
                "duck. I'll take the second delivery fee off.",
            ),
            said(
                "visitor_lyon",
                2.5,
                "First one worked!!",
            ),
            said(
                "bob",
                0.5,
                "Great. And now the duck, with the code FREIGHT-0 for the delivery.",
            ),
            said(
                "visitor_lyon",
                1.8,
                'It says "expired"',
            ),
        ),
        group="Support",
        assignee="bob",
        status="open",
        priority="normal",
        type="question",
        tags=("voucher", "chat"),
        language="en",
    ),
)
