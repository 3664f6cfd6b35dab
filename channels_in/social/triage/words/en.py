"""English."""

from channels_in.social.triage.lexicon import Lexicon

LEXICON = Lexicon(
    language="en",
    asks="""
        how (do|can|could|would|should|long|much|many|often) (i|we|you|to|does|is|are|will|before)
        how (do|can|long|much|many)
        (what|which|where|when|why) (is|are|do|does|did|can|could|will|would|should|time|size)
        where … (find|buy|get|is)
        is there (a|any|some|another|still)
        are there
        (can|could|may|would) (i|we|you|someone|somebody|anyone|one)
        (do|does|did|has|have|will) (you|it|the|your|anyone|anybody|this|they)
        (does|do|is|are|has|will|can) (@|anyone|somebody|someone|this|that|it|the)
        (any|some) (idea|chance|fix|news|update|way|help|advice)
        anyone (know|knows|else)
        (any|some)(one|body) … (know|tell|help|explain)
        who (do|can|should) (i|we)
        wondering (if|whether|how|when|why)
        (which|what) is it
        not sure (if|how|whether)
        (tell|let) me (know|how|if|where|when|what)
        what do i do
        is it me or
        asking for
        (what|which) (size|colou?r|model|version|one)
    """,
    wishes="""
        (need|want|like|love|trying|tried|looking|hoping) (to|for) (know|change|update|swap|return|find|cancel|reset|add|remove|order|use|move|pay|get|the|a|see|upload|download|log|sign|speak|talk)
        (id|i would|we would|wed) like
        i (need|want) (to|a|an|my|the)
        please (could|can|would) you
        (please )?(unsubscribe|change|cancel|update|send|correct|remove|help) (me|my|us|our|the)
        looking for (the|a|an|my)
        trying to
        tried (to |uploading|calling|resetting|logging|updating|everything)
        (only )?lets me only
    """,
    business="""
        orders?( (number|no))?
        (my|our|the|an) (account|invoice|bill|password|refund|subscription|parcel|package|delivery|booking|contract|card|code|address|plan)
        invoices?
        refunds?
        vat
        password
        subscription
        account
        settings?( page)?
        (ship|shipped|ships|shipping)
        warranty
        (promo )?code
        checkout
        basket
        (two|2) factor
        documents?
        cancellation
        newsletter
        export
        api
        instructions
        gift cards?
        packaging
        opening hours
        (phone|iphone|android|laptop|router)
        sync\\w*
    """,
    trouble="""
        (cant|cannot|could not|couldnt|unable to|not able to|wont let me|not let me) (log ?in|log in|sign in|open|pay|find|access|connect|reach|get|use|load|play|print|upload|change|see|download)
        (cant|cannot|couldnt|unable to) … (anymore|any more)
        (doesnt|does not|dont|do not|didnt|isnt|is not|arent|wont|not) (seem to )?(work|working|load|loading|open|start|connect|accept|accepted|arrive|arriving|respond|responding|sync|show|showing|update|recognised|recognized|available|reach)
        (stopped|stops|quit) (working|loading|responding|charging|syncing)
        never arrives
        (stuck|frozen|freezes|hangs|glitch\\w*|broken|buggy|lagging|slow)
        (fails|failed|failing|failure)
        (keeps?) (dropping|crashing|asking|saying|logging|failing|disconnecting|restarting)
        locked out
        logged out
        session expired
        says … (expired|invalid|error|wrong|incorrect)
        expired
        (card )?declined
        (returns|gives|shows|get|getting|got) (an? )?(error|40\\d|429)
        (does|do) nothing
        disappear(ed|s)?
        over and over
        not (possible|found|accepted|recognised|recognized)
        (renewed|charged|billed) although
        still (shows|says|broken|not|doesnt)
        no (signal|sound|picture|connection)
    """,
    wrong="""
        (wrong|incorrect) (size|item|address|colou?r|order|bill|product|part|name|amount|one|price|model|invoice)
        (another|again a|second|third|fourth) wrong
        (second|third|fourth|fifth|3rd|2nd|4th) time
        (been )?(waiting|waited) … (weeks?|days?|months?|hours?|minutes|ages|years?)
        (been )?on hold( \\w+){0,3}
        (weeks?|days?|months?|hours?) (late|without|and still|later|ago and)
        (its|it has|its now) been \\w+ (days?|weeks?|months?|hours?)
        (now )?on day \\w+
        still (no|nothing|waiting|havent|hasnt|not|without)
        (is|are|was|were|came|arrived|being|hours|days|weeks) (very |so |too |always )?(late|delayed)
        (late|delayed) again
        (came|arrived|was|were|is|got|delivered|turned up) (\\w+ )?(broken|damaged|crushed|scratched|cold|wet|soaked|torn|cracked|dented|stained|empty|opened|used|dirty|faulty|defective|smashed)
        (crushed|soaked|scratched|smashed|dented|shattered|in pieces|faulty|defective)
        (broke|broken|cracked|ripped|tore|fell apart|snapped|leaks?|leaking|leaked)
        with stains
        (is|was|were|are) missing
        missing (\\w+ ){0,2}(of|from|parts?|items?|chairs?|screws)
        (half|part|one|two) … (is|was|were|are) missing
        never (arrived|came|showed|turned up|received|got|delivered|answers|answered|replied|called|rings)
        (didnt|did not|hasnt|has not|havent) (arrive|arrived|come|came|show|showed|ring|receive|received|deliver|delivered|happen|happened|help|get|got)
        (not here|nowhere to be found)
        (no|without an?|without any) (reply|answer|response|refund|explanation|apology|callback|delivery)
        (no ?one|nobody|noone) … (answers|answered|replies|replied|picks|picked|responds|responded|calls|called|helps|cares|came|reads|rings)
        hung up( \\w+)?
        ignor(ed|ing|es) (me|my|us|our)
        (charged|billed|debited|paid|charge) (me |us )?(twice|double|two times|five times)
        (double|over) ?charged
        (my|our) money back
        (refund|return|warranty|claim) … (refused|denied|rejected)
        (refused|refuses|refusing|denied) … (refund|return|repair|replace|honou?r|help|pay)
        (kept|keep|took|takes|stole) (the|my|our) money
        without (telling|asking|notice|warning)
        (stolen|lost) … (parcel|package|courier|driver|doorstep|post)
        (parcel|package) … (stolen|lost)
        (driver|courier) … (left|threw|lied|didnt|did not)
        nothing like the (picture|photo|description|pictures)
        not (what|as) (i|we) (paid|ordered|expected|described)
        (promised|supposed to|guaranteed|was told|told me)
        stopped working
        nothing (has )?(happened|happens|changed)
        (it|that) did(nt| not) help
        tracking … (still|label|nothing)
        deletes? my
        (cancelled|canceled) my
        without a
        still broken
        closed my ticket
        nobody picks up
    """,
    anger="""
        (worst|terrible|awful|horrible|horrendous|useless|ridiculous|unacceptable|disgusting\\w*|appalling|atrocious|dreadful|pathetic|rubbish|abysmal|shocking|disgraceful|shambles|scandalous)
        shame( on you)?
        (is|such|what|absolute|total) (a )?(joke|disgrace|shambles|disaster|nightmare|mess)
        disappoint\\w+
        unbelievable
        (fed up|sick of|had enough|is enough|enough is enough)
        (frustrat|annoy|infuriat)\\w+
        (angry|furious|livid|upset|unhappy|dissatisfied|regret\\w*)
        (bad|poor|lousy|terrible) (service|quality|experience|support|communication)
        never (again|ordering|buying|shopping|using|coming|trust\\w*)( \\w+)?
        (wouldnt|would not|cant|cannot|dont|do not) … (recommend|touch|trust)
        (isnt|is not|not) good enough
        complaint about
        filed a complaint
        (scam|rip ?off|ripped off|con artists|cheated|lied to)
        (fix|sort out) your
        wtf
        no thanks
        i used to (love|like|trust)
        (consumer protection|my lawyer|small claims|trading standards)
        so bad
        last straw
    """,
    irony="""
        thanks for nothing
        slow clap
        so much for
        (great|nice|good|fantastic|brilliant|lovely) (job|work|one) … (not|my|again|another|nine)
        (how|oh|just) (lovely|wonderful|great|brilliant|fantastic|nice)
        oh (wonderful|great|joy|lovely|good)
        love how
        lol well done
        bravo
        thank you so much … (again|for nothing)
        (delivered with|premium|next day|express) … (on day|days|later|footprint|late|without)
        nice (\\.|!|$)
        5 stars for
        another update that
    """,
    urgent="""
        immediately
        emergency
        (right|straight) (now|away)
        (please )?(help|call) (me|us)?( asap| now| urgently)? ! !
        (please )?call me (asap|now|back now|urgently)
        (is|are) (tomorrow|tonight|today) and
        (flight|train|wedding|funeral|exam|surgery|operation) … (tomorrow|tonight|today|leaves|hours|is)
        in (an|one|two|three) hours?
        (needs attention|answer|decision) today
        need … (now|today|tonight)
        at once
        before it (ships|leaves|is too late)
    """,
    danger="""
        (hacked|phished|breached|hijacked|compromised)
        (caught|on) fire
        (burning|burnt|burned|smoke|smoking|sparks?|exploded|explodes|overheat\\w*|melted)
        electric(al)? shocks?
        allerg\\w+
        (injured|hospital|poison\\w*|choking|bleeding)
        (another|other|different|someone elses|strangers) (customers?|persons?|users?) … (address|data|order|orders|details|account|name)
        (ordering|buying|shopping|paying|spending) … with my card
        (in|under) my name
        data (leak|breach)
        (fraud\\w*|identity theft)
        (typed|entered|gave) … (card|password|pin)
    """,
    down="""
        (site|website|app|server|servers|system|service|checkout|login|internet|network|line|page) … (is|are|down|dead|unavailable|broken|offline|not (working|loading|responding))
        outages?
        (both|all|everything|nothing) (dead|down|loads|works|is loading)
        (without|no) (internet|signal|power|service|network|phone)
        (locked out|kicked out)
        cant connect
        (not|isnt|stopped) (working|loading)
        error when
        unavailable
    """,
    many="""
        (anyone|anybody|someone) else
        (everyone|everybody|every one of us|all of us|all our|all my|none of (our|us|my)|the whole|whole) (\\w+)?
        (all|our) (users|customers|stores|shops|branches|offices|colleagues|team)
        is it (just|only) me
        just me or
        (me|us) (and|or) (anyone|my|the|all)
        neither can
        (in|across) the (office|country|city|team|region)
        here too
        same here
        (nobody|no one) … (can|able)
        status page
        again (for|in) (everyone|all)
    """,
    thanks="""
        (thanks|thank you|cheers|ta|much appreciated|appreciate it|grateful|kudos)( so much| a lot| very much| again)?
        (shout ?out|shoutout|props|hats off|well done|respect|chapeau|big up) ?(to)?
    """,
    praise="""
        (great|amazing|awesome|fantastic|excellent|brilliant|wonderful|superb|outstanding|lovely|perfect|beautiful|beautifully|gorgeous|stunning|incredible|fabulous|flawless|impressed|impressive|obsessed|delighted|thrilled|pleased)
        (love|loving|loved|adore|enjoy|enjoying)
        (best|favou?rite) \\w+
        (so|really|very|super|always|insanely|incredibly|such) (good|nice|happy|friendly|helpful|quick|fast|easy|kind|easier|comfortable|comfy|pretty|polite|professional|smooth)
        (good|nice|happy|friendly|helpful|quick|kind|easier|polite)
        (you are|youre|you re|your) (the best|a star|amazing|awesome|great|legends?)
        (highly|i|id|can|we|will|definitely|would|absolutely) recommend(ed)?
        recommended
        (like|as good as) new
        just works
        (did|does) the trick
        lovely people
        why i keep
        (finally a|i wish every) (shop|company)
        (made|make) my day
        (in|within) (\\w+ )?(minutes|an hour|seconds)
        here (the next day|tuesday|already)
        insanely fast
        hats off
        spot on
        5 stars
        worth every (penny|cent)
    """,
    at_peace="""
        (no|without any|zero|not a single) (problem|problems|issue|issues|trouble|complaint|complaints|fuss|hassle|delay|delays|drama)( at all| whatsoever| so far)?
        (never|havent|never once) (had|have|had a|had any) (\\w+ )?(bad|problem|problems|issue|issues|complaint|trouble|negative) ?(experience|experiences)?
        (cant|cannot|could not) (fault|complain|stop|recommend … enough|praise … enough|get enough|wait|thank)
        (could not|couldnt) be (happier|better|more)
        (nothing|not much) to complain( about)?
        ready to complain
        not gonna lie
        no question
        (dont|do not) (worry|mention)
        never will i guess
        who needs
        (wont|will not) be disappointed
        how is … so good
    """,
    solved="""
        (solved|sorted|fixed|resolved|replaced|repaired)( it| that| everything| my| within| in)?
        (works|working) (now|again|fine|perfectly)
        (that|it) (did|worked|fixed|helped)
        all good now
        without any fuss
    """,
    not_="""
        not|never|no|isnt|wasnt|arent|dont|doesnt|didnt|hardly|barely|cant|cannot|wouldnt|nothing|without|less|far from|stop
    """,
    insults="""
        (you|u|youre|you are|your) (an? )?(idiot|moron|fool|stupid|pathetic|dumb|ignorant|loser|joke)\\w*
        (idiots?|morons?|imbeciles?|losers?|fanboys?|sheep|parasites?|liars?|scum|trash|cretins?|muppets?)
        (stupid|dumb|brainless) \\w+
        garbage company
        (shut|shove) (up|it)
        get a (life|grip|job)
        deserve each other
        (cope|seethe|cry) (harder|more)
    """,
    quarrel="""
        boycott\\w*
        (woke|libs|leftist|nazi|fascis\\w+|communis\\w+|capitalis\\w+|politics|political|wrong party)
        (nobody|no ?one|no one) (cares|asked)( \\w+)?
        who (asked|cares)
        ratio
        (lol|lmao|haha)? ?imagine (paying|thinking|buying|being|believing)
        (thinking|think) this is a flex
        hope (you|your|they|it) … (bankrupt|fail|fails|tank|tanks|crash|burn|close|rot)
        go (bankrupt|to hell|read|woke)
        (all|every) (corporations|companies|brands) are
        everybody knows
        wrong again
        cope
        the disease
    """,
    bait="""
        (win|wins) (a|an|free|your|the|our|up|this)
        to win
        to enter
        enter to
        tag (\\d|two|three|a|your) ?\\w*
        (earn|make|making) … (money|\\$\\d\\S*|\\d\\S*) … (week|day|month|online|home|hour)
        (earn|make) (money|cash) (online|fast|from)
        work(ing)? from home
        dm me (now|for|to)
        (\\S+ )?(followers|likes) … (cheap|real|best|24h|buy|prices)
        (buy|get|real) (\\S+ )?(followers|likes|verified accounts|subscribers)
        (you have been|youve been) selected
        (free|claim) (\\S+ )?(gift ?card|iphone|voucher|money|ps\\d|crypto|prize)\\w*
        click (here|the link|below)
        join (our|my|us|the) (\\S+ )?(telegram|channel|group|discord|whatsapp)
        (first page|top|rank) of google
        (business|investment) (proposal|opportunity)
        (million|billion) (dollars|euros|usd|pounds)
        (recover\\w*|got|get) (my|your|the|back)? ?(\\S+ )?(funds|wallet|hacked account|lost account)
        (contact|message|reach|dm|text|hmu) … (instagram|telegram|whatsapp|him|her)
        helped me (get|recover|unlock)
        hot singles
        referral code
        my code
        (use|with) (my|code) … (off|discount)
        (\\d+)% off
        (promote|boost) your
        kindly (reply|dm|contact)
        (cheap price|best prices)
        pumping
    """,
    weak_bait="""
        tag
        ends (tonight|today|friday|soon|sunday)
        cheap
        earn
        money
        deals
        wallet
        link
        visit
        join
        channel
        friends
        prize
        selected
        gift ?cards?
        our website
        your website
        account
    """,
)
