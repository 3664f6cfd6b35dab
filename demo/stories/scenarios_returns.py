"""Templated English conversations about returns, exchanges and thanks."""

from __future__ import annotations

from demo.stories.scenario import Case, Scenario

SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        key="return-label",
        language="en",
        group="Support",
        type="task",
        tags=(
            "returns",
            "label",
        ),
        products="furniture",
        priorities=(
            "normal",
            "low",
            "normal",
        ),
        details=(
            "It is unused and in its box.",
            "I ordered it {number} days ago.",
            "The order is {order}.",
            "I kept all the packing.",
        ),
        cases=(
            Case(
                subjects=(
                    "Return label for {order}",
                    "How do I send back the {product}?",
                ),
                opening=("I'd like to return the {product}, it's bigger than I thought."),
                request=("Could you send me a label?"),
                answer=(
                    "The label is in your account under Returns. You have 14 days to bring "
                    "it to any parcel shop."
                ),
                question=("Shall we collect it, or is there a parcel shop near you?"),
                reply=("Please collect it, I can't lift it alone."),
                complaint=("The parcel shop says the code has expired."),
            ),
            Case(
                subjects=(
                    "No printer: can I return without a label?",
                    "Return without printing",
                ),
                opening=("I want to send back the {product}, but we have no printer at home."),
                request=("What do I need to do?"),
                answer=(
                    "Nothing to print: show the code on your phone at the shop and they "
                    "stick the label on."
                ),
                question=("Do you have a smartphone, or shall the driver bring a printed label?"),
                reply=("The driver should bring it, please."),
                complaint=("The shop's scanner can't read the code from my phone."),
            ),
            Case(
                subjects=(
                    "Collection of the {product}",
                    "Nobody collected my return",
                ),
                opening=(
                    "I've packed the {product} again for the return and now I can't carry it."
                ),
                request=("Can somebody collect it?"),
                answer=(
                    "A driver fetches it on {day} between 9 and 13; he brings the label with him."
                ),
                question=("Gladly. Is it one box or two?"),
                reply=("Two, and the second one is heavy."),
                complaint=("Nobody came to collect it. It stands in the hall and I climb over it."),
            ),
        ),
    ),
    Scenario(
        key="exchange",
        language="en",
        group="Support",
        type="question",
        tags=(
            "returns",
            "exchange",
        ),
        products="lighting",
        priorities=(
            "low",
            "normal",
        ),
        details=(
            "It hasn't been used.",
            "The order was {order}.",
            "I'd pay the difference, of course.",
        ),
        cases=(
            Case(
                subjects=(
                    "Wrong colour ordered, my fault",
                    "Exchange {product} for another colour",
                ),
                opening=("I ordered the {product} in the wrong colour, entirely my own doing."),
                request=("May I swap it?"),
                answer=(
                    "Of course. The other one is reserved and leaves as soon as yours is scanned."
                ),
                question=("We have it in sand, moss and night blue. Which one would you like?"),
                reply=("Moss, please. Is it in stock?"),
                complaint=("I sent mine back on {day}. Any news of the moss one?"),
            ),
            Case(
                subjects=(
                    "Can I swap the {product} for the larger one?",
                    "{product} too small",
                ),
                opening=("The {product} is nice but too small for the room."),
                request=("Could I have the larger one instead?"),
                answer=(
                    "Yes, and the driver brings the larger one when he fetches the small "
                    "one. The difference is £18."
                ),
                question=("The larger one is 160 cm high. Does that fit below your ceiling beams?"),
                reply=("It does, with 10 cm to spare."),
                complaint=("He fetched the small one but brought nothing. I sit in the dark now."),
            ),
            Case(
                subjects=(
                    "Too dark for the hall",
                    "Stronger bulb for the {product}?",
                ),
                opening=("The {product} is beautiful but far too dark for our hall."),
                request=("Can I exchange it, or is a stronger bulb allowed?"),
                answer=(
                    "A stronger bulb is allowed: up to 60 W equivalent as LED. I'm sending "
                    "you one to try, and if it's still too dark we exchange the lamp."
                ),
                question=("What does it say on the bulb, 25 W or 40 W?"),
                reply=("25 W, very small print."),
                complaint=("The new bulb is brighter, but it flickers."),
            ),
        ),
    ),
    Scenario(
        key="thanks",
        language="en",
        group="Support",
        type="question",
        tags=("praise",),
        products="kitchen",
        priorities=("low",),
        details=(
            "My mother wants one now.",
            "Nothing to complain about for once.",
            "Even the packing was sensible.",
        ),
        cases=(
            Case(
                subjects=(
                    "Very happy with the {product}",
                    "{product}: better than the photo",
                ),
                opening=("I wanted to say that the {product} is even nicer than in the picture."),
                request=("That's all, really."),
                answer=(
                    "Thank you, that makes our day. I've passed it on to the people who "
                    "choose these things."
                ),
                question=(
                    "Thank you! May we quote you on the product page, with your first name only?"
                ),
                reply=("You may. With both names, if you like."),
                complaint=("One small question after all: can it go into the dishwasher?"),
            ),
            Case(
                subjects=(
                    "A word of thanks",
                    "Please thank your driver",
                ),
                opening=("Your driver was exceptionally kind on {day}."),
                request=("Please pass it on."),
                answer=("How nice of you to write. He has been told, and so has his boss."),
                question=("He will be glad! Do you happen to remember roughly when he came?"),
                reply=("About eleven, in the rain."),
                complaint=("He forgot his pen here, by the way. Shall I post it?"),
            ),
        ),
    ),
)
