"""Invoices, cancelled orders, instalments and price questions."""

from __future__ import annotations

from demo.stories.model import Story, noted, said

STORIES: tuple[Story, ...] = (
    Story(
        key="vat-number-missing",
        channel="email",
        subject=("Rechnung ohne USt-IdNr. – bitte korrigieren (BC-2026-112876)"),
        requester="kathrin",
        messages=(
            said(
                "kathrin",
                0,
                "Sehr geehrte Damen und Herren,\n\n"
                "auf der beigefügten Rechnung fehlt unsere "
                "Umsatzsteuer-Identifikationsnummer (DE 000 000 112). Ohne diese kann ich "
                "die Rechnung nicht verbuchen. Ich bitte um eine berichtigte Rechnung bis "
                "Freitag.\n\n"
                "Mit freundlichen Grüßen\n"
                "Kathrin Übelhör\n"
                "Buchhaltung, Weber Bau GmbH",
                "Rechnung-112876.pdf",
            ),
            said(
                "alice",
                95,
                "Guten Tag Frau Übelhör,\n\n"
                "anbei die berichtigte Rechnung mit Ihrer USt-IdNr. Ich habe die Nummer auch "
                "in Ihrem Firmenkonto hinterlegt, sie erscheint ab jetzt auf jeder Rechnung.\n\n"
                "Freundliche Grüße\n"
                "Alice Moreau",
                "Rechnung-112876-B.pdf",
            ),
            said(
                "kathrin",
                62,
                "Vielen Dank für die schnelle Erledigung.",
            ),
        ),
        group="Billing",
        assignee="alice",
        status="solved",
        priority="normal",
        type="task",
        tags=("billing", "invoice", "vat"),
        language="de",
        rating="good",
        order_number=("BC-2026-112876"),
    ),
    Story(
        key="cancelled-still-charged",
        channel="web",
        subject=("Cancelled within 5 minutes but still charged £412"),
        requester="hannah",
        messages=(
            said(
                "hannah",
                0,
                "I cancelled BC-2026-115602 literally five minutes after ordering because "
                "I'd picked the wrong colour. Got the cancellation email. This morning £412 "
                "has gone out of my account anyway and my rent is due tomorrow. Please can "
                "someone sort this ASAP",
            ),
            said(
                "alice",
                18,
                "Hello Hannah,\n\n"
                "I can see the cancellation came through at 19:42, but the payment was "
                "already on its way by then. I have sent the full £412.00 back just now as "
                "an instant refund, which most UK banks show within a couple of hours.\n\n"
                "If it is not there by tomorrow at nine, answer this mail and I will call "
                "your bank with you.\n\n"
                "Alice",
            ),
            said(
                "hannah",
                1140,
                "It's here. Thank you, you have no idea how relieved I am",
            ),
            said(
                "alice",
                35,
                "I am very glad. Have a calm weekend!",
            ),
        ),
        group="Billing",
        assignee="alice",
        status="solved",
        priority="high",
        type="incident",
        tags=("billing", "cancellation"),
        language="en",
        rating="good",
        rating_comment=("Money was back in two days as promised."),
        order_number=("BC-2026-115602"),
        refund_amount=("412.00"),
        product=("Aster 3-seat sofa cover set"),
    ),
    Story(
        key="price-dropped",
        channel="email",
        subject=("bought headphones yesterday, today 30 euro cheaper???"),
        requester="ethan",
        messages=(
            said(
                "ethan",
                0,
                "title says it all. yesterday 129 today 99. student here. can i get the diff",
            ),
            said(
                "alice",
                57,
                "Hello Ethan,\n\n"
                "Fair question. We match our own price for 14 days after you buy, so I have "
                "refunded €30.00 to your card.\n\n"
                "Enjoy the headphones,\n"
                "Alice",
            ),
        ),
        group="Billing",
        assignee="alice",
        status="solved",
        priority="low",
        type="question",
        tags=("price", "billing"),
        language="en",
        rating="good",
        rating_comment=("lol didnt expect that to work"),
        order_number=("BC-2026-118850"),
        refund_amount=("30.00"),
        product=("Noctua One headphones"),
    ),
    Story(
        key="invoice-split",
        channel="email",
        subject=("Una factura por hotel, no una sola para el grupo"),
        requester="lucia",
        messages=(
            said(
                "lucia",
                0,
                "Buenos días:\n\n"
                "El pedido BC-2026-116733 (240 lámparas) es para cuatro hoteles. Necesitamos "
                "una factura por hotel con su propio CIF; adjunto el reparto en el CSV.\n\n"
                "Un saludo,\n"
                "Lucía Fernández Ortega\n"
                "Compras, Grupo Sol Hoteles",
                "pedido-116733.csv",
            ),
            said(
                "alice",
                130,
                "Buenos días, Lucía:\n\n"
                "Gracias por el reparto, es muy claro. Dividir una factura ya emitida lo "
                "tiene que aprobar nuestro departamento contable; se lo he pasado hoy y "
                "suelen tardar dos o tres días. Le escribo en cuanto lo tenga.\n\n"
                "Saludos,\n"
                "Alice",
            ),
            noted(
                "alice",
                3,
                "With Finance (ask for Ines, ext. 40). On hold until they have the four "
                "credit notes.",
            ),
        ),
        group="Billing",
        assignee="alice",
        status="hold",
        priority="normal",
        type="task",
        tags=("billing", "invoice", "b2b"),
        language="es",
        order_number=("BC-2026-116733"),
    ),
    Story(
        key="instalment-failed",
        channel="email",
        subject=("Instalment 2 of 3 failed, now I have a late fee"),
        requester="kwame",
        messages=(
            said(
                "kwame",
                0,
                "Good afternoon,\n\n"
                "My second instalment for the washing machine failed because my card expired "
                "at the end of the month. I updated the card the very same day, and still "
                "you've added a £12 late fee. That doesn't feel right to me.\n\n"
                "Kwame Mensah",
            ),
            said(
                "alice",
                84,
                "Hello Kwame,\n\n"
                "I agree with you, it should not have been added: the new card was on your "
                "account before our second attempt. The fee is removed.\n\n"
                "Our system will try the instalment again on the 25th. Is that date all "
                "right, or would you like it after payday?",
            ),
        ),
        group="Billing",
        assignee="alice",
        status="pending",
        priority="normal",
        type="incident",
        tags=("billing", "instalments"),
        language="en",
        order_number=("BC-2026-103388"),
    ),
    Story(
        key="charity-receipt",
        channel="web",
        subject=('Receipt for school funds: needs "paid" on it'),
        requester="brigid_office",
        messages=(
            said(
                "brigid_office",
                0,
                "Hi, our auditor wants the word PAID and the date of payment on the invoice "
                'for the 30 beanbags. Yours only says "due on receipt". Is there such a '
                "version? Thanks a million, Nuala (school office)",
            ),
            said(
                "alice",
                71,
                "Hello Nuala,\n\n"
                'There is: attached is the receipt with the date of payment and "paid in '
                'full". You can download one for every order from the order page, under '
                "Documents.\n\n"
                "Alice",
                "receipt-110294.pdf",
            ),
            said(
                "brigid_office",
                15,
                "Deadly, thanks a million",
            ),
        ),
        group="Billing",
        assignee="alice",
        status="solved",
        priority="low",
        type="task",
        tags=("billing", "invoice", "school"),
        language="en",
        rating="good",
        order_number=("BC-2026-110294"),
    ),
)
