"""Templated English conversations about money, invoices and vouchers."""

from __future__ import annotations

from demo.stories.scenario import Case, Scenario

SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        key="refund-when",
        language="en",
        group="Billing",
        type="question",
        tags=(
            "refund",
            "billing",
        ),
        products="any",
        priorities=(
            "normal",
            "normal",
            "high",
        ),
        has_amount=True,
        details=(
            "I have the receipt from the post office.",
            "The mail said three to five working days.",
            "I've ordered another one in the meantime, so I've paid for two.",
            "It's {order}.",
        ),
        waits=("I've asked our bank to trace the payment. They usually answer in three days.",),
        notes=("Return booked, refund stuck in the review queue. Released.",),
        cases=(
            Case(
                subjects=(
                    "When will I get my refund? ({order})",
                    "Returned the {product}, no money yet",
                ),
                opening=(
                    "I sent back the {product} {number} days ago and your warehouse has had "
                    "it since {day}."
                ),
                request=("When can I expect the money?"),
                answer=(
                    "Your return was waiting for a second check that it didn't need. I've "
                    "released the {amount} by hand; it takes two days."
                ),
                question=(
                    "Was the {product} in a parcel of its own, or together with something else?"
                ),
                reply=("Together with a lamp, in one box."),
                complaint=("I've checked again this morning, nothing."),
            ),
            Case(
                subjects=(
                    "Refund of {amount} not on my account",
                    "{amount} still missing",
                ),
                opening=("The mail says {amount} was refunded, my bank says it wasn't."),
                request=("Could you check where it went?"),
                answer=(
                    "It went to the card you paid with. Here is the bank's reference: "
                    "R{number}44-718. Should they not find it by Friday, I'll send it again "
                    "by transfer."
                ),
                question=(
                    "The card you paid with has expired since. Shall I send it to another "
                    "card, or by transfer?"
                ),
                reply=("By transfer, please. The account is the one in my profile."),
                complaint=("The bank can't find that reference."),
            ),
            Case(
                subjects=(
                    "Only part of my refund arrived",
                    "Refund is less than I paid",
                ),
                opening=("I paid {amount} for {order} and got back noticeably less."),
                request=("Where's the rest?"),
                answer=(
                    "The delivery had been taken off, which is wrong when the fault is ours. "
                    "The rest is on its way to you."
                ),
                question=(
                    "Part of it had been paid with a gift card. May I put that part on a new "
                    "gift card?"
                ),
                reply=("Yes, a new gift card is fine."),
                complaint=("That still leaves 4.95 open. It's small, but it's mine."),
            ),
        ),
    ),
    Scenario(
        key="invoice-copy",
        language="en",
        group="Billing",
        type="task",
        tags=(
            "billing",
            "invoice",
        ),
        products="any",
        priorities=(
            "normal",
            "low",
            "low",
        ),
        has_amount=True,
        details=(
            "It was {amount} in total.",
            "A PDF is perfectly fine.",
            "Our accountant is waiting for it, patiently so far.",
            "The order is {order}.",
        ),
        cases=(
            Case(
                subjects=(
                    "Invoice for {order}",
                    "Need a copy of the invoice for the {product}",
                ),
                opening=(
                    "I need the invoice for the {product} for my tax return and can't find it."
                ),
                request=("Could you send it to me?"),
                answer=(
                    "I have put it on your order page, under Documents; all your invoices "
                    "are there, as far back as 2019."
                ),
                question=(
                    "I can see two orders with it. Is it the one from spring or the one from "
                    "autumn?"
                ),
                reply=("The one from spring."),
                complaint=("There's only a delivery note under Documents, no invoice."),
            ),
            Case(
                subjects=(
                    "Company name missing on invoice",
                    "Invoice to my employer, please",
                ),
                opening=(
                    "My employer pays for the {product} and wants the invoice of {order} in "
                    "the company's name."
                ),
                request=("Is that something you can do?"),
                answer=(
                    "Done: the new version with the company's name is on your order page. "
                    "I've saved the name for next time."
                ),
                question=("With pleasure. Which company name and address shall I put on it?"),
                reply=("Ferncliff Dental Ltd, same address."),
                complaint=(
                    "Thank you, but the date on it is of today, not of the order. Could you look?"
                ),
            ),
            Case(
                subjects=(
                    "PDF invoice won't download ({order})",
                    "Empty page instead of invoice",
                ),
                opening=("The download button for the invoice of {order} gives me an empty page."),
                request=("Could you look into it?"),
                answer=(
                    "The download was broken for orders with a gift card and works again "
                    "now. Thank you for telling us!"
                ),
                question=("Which browser do you use, and does it happen with other invoices too?"),
                reply=("Edge, and only with this one."),
                complaint=("It downloads now, but the file is 0 bytes."),
            ),
        ),
    ),
    Scenario(
        key="voucher",
        language="en",
        group="Billing",
        type="question",
        tags=(
            "voucher",
            "billing",
        ),
        products="any",
        priorities=(
            "low",
            "normal",
        ),
        has_amount=True,
        details=(
            "There is only the {product} in the basket.",
            "I tried it on the phone and on the laptop.",
            "The basket is {amount}, so above the minimum.",
        ),
        cases=(
            Case(
                subjects=(
                    "10% newsletter code rejected",
                    'Code says "not valid for this basket"',
                ),
                opening=("The code from your newsletter isn't accepted."),
                request=("What am I doing wrong?"),
                answer=(
                    "It is meant for first orders only, which the mail should have said. "
                    "I've put the 10 % on your account all the same."
                ),
                question=("Could you send me the code, or a picture of it?"),
                reply=("It's WELCOME-10-Q, from last week's mail."),
                complaint=('It says "already used" now, and I have not used it!'),
            ),
            Case(
                subjects=(
                    "Forgot to enter my voucher on {order}",
                    "Voucher: too late?",
                ),
                opening=("I forgot to type in my voucher when I ordered the {product}."),
                request=("Can you take it off afterwards?"),
                answer=(
                    "I've applied it to {order} by hand; the difference goes back to your "
                    "card today."
                ),
                question=("Gladly. What's the code?"),
                reply=("AUTUMN-15. Sorry, I should've written that."),
                complaint=("The difference hasn't arrived, and the voucher is gone too."),
            ),
            Case(
                subjects=(
                    "Charged for delivery in spite of free delivery",
                    "Free delivery code ignored",
                ),
                opening=("I have free delivery and was charged for delivery on {order}."),
                request=("Could you have a look, please?"),
                answer=(
                    "The code was dropped when you changed the address at checkout, our "
                    "mistake. The delivery fee is on its way back."
                ),
                question=("Did you change anything in the basket after you had typed in the code?"),
                reply=("Yes, I took one thing out and put it back."),
                complaint=(
                    'Got the fee back, but now the order says "express" and I never chose that.'
                ),
            ),
        ),
    ),
    Scenario(
        key="payment-failed",
        language="en",
        group="Billing",
        type="incident",
        tags=(
            "billing",
            "payment",
        ),
        products="any",
        priorities=(
            "normal",
            "high",
            "high",
        ),
        has_amount=True,
        details=(
            "Same card as always.",
            "I got no mail at all.",
            "It happened on {day} in the evening.",
            "It's for the {product}.",
        ),
        waits=("I have asked our payment provider to look into it, they answer within two days.",),
        cases=(
            Case(
                subjects=(
                    "Payment declined but money reserved",
                    "{amount} pending on my card, no order",
                ),
                opening=("My card was refused, yet {amount} is reserved on it."),
                request=("Could you release it?"),
                answer=(
                    "No order was made and I've released the {amount}. Your bank may need a "
                    "day to show it."
                ),
                question=(
                    "Which were the last four digits of the card, please? Never the whole number."
                ),
                reply=("8812."),
                complaint=("Still pending today. My bank says it's up to you."),
            ),
            Case(
                subjects=(
                    "Card refused three times",
                    "Can't pay for the {product}",
                ),
                opening=("I tried to pay for the {product} three times and it failed every time."),
                request=("How can I pay now?"),
                answer=(
                    "Your bank asked for a confirmation in its app and it ran out of time. "
                    "Please try again with the app open, I have kept the basket for you."
                ),
                question=("Did your bank's app ask you to confirm anything?"),
                reply=("It did, but when I opened it the message had gone."),
                complaint=("Tried with the app open. Same red box."),
            ),
            Case(
                subjects=(
                    "Did my order go through?",
                    "Paid, but no confirmation",
                ),
                opening=("I paid {amount} for the {product} and got no confirmation."),
                request=("Has my order gone through or not?"),
                answer=(
                    "It has, only the mail did not arrive. I've sent it again, and the "
                    "parcel leaves today."
                ),
                question=(
                    'Could there be a typing error in the mail address? I see one ending in ".con".'
                ),
                reply=('Oh dear. Yes, that\'s me, ".com" it should be.'),
                complaint=("The mail came, but the delivery address in it is not mine!"),
            ),
        ),
    ),
)
