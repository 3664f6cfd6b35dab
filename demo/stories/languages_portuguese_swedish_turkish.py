"""Portuguese, Swedish and Turkish."""

from __future__ import annotations

from demo.stories.model import Story, noted, said

STORIES: tuple[Story, ...] = (
    Story(
        key="pt-atraso",
        channel="email",
        subject=("Encomenda parada em Madrid há 9 dias"),
        requester="joao",
        messages=(
            said(
                "joao",
                0,
                "Bom dia,\n\n"
                'A minha encomenda está "em trânsito, Madrid" há nove dias. Já teve tempo '
                "de visitar o Prado inteiro. Podem ver o que se passa?\n\n"
                "João Gonçalves",
            ),
            said(
                "priya",
                115,
                "Bom dia, João,\n\n"
                "Abri uma reclamação junto da transportadora. Se até amanhã às 12 h não se "
                "mexer, enviamos outra.\n\n"
                "Priya",
            ),
            said(
                "joao",
                1700,
                "Já passa das 12. A encomenda continua no museu.",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="open",
        priority="normal",
        type="incident",
        tags=("delivery", "tracking"),
        language="pt",
        order_number=("BC-2026-116011"),
    ),
    Story(
        key="pt-br-tomada",
        channel="email",
        subject=("A tomada funciona no Brasil?"),
        requester="thiago",
        messages=(
            said(
                "thiago",
                0,
                "Oi! Vou levar o liquidificador Vento pra minha mãe em Recife (220 V). "
                "Funciona ou pega fogo? rs\n"
                "Thiago",
            ),
            noted(
                "tom",
                120,
                "220–240 V, 50/60 Hz. OK in Recife, NOT in São Paulo (127 V). Needs a plug "
                "adapter type N.",
            ),
            said(
                "lead",
                20,
                "Oi Thiago,\n\n"
                "Em Recife funciona bem, só precisa de um adaptador tipo N. Em São Paulo "
                "(127 V) não funcionaria. Um abraço para a sua mãe!\n\n"
                "Lena",
            ),
            said(
                "thiago",
                40,
                "Valeu demais!",
            ),
        ),
        group="Products",
        assignee="lead",
        status="solved",
        priority="low",
        type="question",
        tags=("question", "voltage"),
        language="pt-BR",
        rating="good",
        product=("Vento blender"),
    ),
    Story(
        key="sv-kaffe",
        channel="email",
        subject=("Referensnummer saknas på samlingsfakturan"),
        requester="astrid",
        messages=(
            said(
                "astrid",
                0,
                "Hej,\n\n"
                "vår referens (INK-4471) saknas på samlingsfakturan, så ekonomi skickar "
                "tillbaka den. Kan ni göra en ny?\n\n"
                "Hälsningar\n"
                "Astrid Lindholm, Nordkaffe AB",
            ),
            said(
                "alice",
                58,
                "Hej Astrid,\n\n"
                "Ny faktura bifogas, med referensen överst. Jag har sparat den på ert konto.\n\n"
                "Alice",
                "samlingsfaktura.pdf",
            ),
            said(
                "astrid",
                30,
                "Tack, snabbt jobbat!",
            ),
        ),
        group="Billing",
        assignee="alice",
        status="solved",
        priority="normal",
        type="question",
        tags=("billing", "invoice", "b2b"),
        language="sv",
        rating="good",
    ),
    Story(
        key="sv-snö",
        channel="email",
        subject=("Paketet ligger i snön"),
        requester="gustav",
        messages=(
            said(
                "gustav",
                0,
                "Hej! Budet ställde paketet bredvid brevlådan och sedan kom plogbilen. Jag "
                "har grävt men hittar bara hälften av grannens hund (den levande hälften, "
                "han hjälper till). Vad gör vi?\n"
                "/Gustav Ågren",
                "sno.jpg",
            ),
            said(
                "priya",
                66,
                "Hej Gustav,\n\n"
                "Sluta gräva! Vi skickar ett nytt paket. Ska det till dörren, eller hellre "
                "till ett ombud den här gången?\n\n"
                "Priya",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="pending",
        priority="normal",
        type="question",
        tags=("delivery",),
        language="sv",
        order_number=("BC-2026-118277"),
    ),
    Story(
        key="tr-iade",
        channel="email",
        subject=("İade kargo kodu çalışmıyor"),
        requester="elif",
        messages=(
            said(
                "elif",
                0,
                "Merhaba,\n\n"
                "İade için verdiğiniz kargo kodunu şube kabul etmiyor, “kod geçersiz” "
                "diyorlar. Ekran görüntüsü ekte. Ne yapmalıyım?\n\n"
                "Teşekkürler\n"
                "Elif Yıldırım",
                "ekran.png",
            ),
            said(
                "bob",
                170,
                "Merhaba Elif Hanım,\n\n"
                "Kodun süresi dolmuş, özür dileriz. Yeni kod: IADE-77120, 14 gün geçerli.\n\n"
                "Bob",
            ),
            said(
                "elif",
                1300,
                "Yeni kodla da olmadı, şube bu sefer “ülke desteklenmiyor” dedi...",
            ),
        ),
        group="Support",
        assignee="bob",
        status="open",
        priority="normal",
        type="question",
        tags=("returns", "label"),
        language="tr",
        order_number=("BC-2026-115844"),
    ),
    Story(
        key="tr-x",
        channel="x",
        subject=("@brightcart Türkiye'ye kargo var mı?"),
        requester="emre",
        messages=(
            said(
                "emre",
                0,
                "@brightcart Türkiye'ye kargo var mı yoksa hâlâ kuzenime mi rica edeceğim",
            ),
            said(
                "bob",
                45,
                "@emrecaglar Var! 5–8 iş günü, 60 €’dan sonra ücretsiz. Kuzeninize selamlar. ^BO",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="low",
        type="question",
        tags=("question", "shipping", "social"),
        language="tr",
    ),
)
