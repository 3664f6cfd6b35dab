"""Disputes about money, gift cards and unwanted subscriptions."""

from __future__ import annotations

from demo.stories.model import Story, noted, said

STORIES: tuple[Story, ...] = (
    Story(
        key="chargeback-warning",
        channel="email",
        subject=("FINAL WARNING before chargeback and trading standards"),
        requester="peter",
        messages=(
            said(
                "peter",
                0,
                "I have now spoken with FOUR different people about BC-2026-101923. Four. "
                "Each has told me something different. I returned a faulty £674.50 coffee "
                "machine on your own courier and you now have both the machine and my money.\n\n"
                "You have until 17:00 on Friday. After that it is a chargeback, Trading "
                "Standards and every review site I can find.\n\n"
                "P. Vance",
            ),
            noted(
                "bob",
                12,
                "I was nr 3, sorry. I was told by the warehouse that it hadn't arrived. It "
                "HAD, under the wrong return number (swapped with another customer's "
                "toaster). @Lena can you take this one?",
            ),
            said(
                "lead",
                41,
                "Dear Mr Vance,\n\n"
                "My name is Lena Brandt and I lead customer care. I have read all four "
                "conversations. Here is what happened, without excuses: your machine arrived "
                "on the 4th, was booked under another customer's return number, and my "
                "colleagues looked only at yours.\n\n"
                "- The full £674.50 was sent to your card today at 11:20.\n"
                "- It arrives by Thursday.\n"
                "- You need to do nothing, and you will not be asked for any more proof.\n\n"
                "Should anything go wrong again, answer this mail: it comes to me.\n\n"
                "Lena Brandt",
                html=(
                    "<p>Dear Mr Vance,</p><p>My name is Lena Brandt and I lead customer "
                    "care. I have read all four conversations. Here is what happened, "
                    "without excuses: your machine arrived on the 4th, was booked under "
                    "another customer's return number, and my colleagues looked only at "
                    "yours.</p><ul><li>The full <strong>£674.50</strong> was sent to your "
                    "card today at 11:20.</li><li>It arrives by "
                    "<strong>Thursday</strong>.</li><li>You need to do nothing, and you will "
                    "not be asked for any more proof.</li></ul><p>Should anything go wrong "
                    "again, answer this mail: it comes to me.</p><p>Lena Brandt</p>"
                ),
            ),
            said(
                "peter",
                2900,
                "Received. I appreciate that somebody finally read what I wrote.",
            ),
        ),
        group="Billing",
        assignee="lead",
        status="solved",
        priority="urgent",
        type="incident",
        tags=("billing", "refund", "escalation", "angry"),
        language="en",
        rating="bad",
        rating_comment=(
            "Four people, three weeks. The last one was good. The first three should be ashamed."
        ),
        order_number=("BC-2026-101923"),
        refund_amount=("674.50"),
        product=("Corvo espresso machine"),
    ),
    Story(
        key="gift-card-balance",
        channel="email",
        subject=("gift card from my grandson"),
        requester="dorothy",
        messages=(
            said(
                "dorothy",
                0,
                "Dear Sir or Madam\n\n"
                "My grandson Oliver gave me one of your gift cards for my birthday. It says "
                '50 pounds but when I typed in the number the computer said "invalid". I '
                "have tried it four times. I hope I have not broken it.\n\n"
                "I enclose a photograph.\n\n"
                "Yours faithfully\n"
                "Dorothy Wainwright (Mrs)",
                "card.jpg",
            ),
            said(
                "alice",
                66,
                "Dear Mrs Wainwright,\n\n"
                "You have not broken anything! In your photograph I can see that the last "
                "letter is an O, and it is really the number 0. The printing is not clear; "
                "you are not the first to read it so.\n\n"
                "I have put the £50.00 on your account for you, so you do not need to type "
                "the number any more. It will come off your next order by itself.\n\n"
                "And a happy birthday from all of us.\n\n"
                "Alice",
            ),
            said(
                "dorothy",
                180,
                "Dear Alice\n\nIt worked. I have ordered the bird feeder. God bless.\n\nDorothy",
            ),
        ),
        group="Billing",
        assignee="alice",
        status="solved",
        priority="normal",
        type="question",
        tags=("gift-card", "billing"),
        language="en",
        rating="good",
        rating_comment=("Such a patient young woman. Thank you dear."),
    ),
    Story(
        key="subscription-trap",
        channel="email",
        subject=("I NEVER signed up for BrightCart Plus"),
        requester="karen",
        messages=(
            said(
                "karen",
                0,
                "I have just noticed SIX charges of 4.99 for something called BrightCart "
                "Plus. I never asked for this. I want every cent back and I want to know who "
                "ticked that box because it was not me.",
            ),
            noted(
                "alice",
                22,
                "Ticked at checkout of BC-2026-098114 in May, box was pre-ticked back then "
                "(changed in June). Policy since then: refund everything, no discussion.",
            ),
            said(
                "alice",
                6,
                "Dear Karen,\n\n"
                "In May, when you ordered the air fryer, that box was ticked in advance on "
                "our checkout. It should never have been, and we changed it in June. Plus is "
                "cancelled as of now and I am refunding all six charges, €29.94 together.\n\n"
                "Alice",
            ),
            said(
                "karen",
                1530,
                "Only 24.95 has arrived. That's five, not six. Do I really have to count for you",
            ),
        ),
        group="Billing",
        assignee="alice",
        status="open",
        priority="high",
        type="incident",
        tags=("billing", "plus", "angry"),
        language="en",
        refund_amount=("29.94"),
    ),
    Story(
        key="tax-free-export",
        channel="email",
        subject=("vat"),
        requester="x",
        messages=(
            said(
                "x",
                0,
                "hi\n\n"
                "i live in switzerland but ship to my sister in konstanz. do i get the vat "
                "back or no\n\n"
                "X",
            ),
        ),
        group="Billing",
        assignee=None,
        status="new",
        priority="normal",
        type="question",
        tags=("billing", "vat"),
        language="en",
    ),
)
