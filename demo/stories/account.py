"""Accounts, sign-in, personal data and privacy."""

from __future__ import annotations

from demo.stories.model import Story, noted, said

STORIES: tuple[Story, ...] = (
    Story(
        key="gdpr-export",
        channel="email",
        subject=("Export of our order history (GDPR)"),
        requester="fjord_legal",
        messages=(
            said(
                "fjord_legal",
                0,
                "Dear Sir or Madam,\n\n"
                "Under Article 15 of the General Data Protection Regulation we request a "
                "copy of all personal data you hold on the persons listed in the enclosed "
                "authorisation, together with the order history of the company since 2019.\n\n"
                "We expect your answer within one month.\n\n"
                "Yours faithfully,\n"
                "Legal Department, Fjord & Sons",
                "authorisation.pdf",
            ),
            said(
                "alice",
                190,
                "Dear colleagues,\n\n"
                "Thank you, your authorisation is complete. Our data protection officer "
                "prepares the export; you will receive it well within the month, as an "
                "encrypted file. I will send you the password by another route.\n\n"
                "Kind regards\n"
                "Alice Moreau",
            ),
            noted(
                "alice",
                4,
                "With the DPO. Legal deadline is 30 days from the first message. On hold "
                "until the export is there.",
            ),
        ),
        group="Support",
        assignee="alice",
        status="hold",
        priority="normal",
        type="task",
        tags=("privacy", "gdpr"),
        language="en",
    ),
    Story(
        key="carol-two-accounts",
        channel="email",
        subject=("I seem to exist twice"),
        requester="carol",
        messages=(
            said(
                "carol",
                0,
                "Hello,\n\n"
                "When I sign in with my email I see some of my orders, and when I sign in "
                "with my phone I see the others. Can the two of me be put together?\n\n"
                "Carol",
            ),
            said(
                "bob",
                51,
                "Hi Carol,\n\n"
                "They can. Before I join them I need to be sure both are you: please answer "
                "with the last four digits of the phone number and the street of the first "
                "order.\n\n"
                "Bob",
            ),
            said(
                "carol",
                33,
                "0134, and Mill Lane.",
            ),
            said(
                "bob",
                12,
                "Joined. You have 23 orders, one wish list and one of you.",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="low",
        type="task",
        tags=("account", "merge"),
        language="en",
        rating="good",
        rating_comment=("Now there is only one of me, thank goodness."),
    ),
    Story(
        key="password-loop",
        channel="email",
        subject=("Password reset mail goes round in circles"),
        requester="lukasz",
        messages=(
            said(
                "lukasz",
                0,
                'Hi, reset link -> "expired". New link -> "expired". I\'m clicking within '
                "10 seconds. My company mail scanner?\n\n"
                "Łukasz",
            ),
            said(
                "bob",
                38,
                "Hi Łukasz,\n\n"
                "Good guess: the scanner opens the link first and uses it up. I've switched "
                "your account to a six-digit code in place of the link; it's in your inbox "
                "now.",
            ),
            said(
                "lukasz",
                6,
                "Code works. Dziękuję!",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="normal",
        type="incident",
        tags=("login", "password"),
        language="en",
        rating="good",
    ),
    Story(
        key="hacked-orders",
        channel="email",
        subject=("Alguém entrou na minha conta e fez 3 encomendas!!!"),
        requester="beatriz",
        messages=(
            said(
                "beatriz",
                0,
                "Boa noite,\n\n"
                "Alguém entrou na minha conta e encomendou três telemóveis para uma morada "
                "em Vigo que não conheço. Já mudei a palavra-passe. Por favor bloqueiem "
                "tudo!!!\n\n"
                "Beatriz Conceição da Silva",
                "encomendas.png",
            ),
            said(
                "bob",
                14,
                "Boa noite Beatriz,\n\n"
                "As três encomendas estão bloqueadas e nenhuma saiu do armazém. Fechei "
                "também todas as sessões abertas na sua conta. O dinheiro volta ao cartão em "
                "2 a 3 dias.\n\n"
                "Por favor, mude também a palavra-passe do seu e-mail, se for a mesma.",
            ),
            noted(
                "bob",
                3,
                "Sign-in from an unknown device 02:11, same password as in a public leak. "
                "Reported to @Amira. Address in Vigo is on the blocklist now.",
            ),
            said(
                "beatriz",
                700,
                "Obrigada. Era a mesma, sim. Mas ainda me aparecem 2 pagamentos no banco...",
            ),
        ),
        group="Support",
        assignee="bob",
        status="open",
        priority="urgent",
        type="incident",
        tags=("security", "account-takeover"),
        language="pt",
        order_number=("BC-2026-118960"),
    ),
    Story(
        key="delete-me",
        channel="web",
        subject=("Bitte löschen Sie mein Konto"),
        requester="thorsten",
        messages=(
            said(
                "thorsten",
                0,
                "Löschen Sie mein Konto und alle Daten. Vollständig. Danke.",
            ),
            said(
                "alice",
                44,
                "Guten Tag Herr Meyer,\n\n"
                "Ihr Konto ist gelöscht. Rechnungen müssen wir zehn Jahre aufbewahren, sie "
                "sind für uns aber nicht mehr mit Werbung oder einem Konto verknüpft.\n\n"
                "Möchten Sie uns sagen, warum Sie gehen? Sie müssen nicht.\n\n"
                "Alice Moreau",
            ),
            said(
                "thorsten",
                20,
                "Nein.",
            ),
        ),
        group="Support",
        assignee="alice",
        status="solved",
        priority="normal",
        type="task",
        tags=("privacy", "deletion"),
        language="de",
        rating="bad",
        rating_comment=("Warum fragt man mich noch nach dem Grund?"),
    ),
)
