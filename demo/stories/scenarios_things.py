"""Templated English conversations about goods: faults, assembly and wishes."""

from __future__ import annotations

from demo.stories.scenario import Case, Scenario

SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        key="does-not-work",
        language="en",
        group="Products",
        type="incident",
        tags=(
            "technical",
            "warranty",
        ),
        products="electronics",
        priorities=(
            "normal",
            "high",
            "normal",
        ),
        details=(
            "I've unplugged it, waited, and tried another socket.",
            "I've read the booklet twice.",
            "Nothing was spilled on it.",
            "It's order {order}.",
        ),
        waits=("The maker wants to see it first. I've asked them, it takes about three days.",),
        notes=(
            "@Tom known on early serials?",
            "Tom: yes, replace without asking for photos.",
        ),
        cases=(
            Case(
                subjects=(
                    "{product} stopped working",
                    "{product} won't turn on",
                ),
                opening=("My {product} was fine yesterday and is dead today."),
                request=("What can I try?"),
                answer=(
                    "Please pull the plug, hold the power button for ten seconds, then try "
                    "once more. If it stays dead, we replace it; just answer here."
                ),
                question=("Could you send me the serial number? It's on the silver label below."),
                reply=("S{number}0-4471."),
                complaint=("I tried that, and it worked for a day. Now it's dead again."),
            ),
            Case(
                subjects=(
                    "Error E{number} on the {product}",
                    "{product}: red light, then nothing",
                ),
                opening=("The {product} shows error E{number} and then switches off."),
                request=("Please advise."),
                answer=(
                    "E{number} means that the sensor is covered in dust. A dry brush is "
                    "enough, and there is a short film about it on the product page."
                ),
                question=("Does the light blink slowly or fast when you press the button?"),
                reply=("Fast. Three times, then a pause."),
                complaint=("I've brushed it twice. E{number} is back."),
            ),
            Case(
                subjects=(
                    "Strange noise from the {product}",
                    "{product} sounds like an aeroplane",
                ),
                opening=("Since {day} the {product} makes a noise like a small aeroplane."),
                request=("Can that be repaired?"),
                answer=(
                    "That is a warranty case, not worth a repair. A new {product} goes out "
                    "today, with a label for the old one."
                ),
                question=("Could you record ten seconds of the noise and send it to me?"),
                reply=("My phone makes it sound harmless. In real life the dog leaves the room."),
                complaint=("The new one makes the same noise. Is it meant to be like that?"),
            ),
        ),
    ),
    Scenario(
        key="appliance-fault",
        language="en",
        group="Products",
        type="incident",
        tags=(
            "technical",
            "service-visit",
        ),
        products="appliance",
        priorities=(
            "high",
            "normal",
            "urgent",
        ),
        details=(
            "We bought it {number} months ago.",
            "With two small children that's no fun.",
            "It's order {order}.",
            "I've cleaned the filter, as the booklet says.",
        ),
        waits=("The part comes from the maker. I have ordered it and will give you a date then.",),
        cases=(
            Case(
                subjects=(
                    "Water under the {product}",
                    "{product} leaking",
                ),
                opening=("There's water under the {product} every morning."),
                request=("Could you send somebody?"),
                answer=(
                    "An engineer comes on {day} between 8 and 12 and rings you half an hour "
                    "before. Please shut the tap until then."
                ),
                question=("Is the water clear, and is it in front or at the back?"),
                reply=("Clear, and at the back on the left."),
                complaint=(
                    "The engineer came, changed the seal, and this morning there's a puddle again."
                ),
            ),
            Case(
                subjects=(
                    "{product} trips the fuse",
                    "Fuse goes when the {product} starts",
                ),
                opening=("The {product} trips the fuse whenever it starts."),
                request=("What should I do?"),
                answer=(
                    "Please leave it unplugged. An engineer comes on {day} and brings the "
                    "part that usually causes this."
                ),
                question=("Does it happen at once, or after a few minutes?"),
                reply=("After two or three minutes, when it gets warm."),
                complaint=(
                    "The engineer says it is the house, my electrician says it is the machine."
                ),
            ),
            Case(
                subjects=(
                    "Engineer did not come on {day}",
                    "Missed visit for the {product}",
                ),
                opening=(
                    "An engineer was going to look at the {product} on {day} and didn't come."
                ),
                request=("I need a new date, please."),
                answer=(
                    "I'm sorry. He comes tomorrow as his first visit, at 8:00, and I ring "
                    "you at 8:15 to hear that he's there."
                ),
                question=(
                    "He could come on {day} in the morning or on Friday afternoon. Which is better?"
                ),
                reply=("Friday afternoon, please."),
                complaint=("It's 8:40. Nobody here, and nobody rang."),
            ),
        ),
    ),
    Scenario(
        key="before-buying",
        language="en",
        group="Products",
        type="question",
        tags=(
            "question",
            "presales",
        ),
        products="furniture",
        priorities=(
            "low",
            "normal",
            "low",
        ),
        details=(
            "It's for a holiday flat, so it must be sturdy.",
            "The reviews contradict each other.",
            "I'd like it before the holidays.",
            "No hurry with the answer.",
        ),
        notes=("Tom: next delivery week after next, 140 pieces.",),
        cases=(
            Case(
                subjects=(
                    "Is the {product} coming back in stock?",
                    "{product} sold out since {day}",
                ),
                opening=("The {product} has been sold out since {day}."),
                request=("When will it be back?"),
                answer=("In about two weeks. I've put you on the list, first come first served."),
                question=(
                    "The oak comes in two weeks, the white one in six. Which one are you after?"
                ),
                reply=("Oak."),
                complaint=(
                    "It was back for an hour this morning and then gone again. Was I on that list?"
                ),
            ),
            Case(
                subjects=(
                    "Dimensions of the {product}",
                    "{product}: does it fit?",
                ),
                opening=(
                    "I can't find the depth of the {product} on the page, and our niche is "
                    "{number}2 cm wide and 40 cm deep."
                ),
                request=("Would that fit?"),
                answer=("It is 38 cm deep and needs 1 cm of air behind it, so yes, just."),
                question=("Is that measured above or below the skirting board?"),
                reply=("Above. Below it's a centimetre and a half less."),
                complaint=("It's here, and it does not fit. The skirting board!"),
            ),
            Case(
                subjects=(
                    "Difference between the two versions",
                    "{product}: old or new version?",
                ),
                opening=(
                    "There seem to be two versions of the {product}, with the same photo and "
                    "another price."
                ),
                request=("Which one would you choose?"),
                answer=(
                    "The cheaper one is last year's, with a plainer back. I have that one at "
                    "home and never missed the rest."
                ),
                question=("Will it stand against a wall, or freely in the room?"),
                reply=("Freely, so you'd see the back."),
                complaint=(
                    "I took the cheaper one and the handles are different too. Nobody said so."
                ),
            ),
        ),
    ),
    Scenario(
        key="assembly",
        language="en",
        group="Products",
        type="question",
        tags=(
            "assembly",
            "spare-parts",
        ),
        products="furniture",
        priorities=(
            "normal",
            "normal",
            "low",
        ),
        details=(
            "It's lying half built in the middle of the living room.",
            "I've built furniture for thirty years, so it isn't me.",
            "Order {order}.",
            "Guests come on {day}.",
        ),
        cases=(
            Case(
                subjects=(
                    "Missing screws: {product}",
                    "No screws in the box ({order})",
                ),
                opening=("The bag of screws is missing from the {product}."),
                request=("Could you send it?"),
                answer=(
                    "The bag leaves today by letter post, free of charge. It fits through "
                    "the letter box."
                ),
                question=("Which letter is printed on the bag you do have, A or B?"),
                reply=("B. There's no A anywhere."),
                complaint=("The bag that came doesn't fit, it's for another model."),
            ),
            Case(
                subjects=(
                    "Step {number} of the {product} booklet",
                    "Drawing wrong? ({product})",
                ),
                opening=(
                    "I'm stuck on step {number} of the {product}: the drawing shows a hole "
                    "that isn't there."
                ),
                request=("Is there a better drawing?"),
                answer=(
                    "The drawing is indeed wrong: the hole is on the back. The corrected "
                    "page is on the product page under Assembly."
                ),
                question=("Is the dark edge of your panel at the top or at the bottom?"),
                reply=("At the bottom. Should it be at the top?"),
                complaint=("I turned the panel round. Now step 12 has a hole too many."),
            ),
            Case(
                subjects=(
                    "{product}: two left sides in the box",
                    "Two left sides, no right one",
                ),
                opening=("My {product} has two left sides and no right one."),
                request=("What now?"),
                answer=(
                    "The right side comes to you on {day}, and please keep the extra left one."
                ),
                question=('Could you look whether both have "L" stamped on the short edge?'),
                reply=("One has L and one has nothing at all."),
                complaint=("Now I have three left sides."),
            ),
        ),
    ),
)
