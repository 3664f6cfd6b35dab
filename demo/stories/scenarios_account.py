"""Templated English conversations about accounts and cancelled orders."""

from __future__ import annotations

from demo.stories.scenario import Case, Scenario

SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        key="cancel",
        language="en",
        group="Support",
        type="task",
        tags=(
            "cancellation",
            "order-change",
        ),
        products="any",
        priorities=(
            "normal",
            "high",
            "low",
        ),
        details=(
            "The cancel button is grey.",
            "The order number is {order}.",
            "Nothing wrong with it, our plans have changed.",
            "Sorry for the trouble.",
        ),
        notes=("Pulled from the belt by hand.",),
        cases=(
            Case(
                subjects=(
                    "Please cancel {order}",
                    "Changed my mind about the {product}",
                ),
                opening=("I'd like to cancel the {product}, ordered about {number} minutes ago."),
                request=("Is it too late?"),
                answer=("Not too late: it's cancelled, and no money has been taken."),
                question=("Shall I cancel the whole order, or only the {product}?"),
                reply=("Only that, keep the rest please."),
                complaint=("I got a shipping mail for it today, though?"),
            ),
            Case(
                subjects=(
                    "Ordered the {product} twice by accident",
                    "Two identical orders",
                ),
                opening=("I seem to have ordered the {product} twice."),
                request=("Could you cancel one of them?"),
                answer=("I've cancelled the second one and left the first, which arrives sooner."),
                question=("They go to two different addresses. Which one shall I cancel?"),
                reply=("The one to my parents' house."),
                complaint=("Both have just been delivered."),
            ),
            Case(
                subjects=(
                    "Surprise gone wrong ({order})",
                    "We both bought the {product}",
                ),
                opening=(
                    "My husband and I have both ordered the {product}, as a surprise for "
                    "each other."
                ),
                request=("Can one of us still get out of it?"),
                answer=("How sweet! His was packed already, so I cancelled yours. I told nobody."),
                question=("Whose shall I cancel? I promise to keep quiet."),
                reply=("Mine, please. His face will be worth it."),
                complaint=("Now he has cancelled his as well. We have none."),
            ),
        ),
    ),
    Scenario(
        key="sign-in",
        language="en",
        group="Support",
        type="incident",
        tags=(
            "login",
            "account",
        ),
        products="any",
        priorities=(
            "normal",
            "high",
        ),
        details=(
            "I've looked in the spam folder.",
            "Same on the phone and on the computer.",
            "I need to get at {order}.",
            "It worked on {day}.",
        ),
        notes=(
            "Bounce from their provider: mailbox full.",
            "Verified by order and postcode.",
        ),
        cases=(
            Case(
                subjects=(
                    "Can't sign in any more",
                    "Locked out of my account",
                ),
                opening=(
                    "It says my account is locked after too many attempts. I made {number}, "
                    "then I stopped."
                ),
                request=("Can you let me back in?"),
                answer=(
                    "You're unlocked. Please choose a new password with the link I've just sent."
                ),
                question=("To be sure it's you: what was the last thing you ordered from us?"),
                reply=("A {product}."),
                complaint=('The link says "expired" before I have even clicked on it.'),
            ),
            Case(
                subjects=(
                    "Reset mail never arrives",
                    "No mail for a new password",
                ),
                opening=("The mail for a new password never arrives."),
                request=("Please help."),
                answer=(
                    "Your mail provider refused our message. I've sent it again by another "
                    "way, it should be there."
                ),
                question=("Might your mailbox be full? Their server tells us so."),
                reply=("It was! 14,000 newsletters. I've made room."),
                complaint=("Still nothing, I've waited two hours."),
            ),
            Case(
                subjects=(
                    "Please change my e-mail address",
                    "New e-mail, old account",
                ),
                opening=("I have a new e-mail address and can't change it myself."),
                request=("Could you do it for me?"),
                answer=(
                    "Done. You sign in with the new address from now on, and your orders "
                    "came along."
                ),
                question=(
                    "Of course. For safety I've sent a code to the old address; could you "
                    "read it to me?"
                ),
                reply=("I no longer have the old one, that's the problem..."),
                complaint=("The new one works, but my wish list is empty."),
            ),
        ),
    ),
)
