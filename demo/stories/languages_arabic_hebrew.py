"""Arabic and Hebrew, written from right to left."""

from __future__ import annotations

from demo.stories.model import Story, said

STORIES: tuple[Story, ...] = (
    Story(
        key="ar-address",
        channel="email",
        subject=("طلب تغيير عنوان التوصيل"),
        requester="layla",
        messages=(
            said(
                "layla",
                0,
                "مرحباً،\n\n"
                "أرجو تغيير عنوان التوصيل قبل يوم الخميس، فقد انتقلت إلى شقة جديدة. رقم "
                "الطلب BC-2026-118755.\n\n"
                "العنوان الجديد: Lindenstraße 14, 10969 Berlin\n\n"
                "شكراً جزيلاً\n"
                "ليلى حداد",
            ),
            said(
                "priya",
                70,
                "مرحباً ليلى،\n\n"
                "تم تغيير العنوان إلى Lindenstraße 14. سيصل الطلب يوم الأربعاء بين الساعة 10 "
                "و14.\n\n"
                "مع التحية،\n"
                "Priya",
            ),
            said(
                "layla",
                380,
                "شكراً! هل يمكن أن يتصل السائق قبل الوصول؟ الجرس لا يعمل.",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="open",
        priority="normal",
        type="task",
        tags=("delivery", "address-change"),
        language="ar",
        order_number=("BC-2026-118755"),
    ),
    Story(
        key="ar-refund",
        channel="whatsapp",
        subject=("واتساب: متى يصل المبلغ؟"),
        requester="omar",
        messages=(
            said(
                "omar",
                0,
                "السلام عليكم، أعدت الخلاط قبل أسبوع ولم يصل المبلغ (64 يورو)",
            ),
            said(
                "alice",
                22,
                "وعليكم السلام عمر، استلمنا الخلاط أمس وأرسلت المبلغ اليوم. يظهر في حسابك "
                "خلال يومين.",
            ),
            said(
                "omar",
                3,
                "الله يعطيكم العافية 🌷",
            ),
        ),
        group="Billing",
        assignee="alice",
        status="solved",
        priority="normal",
        type="question",
        tags=("refund",),
        language="ar",
        rating="good",
        rating_comment=("خدمة ممتازة"),
        order_number=("BC-2026-113566"),
        refund_amount=("64.00"),
    ),
    Story(
        key="ar-damaged",
        channel="email",
        subject=("وصل الطقم وفيه كأس مكسور"),
        requester="yusuf",
        messages=(
            said(
                "yusuf",
                0,
                "السلام عليكم،\n\n"
                "وصل طقم كؤوس الشاي وفيه كأس واحد مكسور من أصل ستة. الصورة مرفقة. أحتاج "
                "إليها قبل العيد.\n\n"
                "يوسف بن سعيد",
                "glass.jpg",
            ),
            said(
                "bob",
                95,
                "وعليكم السلام يوسف،\n\n"
                "نأسف لذلك. هل تفضل أن نرسل طقماً جديداً كاملاً أم نعيد لك ثمن الكأس؟\n\n"
                "Bob",
            ),
        ),
        group="Support",
        assignee="bob",
        status="pending",
        priority="normal",
        type="incident",
        tags=("damage",),
        language="ar",
        order_number=("BC-2026-117190"),
        product=("Medina tea glasses, set of 6"),
    ),
    Story(
        key="he-oven",
        channel="email",
        subject=("התנור לא מתחמם מעל 150 מעלות"),
        requester="noa",
        messages=(
            said(
                "noa",
                0,
                "שלום,\n\n"
                "התנור Isbre שקניתי לפני חודש לא מתחמם מעל 150 מעלות, ויש אורחים בשבת. מה "
                "אפשר לעשות?\n\n"
                "תודה,\n"
                "נועה לוי",
            ),
            said(
                "bob",
                110,
                "שלום נועה,\n\n"
                "נראה שמצב ECO פעיל. לחצו על הכפתור ECO במשך 5 שניות עד שהנורה הירוקה כבה, "
                "והתנור יגיע ל-250 מעלות.\n\n"
                "שבת שלום,\n"
                "Bob",
            ),
            said(
                "noa",
                55,
                "עובד! שבת שלום 🙂",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="normal",
        type="question",
        tags=("technical", "oven"),
        language="he",
        rating="good",
        rating_comment=("תודה רבה, עזר מאוד!"),
        product=("Isbre oven"),
    ),
    Story(
        key="he-wrong-colour",
        channel="web",
        subject=("הזמנתי שחור, קיבלתי ורוד (BC-2026-118020)"),
        requester="avi",
        messages=(
            said(
                "avi",
                0,
                "הזמנתי כיסא משרדי שחור וקיבלתי כיסא ורוד. הבת שלי מרוצה, אני פחות. אפשר להחליף?",
                "pink.jpg",
            ),
            said(
                "priya",
                140,
                "שלום אבי,\n\n"
                "אפשר, כמובן. כיסא שחור יישלח השבוע. את הוורוד אפשר להחזיר, או להשאיר אצל "
                "הבת בחצי מחיר.",
            ),
            said(
                "avi",
                900,
                "היא מסכימה לחצי מחיר. מתי מגיע השחור?",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="open",
        priority="normal",
        type="incident",
        tags=("delivery", "wrong-item"),
        language="he",
        order_number=("BC-2026-118020"),
    ),
)
