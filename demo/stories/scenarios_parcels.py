"""Templated English conversations about parcels, appointments and damage."""

from __future__ import annotations

from demo.stories.scenario import Case, Scenario

SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        key="late-parcel",
        language="en",
        group="Delivery",
        type="question",
        tags=(
            "delivery",
            "tracking",
        ),
        products="any",
        priorities=(
            "normal",
            "normal",
            "high",
        ),
        details=(
            "The last scan was in {city}.",
            "I stayed in all day.",
            "The courier's phone line only plays music.",
            "It's a birthday present, so there is a bit of a clock ticking.",
            "The order number is {order}.",
        ),
        waits=(
            "I've opened an inquiry with the courier. They have two working days to answer.",
            (
                "I have asked the depot in {city} to look for it by hand, which takes them a day "
                "or two."
            ),
        ),
        notes=(
            "Last scan {city}, no exception code. Depot doesn't pick up.",
            "Same van as three others today. Looks like the {city} route was cut short.",
        ),
        cases=(
            Case(
                subjects=(
                    "Where is my {product}?",
                    "{product} still not delivered",
                ),
                opening=("My {product} was due on {day} and hasn't come."),
                request=("Could you find out where it is?"),
                answer=(
                    "I found it: it was sorted to {city} by mistake. It is on a van to you "
                    "now and comes tomorrow before noon."
                ),
                question=(
                    "The driver couldn't read the house number on the label. Could you "
                    "confirm the full address?"
                ),
                reply=("14B, the blue door next to the bakery. The B matters."),
                complaint=("It is past noon and there is no van."),
            ),
            Case(
                subjects=(
                    "No tracking update since {day}",
                    "Parcel from the {city} depot not moving",
                ),
                opening=(
                    "The tracking page for {order} has shown the same line for {number} days."
                ),
                request=("Is it lost?"),
                answer=(
                    "It missed a few scans but it is moving, and the driver has it on his "
                    "list for tomorrow. I've put a £5 voucher on your account for the wait."
                ),
                question=("The courier offers tomorrow or Saturday. Which suits you better?"),
                reply=("Saturday, please, before noon if that can be done."),
                complaint=("Thanks, but the page still says exactly the same as before."),
            ),
            Case(
                subjects=(
                    "Says delivered, but it isn't",
                    '"Handed to resident": not to me ({order})',
                ),
                opening=(
                    "According to the courier {order} was handed over on {day}. Not to me, "
                    "it wasn't."
                ),
                request=("Please tell me who signed for it."),
                answer=(
                    'It was signed for at the shop next door, "Ali\'s Flowers". They have '
                    "it behind the counter for you."
                ),
                question=(
                    "Did you perhaps find a card, or is there a shop or reception that takes "
                    "parcels for you?"
                ),
                reply=(
                    "No card. There is a flower shop next door, I'll ask, but they are shut today."
                ),
                complaint=("The shop doesn't have it. They were quite offended that I asked."),
            ),
            Case(
                subjects=(
                    "is my parcel lost? ({order})",
                    "I think {order} has been lost",
                ),
                opening=(
                    "I've been waiting for {order} for {number} days now and I don't believe "
                    "in it any more."
                ),
                request=("Can you send it again?"),
                answer=(
                    "You're right, it is lost. A new {product} has left us by express and "
                    "the first one is no longer your worry."
                ),
                question=("I can send a new one or give you the money back. Which would you like?"),
                reply=("A new one please, I still need the {product}."),
                complaint=("The new one has no tracking number either. I've a bad feeling."),
            ),
        ),
    ),
    Scenario(
        key="address-change",
        language="en",
        group="Delivery",
        type="task",
        tags=(
            "delivery",
            "address-change",
        ),
        products="any",
        priorities=(
            "normal",
            "normal",
            "high",
        ),
        details=(
            "The new address is in my account already.",
            "I only noticed just now, sorry.",
            "It's for the {product}.",
            "I tried to change it myself, but the button is grey.",
        ),
        notes=("Label reprinted, old one voided.",),
        cases=(
            Case(
                subjects=(
                    "Change of address for {order}",
                    "{order} is going to my old flat",
                ),
                opening=("I've just noticed that {order} goes to my old address."),
                request=("Can it still be changed?"),
                answer=("Changed, and the label was printed again with the new address."),
                question=(
                    "Happy to. Is there a floor or a name on the bell that the driver should know?"
                ),
                reply=("Second floor, the bell says Harris. Long story."),
                complaint=("The tracking still shows the old street, is that right?"),
            ),
            Case(
                subjects=(
                    "We're moving on {day}, can you redirect {order}?",
                    "New house, old address on {order}",
                ),
                opening=("We move house on {day}, before the {product} arrives."),
                request=("Could you send it to 7 Harbour View, {city}, please?"),
                answer=(
                    "It had left us already, but the courier has taken the new address. It "
                    "costs one more day and nothing else."
                ),
                question=("From which day on is somebody at the new house?"),
                reply=("From the morning after the move. There'll be boxes but also people."),
                complaint=("I had a text with the old address this morning."),
            ),
            Case(
                subjects=(
                    "Wrong postcode on {order}",
                    "Typing error in my postcode",
                ),
                opening=("The postcode on {order} has two digits swapped, entirely my own doing."),
                request=("Please correct it before it ships."),
                answer=("Corrected before it was packed. I've put it right in your account too."),
                question=(
                    "Which is the right one, the one in your account or the one on the invoice?"
                ),
                reply=("The one on the invoice."),
                complaint=("The confirmation you sent has the same typing error again."),
            ),
            Case(
                subjects=(
                    "Please deliver to my office instead",
                    "Nobody at home on {day}",
                ),
                opening=(
                    "Nobody will be at home on {day}, but my office in {city} has a "
                    "reception that takes parcels."
                ),
                request=("Could it go there instead?"),
                answer=(
                    "It goes to your office now, with your name on the label so that the "
                    "reception finds you."
                ),
                question=("Of course. Until what time is the reception open?"),
                reply=("Until 18:00, on Fridays until 16:00."),
                complaint=("They took it to my home after all and left a card."),
            ),
        ),
    ),
    Scenario(
        key="damaged",
        language="en",
        group="Support",
        type="incident",
        tags=(
            "damage",
            "delivery",
        ),
        products="any",
        priorities=(
            "normal",
            "high",
            "normal",
        ),
        files=("damage.jpg",),
        details=(
            "I took pictures before unpacking the rest.",
            "Everything else in the order is fine.",
            "The driver had gone before I noticed.",
            "It's order {order}.",
        ),
        notes=("Third damaged one from the same packing line this week. Told the warehouse.",),
        cases=(
            Case(
                subjects=(
                    "{product} arrived damaged",
                    "Deep scratch on the {product}",
                ),
                opening=("The {product} came today with a deep scratch along one side."),
                request=("I'd like another one, please."),
                answer=(
                    "I'm sorry about that. A new {product} leaves us tomorrow, and the "
                    "driver takes the scratched one with him."
                ),
                question=("Would you rather have a new one, or 20 % back and keep this one?"),
                reply=("A new one, please. It was meant as a present."),
                complaint=("The new one came, with a scratch in the very same place."),
            ),
            Case(
                subjects=(
                    "Dent in the {product}",
                    "scratches and a dent ({order})",
                ),
                opening=("I've unpacked the {product} and one corner is dented."),
                request=("It works, so could I have part of the price back and keep it?"),
                answer=(
                    "Certainly. I've refunded 20 % so that you can keep it; should you "
                    "change your mind within 30 days, we still take it back."
                ),
                question=("Could you send me a photo of the dent, with the label of the box?"),
                reply=("Photo taken, I hope it's sharp enough. The dent is bottom left."),
                complaint=("You wrote 20 % but I only see 10 on my statement."),
            ),
            Case(
                subjects=(
                    "Broken on arrival: {product}",
                    "Box looked fine, {product} didn't",
                ),
                opening=("When I opened {order}, something rattled. It was the {product}."),
                request=("What do you suggest?"),
                answer=(
                    "That should have had a second box around it. A new one is on its way, "
                    "and the broken one can go into the recycling."
                ),
                question=("Is it only the {product}, or did anything else suffer?"),
                reply=("Only that. The rest was wrapped properly."),
                complaint=('It says "delivered" now but the new one isn\'t here.'),
            ),
        ),
    ),
    Scenario(
        key="appointment",
        language="en",
        group="Delivery",
        type="task",
        tags=(
            "delivery",
            "appointment",
        ),
        products="appliance",
        priorities=(
            "normal",
            "normal",
            "low",
        ),
        details=(
            "The stairs are wide enough.",
            "My neighbour could open the door, if need be.",
            "It's {order}.",
            "We're at home from four o'clock on most days.",
        ),
        waits=(
            (
                "The carrier for large items has to agree to a new slot. I've asked and will "
                "tell you as soon as they answer."
            ),
        ),
        cases=(
            Case(
                subjects=(
                    "Delivery on {day} doesn't suit",
                    "New date for the {product} delivery",
                ),
                opening=("The {product} is booked for {day} and I can't be there."),
                request=("Can we move it? Any day after that is fine."),
                answer=(
                    "Moved to the day after, between 9 and 12, and the driver rings you an "
                    "hour before."
                ),
                question=(
                    "Would the day after suit, and rather in the morning or in the afternoon?"
                ),
                reply=("The day after, in the afternoon."),
                complaint=("I had a text with the old date today."),
            ),
            Case(
                subjects=(
                    "Can you take the old one away?",
                    "Old appliance: do you take it?",
                ),
                opening=(
                    "Could your people take the old one with them when they bring the {product}?"
                ),
                request=("And what would that cost?"),
                answer=(
                    "It costs nothing. Please have it emptied and unplugged, they do the rest."
                ),
                question=("We can. Is the old one still connected?"),
                reply=("It is disconnected and stands in the hall."),
                complaint=(
                    "They brought the new one but said nobody had told them about the old one."
                ),
            ),
            Case(
                subjects=(
                    "Carry to 4th floor: included?",
                    "Lift out of order, delivery on {day}",
                ),
                opening=("We're on the fourth floor and the lift is out of order."),
                request=("Do they carry the {product} up, or is that extra?"),
                answer=(
                    "Carrying is included, whatever the floor. I've noted the lift, so that "
                    "two people come."
                ),
                question=("How wide is the stairwell at its narrowest?"),
                reply=("87 cm, I've measured it twice."),
                complaint=("One man came alone, looked at the stairs and left again."),
            ),
        ),
    ),
)
