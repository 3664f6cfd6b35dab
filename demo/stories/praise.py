"""Kind words, small complaints about nothing, and other mail without a problem."""

from __future__ import annotations

from demo.stories.model import Story, said

STORIES: tuple[Story, ...] = (
    Story(
        key="love-packaging",
        channel="x",
        subject=("@brightcart love the new packaging, not a gram of plastic"),
        requester="zoe",
        messages=(
            said(
                "zoe",
                0,
                "@brightcart love the new packaging, not a gram of plastic 💚 the cat has "
                "moved into the box",
            ),
            said(
                "bob",
                40,
                "@zoepap Thank you! Please tell the cat that the rent is due on the 1st. ^BO",
            ),
        ),
        group="Support",
        assignee="bob",
        status="closed",
        priority="low",
        type=None,
        tags=("praise", "social"),
        language="en",
    ),
    Story(
        key="carol-thanks",
        channel="email",
        subject=("A thank-you note for the whole team"),
        requester="carol",
        messages=(
            said(
                "carol",
                0,
                "Dear all,\n\n"
                "I write when something is wrong, so it's only fair to write when it isn't. "
                "The hall looks lovely, the lamp is just right, and everybody I've dealt "
                "with was kind. Thank you.\n\n"
                "Carol Jensen",
            ),
            said(
                "bob",
                70,
                "Dear Carol,\n\n"
                "Your mail is on the wall in our kitchen now. Thank you, from all of us.\n\n"
                "Bob",
            ),
        ),
        group="Support",
        assignee="bob",
        status="closed",
        priority="low",
        type=None,
        tags=("praise",),
        language="en",
        rating="good",
        rating_comment=("They earned it"),
    ),
    Story(
        key="driver-praise",
        channel="email",
        subject=("the young man with the van"),
        requester="dorothy",
        messages=(
            said(
                "dorothy",
                0,
                "Dear Sir or Madam\n\n"
                "The young man who brought the bird feeder also changed the bulb in my "
                "porch, because he saw it was dark. I did not get his name. He had a "
                "Liverpool scarf. Could you please thank him.\n\n"
                "Dorothy Wainwright (Mrs)",
            ),
            said(
                "priya",
                120,
                "Dear Mrs Wainwright,\n\n"
                "His name is Jamie, he has been told, and he went as red as his scarf. His "
                "manager has been told too.\n\n"
                "Priya Nair",
            ),
            said(
                "dorothy",
                200,
                "Oh good. There is a new robin at the feeder.",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="closed",
        priority="low",
        type=None,
        tags=("praise", "delivery"),
        language="en",
        rating="good",
    ),
    Story(
        key="typo-report",
        channel="web",
        subject=('Typo on the oven page: "pubic holidays"'),
        requester="ravi",
        messages=(
            said(
                "ravi",
                0,
                'On the Isbre oven page, the Sabbath mode paragraph mentions "pubic '
                'holidays". You may want to fix that one before somebody screenshots it. (I '
                "did.)",
            ),
            said(
                "lead",
                19,
                "Hi Ravi,\n\n"
                "Fixed within the minute and with great thanks. A voucher for your silence, "
                "and a second one for the screenshot, are in your account.\n\n"
                "Lena",
            ),
            said(
                "ravi",
                5,
                "Haha. My lips are sealed.",
            ),
        ),
        group="Products",
        assignee="lead",
        status="solved",
        priority="low",
        type=None,
        tags=("feedback", "web"),
        language="en",
    ),
    Story(
        key="job-application",
        channel="email",
        subject=("do you have jobs (part time)"),
        requester="chloe",
        messages=(
            said(
                "chloe",
                0,
                "hi, this is probably the wrong address but your answers are so nice that "
                "I'd like to work there. do you have part time jobs for students? chloe",
            ),
            said(
                "lead",
                85,
                "Hi Chloe,\n\n"
                "It's the right address after all, I'm the one who hires. We look for two "
                "students from January for evenings and Saturdays: please send a few lines "
                "to me directly.\n\n"
                "Lena",
            ),
        ),
        group="Support",
        assignee="lead",
        status="solved",
        priority="low",
        type="question",
        tags=("other",),
        language="en",
    ),
    Story(
        key="review-stars",
        channel="email",
        subject=("5 stars"),
        requester="finn",
        messages=(
            said(
                "finn",
                0,
                "Five stars for the kettle. It doesn't click any more. The marriage is saved. Finn",
            ),
        ),
        group="Support",
        assignee=None,
        status="new",
        priority="low",
        type=None,
        tags=("praise",),
        language="en",
    ),
    Story(
        key="children-drawing",
        channel="email",
        subject=("A drawing from 2nd class ✏️"),
        requester="brigid_office",
        messages=(
            said(
                "brigid_office",
                0,
                "The children of second class drew your delivery lorry to say thanks for the "
                "beanbags. Note the dragon on the roof.\n\n"
                "Nuala",
                "drawing.png",
            ),
            said(
                "bob",
                66,
                "Dear second class,\n\n"
                "We have looked for the dragon on every lorry and are now asking for one. "
                "Thank you! It's the best post we had all year.\n\n"
                "Bob and everybody",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="low",
        type=None,
        tags=("praise", "school"),
        language="en",
        rating="good",
    ),
)
