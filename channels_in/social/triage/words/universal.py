"""What is said the same in every language, and what foreign posts say in English."""

from channels_in.social.triage.lexicon import Lexicon

LEXICON = Lexicon(
    language="",
    business="""
        login
        app
        update
        (e )?mail
        voucher
        tracking
        firmware
        wifi
        bluetooth
        iban
    """,
    trouble="""
        error( code)?( \\w+)?
        bug*
        crash(ed|es|t)?
        404
    """,
    down="""
        (is )?(down|offline)
        50[0234]
        bad gateway
        service unavailable
        timeout
        \\w*(isdown|down)
    """,
    urgent="""
        urgent\\w*
        sos
        asap
    """,
    thanks="""
        thx
        merci
        thanks
        thank you
    """,
    praise="""
        top
        wow
        10 10
        super
        perfect\\w{0,2}
    """,
    insults="""
        (clown|troll|shill|idiot)\\w{0,2}
        lmao
    """,
    bait="""
        giveaway*
        t me
        onlyfans
        seo
        backlinks?
        guest posts?
        airdrop
        forex
        nft
        bitcoin
        crypto
        krypto
        (whats ?app|telegram) \\+?\\d+
    """,
    weak_bait="""
        follow(ers?)?
        likes?
        rt
        retweet
        free
        win
        telegram
        whatsapp
        link in bio
        promo
        discount
        coupon
        gift cards?
        invest*
        dm me
        contest
        profit
    """,
)
