"""Templated English conversations about orders, parcels and money."""

from __future__ import annotations

from demo.stories.scenario import Scenario

SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        key="late-parcel",
        group="Delivery",
        type="question",
        tags=("delivery", "tracking"),
        subjects=(
            "Where is my {product}?",
            "Order {order}: should have been here on {day}",
            "No tracking update since {day}",
            "{product} still not delivered",
            "Parcel from {city} depot not moving",
            "is my parcel lost? ({order})",
        ),
        openings=(
            "My {product} was due on {day} and hasn't come.",
            "I've been waiting for {order} since {day}.",
            "The tracking page for {order} has shown the same line for {number} days.",
            "Just wondering what happened to the {product} I ordered.",
            "According to your mail, {order} was going to arrive on {day}.",
        ),
        details=(
            "The last scan was in {city}.",
            "I stayed in all day and nobody rang.",
            "The courier's phone line only plays music.",
            "It's a birthday present, so there is a bit of a clock ticking.",
            "The page says 'on its way' but not to where.",
        ),
        requests=(
            "Could you find out where it is?",
            "When can I expect it?",
            "Please tell me whether I should keep waiting.",
            "Can you send it again if it is lost?",
        ),
        answers=(
            "I found it: it was sorted to {city} by mistake. It is on a van to you now and comes "
            "tomorrow before noon.",
            "The courier confirms delivery for tomorrow. If it isn't there by 18:00, a new one "
            "leaves us the same evening.",
            "It missed one scan but it is moving, and the driver has it on the list for {day}. "
            "I've added 5 off your next order for the wait.",
            "It is lost, I'm afraid, so I have sent a new {product} by express. You don't need to "
            "do anything.",
        ),
        questions=(
            "The driver couldn't read the house number. Could you confirm the full address?",
            "I can have it brought on {day} or on Saturday. Which suits you better?",
        ),
        chasers=(
            "It's {day} now and it hasn't come. What next?",
            "Thanks, but the page still says the same as before.",
            "Nobody came. I had taken the morning off.",
        ),
        waits=("I've opened an inquiry with the courier. They have two working days to answer.",),
        notes=("Last scan {city}, no exception code. Depot doesn't pick up.",),
    ),
    Scenario(
        key="address-change",
        group="Delivery",
        type="task",
        tags=("delivery", "address-change"),
        subjects=(
            "Change of address for {order}",
            "Please deliver to my office instead",
            "We're moving on {day}, can you redirect {order}?",
            "Wrong postcode on {order}",
        ),
        openings=(
            "I've just noticed that {order} goes to my old address.",
            "We move house on {day}, before the {product} arrives.",
            "The postcode on {order} has two digits swapped.",
            "Nobody will be at home on {day}.",
        ),
        details=(
            "The new address is in my account already.",
            "The new one is 7 Harbour View, {city}.",
            "My office in {city} has a reception that takes parcels.",
        ),
        requests=(
            "Can it still be changed?",
            "Could you send it there instead, please?",
            "Please correct it before it ships.",
        ),
        answers=(
            "Changed. The label was printed again with the new address.",
            "It had left us already, but the courier has taken the new address. It costs one more "
            "day and nothing else.",
            "Done, and I've made the new address the first one in your account.",
        ),
        questions=(
            "Happy to. Is there a floor or a name on the bell that the driver should know?",
        ),
        chasers=("The tracking still shows the old street, is that right?",),
        notes=("Label reprinted, old one voided.",),
    ),
    Scenario(
        key="damaged",
        group="Support",
        type="incident",
        tags=("damage", "delivery"),
        subjects=(
            "{product} arrived damaged",
            "Dent in the {product}",
            "Broken on arrival: {product}",
            "Box looked fine, {product} didn't",
            "scratches all over ({order})",
        ),
        openings=(
            "The {product} came today with a deep scratch along one side.",
            "I've unpacked the {product} and one corner is crushed.",
            "When I opened {order}, something rattled. It was the {product}.",
            "The box had a boot print on it and the {product} has one as well, more or less.",
        ),
        details=(
            "Photos attached.",
            "I took pictures before unpacking the rest.",
            "Everything else in the order is fine.",
            "The driver had gone before I noticed.",
        ),
        requests=(
            "I'd like a replacement, please.",
            "Can I have part of the price back and keep it?",
            "What do you suggest?",
            "Please collect it and send a whole one.",
        ),
        answers=(
            "I'm sorry about that. A new {product} leaves us tomorrow, and the driver takes the "
            "damaged one with him.",
            "Thanks for the photos. I've refunded 20 % so that you can keep it; if you change your "
            "mind within 30 days, we still take it back.",
            "That should have had a second box around it. A replacement is on its way, and you "
            "can recycle the broken one.",
        ),
        questions=(
            "Would you rather have a new one, or 20 % back and keep this one?",
            "Could you send me a photo of the label on the box? Then I can order the right part.",
        ),
        chasers=(
            "The replacement came, with a dent in the very same corner.",
            "A replacement please. When would it come?",
        ),
        notes=("Third damaged one from the same packing line this week. Told the warehouse.",),
        files=("damage.jpg",),
        priorities=("normal", "high", "normal"),
    ),
    Scenario(
        key="refund-when",
        group="Billing",
        type="question",
        tags=("refund", "billing"),
        subjects=(
            "When will I get my refund? ({order})",
            "Refund of {amount} not on my account",
            "Returned the {product}, no money yet",
            "Refund status please",
            "{amount} still missing",
        ),
        openings=(
            "I sent back the {product} {number} days ago.",
            "Your warehouse got my return for {order} on {day}.",
            "The courier delivered my return last {day}.",
            "I'm still waiting for the {amount} for {order}.",
        ),
        details=(
            "I have the receipt from the post office.",
            "The mail said three to five working days.",
            "My bank says nothing has come in.",
            "I've ordered another one in the meantime, so I've paid for two now.",
        ),
        requests=(
            "Could you check what's holding it up?",
            "When can I expect the {amount}?",
            "Please let me know the date you sent it.",
        ),
        answers=(
            "The {amount} went out this morning. Most banks show it within two days.",
            "Your return was waiting for a second check that it didn't need. I've released the "
            "{amount} by hand.",
            "It was sent to the card you paid with on {day}; here is the bank's reference: "
            "R{number}44-718. Please ask again if it isn't there by Friday.",
        ),
        questions=(
            "The card you paid with has expired. Shall I send it to another card, or by transfer?",
            "Part of it was a gift card. May I put that part back on a new gift card?",
        ),
        chasers=(
            "I've checked again this morning, nothing.",
            "Only part of it arrived. Where is the rest?",
        ),
        waits=("I've asked our bank to trace the payment. They usually answer in three days.",),
        notes=("Return booked, refund stuck in review queue. Released.",),
        has_amount=True,
    ),
    Scenario(
        key="invoice-copy",
        group="Billing",
        type="task",
        tags=("billing", "invoice"),
        subjects=(
            "Invoice for {order}",
            "Need a copy of the invoice for {product}",
            "Company name missing on invoice",
            "PDF invoice won't download ({order})",
            "Invoices for the last quarter",
        ),
        openings=(
            "I need the invoice for {order} for my tax return.",
            "My employer pays for the {product} and wants an invoice in the company's name.",
            "The download button for the invoice of {order} gives an empty page.",
            "I've lost the invoice for the {product}.",
        ),
        details=(
            "The order is {order}.",
            "It was {amount} in total.",
            "A PDF is perfectly fine.",
            "Our accountant is waiting for it, patiently so far.",
        ),
        requests=(
            "Could you send it to this address?",
            "Please send me a copy.",
            "Is that something you can do?",
        ),
        answers=(
            "The invoice is attached. You find all of them under Account, Documents.",
            "Here it is, with the company name you gave. I've saved the name for the next ones.",
            "Attached. The download was broken for orders with a gift card and works again now.",
        ),
        questions=("With pleasure. Which company name and address shall I put on it?",),
        chasers=("Thank you, but the date on it is of today, not of the order. Could you look?",),
        notes=("Reissued from the old system, number unchanged.",),
        has_amount=True,
        priorities=("normal", "low", "low"),
    ),
    Scenario(
        key="voucher",
        group="Billing",
        type="question",
        tags=("voucher", "billing"),
        subjects=(
            "Voucher code doesn't work",
            "10% newsletter code rejected",
            "Forgot to enter my voucher on {order}",
            "Code says 'not valid for this basket'",
        ),
        openings=(
            "The code from your newsletter isn't accepted.",
            "I forgot to type in my voucher when I ordered the {product}.",
            "Checkout says my code is not valid for this basket.",
            "I've a code for free delivery and was charged for delivery.",
        ),
        details=(
            "There is only the {product} in the basket.",
            "It says valid until {day}.",
            "I tried it on the phone and on the laptop.",
            "The order was {amount}, so above the minimum.",
        ),
        requests=(
            "Can you take it off afterwards?",
            "What am I doing wrong?",
            "Could you have a look, please?",
        ),
        answers=(
            "It is meant for the first order only, which the mail should have said. I've taken 10 % "
            "off yours all the same.",
            "I've applied it to your order by hand; the difference goes back to your card today.",
            "There was a space at the end of the code. It works now, I tried it in your basket.",
        ),
        questions=("Could you send me the code, or a picture of it?",),
        chasers=("It says 'already used' now, and I have not used it!",),
        has_amount=True,
        priorities=("low", "normal"),
    ),
    Scenario(
        key="cancel",
        group="Support",
        type="task",
        tags=("cancellation", "order-change"),
        subjects=(
            "Please cancel {order}",
            "Ordered the {product} twice by accident",
            "Cancel and reorder?",
            "Changed my mind about the {product}",
        ),
        openings=(
            "I'd like to cancel the {product}.",
            "I seem to have ordered the {product} twice.",
            "Please stop {order} if you still can.",
            "My husband and I have both ordered the {product}, as a surprise for each other.",
        ),
        details=(
            "I placed it about {number} minutes ago.",
            "The cancel button is grey.",
            "Nothing wrong with it, our plans have changed.",
            "The order number is {order}.",
        ),
        requests=(
            "Is it too late?",
            "Can you cancel it for me?",
            "Please confirm when it's done.",
        ),
        answers=(
            "Cancelled, and no money has been taken.",
            "It was already packed, so simply refuse it at the door and you get everything back.",
            "I've cancelled the second one and left the first.",
        ),
        questions=(
            "There are two orders with it. Which one shall I cancel, the first or the second?",
        ),
        chasers=("I got a shipping mail for it today, though?",),
        notes=("Pulled from the belt by hand.",),
        priorities=("normal", "high", "low"),
    ),
    Scenario(
        key="payment-failed",
        group="Billing",
        type="incident",
        tags=("billing", "payment"),
        subjects=(
            "Payment declined but money reserved",
            "Card refused three times",
            "{amount} pending on my card, no order",
            "PayLater option has disappeared",
        ),
        openings=(
            "My card was refused, yet {amount} is reserved on it.",
            "I tried to pay for the {product} three times and it failed every time.",
            "My bank shows {amount} as pending and I have no order in my account.",
            "The option to pay later is gone since {day}.",
        ),
        details=(
            "The bank says everything is fine on their side.",
            "Same card as always.",
            "I got no mail at all.",
            "It happened on {day} in the evening.",
        ),
        requests=(
            "Could you release it?",
            "Has my order gone through or not?",
            "How can I pay now?",
        ),
        answers=(
            "No order was made and I've released the {amount}. Your bank may need a day to show it.",
            "Your bank asked for a confirmation in its app that ran out of time. Please try again "
            "with the app open, I have kept the basket for you.",
            "The order did go through, only the mail did not. I've sent it again.",
        ),
        questions=("Which were the last four digits of the card, please? Never the whole number.",),
        chasers=("Still pending today. My bank says it's up to you.",),
        waits=("I have asked our payment provider to look into it, they answer within two days.",),
        has_amount=True,
        priorities=("normal", "high", "high"),
    ),
)
