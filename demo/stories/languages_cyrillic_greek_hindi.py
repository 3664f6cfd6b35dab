"""Russian, Ukrainian, Greek, Hindi and mixed directions."""

from __future__ import annotations

from demo.stories.model import Story, noted, said

STORIES: tuple[Story, ...] = (
    Story(
        key="ru-washing",
        channel="email",
        subject=("Стиральная машина прыгает при отжиме"),
        requester="dmitri",
        messages=(
            said(
                "dmitri",
                0,
                "Добрый день.\n\n"
                "Новая стиральная машина при отжиме прыгает по ванной, как лошадь. Стоит "
                "ровно, проверил уровнем. Что делать?\n\n"
                "Д. Соколов",
            ),
            said(
                "bob",
                70,
                "Добрый день, господин Соколов!\n\n"
                "Пожалуйста, проверьте, сняты ли сзади четыре транспортировочных болта. С "
                "ними машина именно так и делает.\n\n"
                "Bob",
            ),
            said(
                "dmitri",
                35,
                "Болты на месте. Были. Спасибо.",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="normal",
        type="question",
        tags=("technical", "washing"),
        language="ru",
        rating="good",
        rating_comment=("Болты, кто бы мог подумать"),
        product=("Isbre washing machine"),
    ),
    Story(
        key="ru-telegram",
        channel="telegram",
        subject=("Telegram: где мой курьер?"),
        requester="anastasia",
        messages=(
            said(
                "anastasia",
                0,
                "здравствуйте, курьер должен был быть до 12, уже 12:40",
            ),
            said(
                "bob",
                6,
                "Здравствуйте, Анастасия! Он в двух остановках от вас, пробка на мосту. "
                "Примерно через 20 минут.",
            ),
            said(
                "anastasia",
                24,
                "приехал 🙂 спасибо",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="low",
        type="question",
        tags=("delivery",),
        language="ru",
    ),
    Story(
        key="uk-gift",
        channel="telegram",
        subject=("Telegram: чи можна додати листівку до подарунка?"),
        requester="taras",
        messages=(
            said(
                "taras",
                0,
                "доброго дня! можна додати листівку до подарунка для мами?",
            ),
            said(
                "bob",
                14,
                "Доброго дня, Тарасе! Так, до 200 знаків. Напишіть текст сюди.",
            ),
            said(
                "taras",
                160,
                "«Мамо, нехай у хаті завжди буде тепло. Твій Тарас». і без ціни в коробці "
                "будь ласка",
            ),
        ),
        group="Support",
        assignee="bob",
        status="open",
        priority="low",
        type="question",
        tags=("question", "gift"),
        language="uk",
        order_number=("BC-2026-119210"),
    ),
    Story(
        key="el-heater",
        channel="email",
        subject=("Παράδοση σε νησί (Αμοργός)"),
        requester="eleni",
        messages=(
            said(
                "eleni",
                0,
                "Καλησπέρα σας,\n\n"
                "θα ήθελα να μάθω αν παραδίδετε στην Αμοργό και πόσες μέρες χρειάζονται. Το "
                "πλοίο έρχεται Τρίτη και Παρασκευή.\n\n"
                "Ευχαριστώ\n"
                "Ελένη Παπαδοπούλου",
            ),
            said(
                "priya",
                150,
                "Καλησπέρα κυρία Παπαδοπούλου,\n\n"
                "παραδίδουμε και στην Αμοργό, σε 5 έως 7 ημέρες. Αν παραγγείλετε έως αύριο "
                "το μεσημέρι, προλαβαίνουμε το πλοίο της Παρασκευής.\n\n"
                "Priya",
            ),
            said(
                "eleni",
                35,
                "Τέλεια, παρήγγειλα!",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="solved",
        priority="normal",
        type="question",
        tags=("delivery", "shipping-time"),
        language="el",
        rating="good",
        product=("Varm heater"),
    ),
    Story(
        key="el-charge",
        channel="email",
        subject=("Χρέωση 19,90 € που δεν αναγνωρίζω"),
        requester="nikos",
        messages=(
            said(
                "nikos",
                0,
                "Γεια σας, στον λογαριασμό μου υπάρχει χρέωση 19,90 € από εσάς στις 7 του "
                "μήνα, αλλά δεν έχω παραγγείλει τίποτα. Τι είναι;\n\n"
                "Νίκος Γεωργίου",
            ),
            said(
                "alice",
                140,
                "Γεια σας κύριε Γεωργίου,\n\n"
                "η χρέωση ανήκει σε παραγγελία με άλλο e-mail αλλά με την ίδια κάρτα. Μήπως "
                "παρήγγειλε κάποιος στο σπίτι σας;",
            ),
            said(
                "nikos",
                1900,
                "Ρώτησα, όχι. Θέλω να ακυρωθεί παρακαλώ.",
            ),
        ),
        group="Billing",
        assignee="alice",
        status="open",
        priority="normal",
        type="incident",
        tags=("billing",),
        language="el",
        refund_amount=("19.90"),
    ),
    Story(
        key="hi-pressure-cooker",
        channel="email",
        subject=("प्रेशर कुकर की सीटी नहीं बजती"),
        requester="priyanka",
        messages=(
            said(
                "priyanka",
                0,
                "नमस्ते,\n\n"
                "नया प्रेशर कुकर सीटी नहीं बजाता, बस भाप निकलती रहती है। दाल कच्ची रह जाती "
                "है। क्या यह खराब है?\n\n"
                "प्रियंका शर्मा",
            ),
            noted(
                "tom",
                130,
                "Gasket upside down in 9 of 10 cases: the lip must point down.",
            ),
            said(
                "lead",
                25,
                "नमस्ते प्रियंका जी,\n\n"
                "कृपया ढक्कन की रबर को उलटकर लगाइए, पतला किनारा नीचे की ओर होना चाहिए। अगर "
                "फिर भी सीटी न बजे, तो हम नया ढक्कन भेज देंगे।\n\n"
                "Lena",
            ),
            said(
                "priyanka",
                200,
                "हो गया! तीन सीटी और दाल तैयार। धन्यवाद!",
            ),
        ),
        group="Products",
        assignee="lead",
        status="solved",
        priority="normal",
        type="question",
        tags=("technical", "kitchen"),
        language="hi",
        rating="good",
        rating_comment=("बहुत अच्छी मदद"),
        product=("Bhapa pressure cooker"),
    ),
    Story(
        key="hi-diwali",
        channel="whatsapp",
        subject=("WhatsApp: दिवाली के दीये कब आएँगे?"),
        requester="arjun",
        messages=(
            said(
                "arjun",
                0,
                "नमस्ते, मेरे दीयों का पार्सल अभी तक नहीं आया। त्योहार से पहले मिलेगा क्या?",
            ),
            said(
                "priya",
                18,
                "नमस्ते अर्जुन जी! पार्सल आज शहर में पहुँच गया है। कल सुबह 9 से 12 के बीच घर पर कोई रहेगा?",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="pending",
        priority="high",
        type="question",
        tags=("delivery", "express"),
        language="hi",
        order_number=("BC-2026-118360"),
    ),
    Story(
        key="mixed-bidi",
        channel="email",
        subject=("مشكلة مع Wi-Fi في جهاز Glim (firmware 2.1.9)"),
        requester="yusuf",
        messages=(
            said(
                "yusuf",
                0,
                'مرحباً، جهاز Glim لا يتصل بشبكة "Livebox-7F2A" منذ تحديث firmware 2.1.9. '
                "الرسالة: ERR_ASSOC (-3). ما الحل؟",
            ),
            said(
                "bob",
                160,
                "مرحباً يوسف،\n\n"
                "افتح http://192.168.1.1 وغيّر الأمان إلى WPA2/WPA3 ثم أعد تشغيل الجهاز "
                "بالضغط 8 ثوانٍ.\n\n"
                "Bob",
            ),
            said(
                "yusuf",
                200,
                "نجح الأمر، شكراً!",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="low",
        type="question",
        tags=("technical", "wifi"),
        language="ar",
        product=("Glim smart plug"),
    ),
)
