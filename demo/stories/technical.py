"""Things that do not work: devices, apps, firmware, web pages."""

from __future__ import annotations

from demo.stories.model import Story, noted, said

STORIES: tuple[Story, ...] = (
    Story(
        key="app-logs-out",
        channel="x",
        subject=("@brightcart your app logs me out every hour since the update"),
        requester="dana",
        messages=(
            said(
                "dana",
                0,
                "@brightcart your app logs me out every hour since the update and the cart "
                "is empty every single time. I build apps for a living: your refresh token "
                "isn't refreshing. Fix pls",
            ),
        ),
        group="Support",
        assignee=None,
        status="new",
        priority="high",
        type="incident",
        tags=("login", "app", "social"),
        language="en",
    ),
    Story(
        key="smart-plug-5ghz",
        channel="email",
        subject=("Glim smart plug will not join Wi-Fi (mesh, WPA3)"),
        requester="ravi",
        messages=(
            said(
                "ravi",
                0,
                "Hello,\n\n"
                "Four Glim plugs, firmware 2.1.9. None joins my mesh network (WPA3, single "
                "SSID for 2.4 and 5 GHz). Log attached: they associate, fail the 4-way "
                "handshake, and go away after 3 attempts. They do join a phone hotspot.\n\n"
                "Ravi",
                "router-log.txt",
            ),
            noted(
                "tom",
                55,
                "2.1.x cannot do WPA3-only. Transition mode works. 2.2.0 has WPA3, out next "
                "month, beta on request.",
            ),
            said(
                "lead",
                25,
                "Hi Ravi,\n\n"
                "Thank you for the log, it answered everything. Firmware 2.1 can't do WPA3 "
                "alone:\n\n"
                '1. Set the router to WPA2/WPA3 mixed ("transition") mode.\n'
                "2. Hold the button of the plug for 8 seconds until it blinks amber.\n"
                "3. Add it again in the app.\n\n"
                "Version 2.2 next month does WPA3. I can put you on the beta if you like.\n\n"
                "Lena",
                html=(
                    "<p>Hi Ravi,</p><p>Thank you for the log, it answered everything. "
                    "Firmware 2.1 can't do WPA3 alone:</p><ol><li>Set the router to "
                    '<strong>WPA2/WPA3 mixed</strong> ("transition") mode.</li><li>Hold '
                    "the button of the plug for 8 seconds until it blinks amber.</li><li>Add "
                    "it again in the app.</li></ol><p>Version 2.2 next month does WPA3. I "
                    'can put you on <a href="https://help.example.com/beta">the beta</a> '
                    "if you like.</p><p>Lena</p>"
                ),
            ),
            said(
                "ravi",
                190,
                "Mixed mode did it. Yes to the beta please.",
            ),
            said(
                "lead",
                20,
                "You're in. The invitation comes by mail on Thursday.",
            ),
        ),
        group="Products",
        assignee="lead",
        status="solved",
        priority="normal",
        type="question",
        tags=("technical", "wifi"),
        language="en",
        rating="good",
        rating_comment=("Precise answer, worked first time."),
        product=("Glim smart plug"),
    ),
    Story(
        key="tv-no-sound",
        channel="email",
        subject=("Television has gone quiet"),
        requester="margaret",
        messages=(
            said(
                "margaret",
                0,
                "Dear Sirs,\n\n"
                'The television shows the picture but says nothing. My son says to "check '
                "the HDMI arc\" but he's in Canada. I've turned it off and on as one does.\n\n"
                "Margaret Ashby",
            ),
            said(
                "bob",
                74,
                "Dear Mrs Ashby,\n\n"
                "Let us start with the simplest thing: on the remote, below the volume keys, "
                "there is a button with a small loudspeaker crossed out. Please press it "
                "once and see if it speaks again.\n\n"
                "If not, I'll ring you at whatever time suits and we'll do it together.\n\n"
                "Bob",
            ),
            said(
                "margaret",
                130,
                "I pressed it and there was nothing. Tomorrow at ten?",
            ),
            noted(
                "bob",
                1000,
                'Rang her. Sound output was set to "external" (cat walked over the '
                "remote?). Set to TV speakers. 9 min, mostly about the cat.",
            ),
            said(
                "bob",
                3,
                "Dear Mrs Ashby, it was a pleasure. For the next time: Settings, Sound, "
                "Output, TV speakers. Regards to Mr Pickles.",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="normal",
        type="question",
        tags=("technical", "tv"),
        language="en",
        rating="good",
        rating_comment=("He rang me! Nobody rings any more."),
        product=("Vista 43 television"),
    ),
    Story(
        key="app-crash-android",
        channel="api",
        subject=('App 6.4.1 closes when I open "My orders"'),
        requester="callum",
        messages=(
            said(
                "callum",
                0,
                "Sent from the app (Android 15, app 6.4.1).\n\n"
                'Tapping "My orders" closes the app. Every time. Reinstalled twice. Crash '
                "file attached.",
                "crash.txt",
            ),
            said(
                "bob",
                44,
                "Hi Callum,\n\n"
                "Thanks for the file, that saves us a lot of time. It fails on one old order "
                "whose product no longer exists. The app team has it. Until then the website "
                "shows your orders fine.\n\n"
                "Bob",
            ),
            noted(
                "bob",
                1,
                "Order BC-2021-000388, product deleted. App team ticket APP-1190.",
            ),
        ),
        group="Support",
        assignee="bob",
        status="open",
        priority="normal",
        type="incident",
        tags=("app", "crash", "android"),
        language="en",
    ),
)
