"""What becomes of posts as they come in: triage, the account's own rules, and whose talk it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import Identity
from channels_in.actions.stream.posts import PostDraft, keep_posts, note_gone
from channels_in.adapters import Arrival
from channels_in.matching import NO_MATCH, Match
from channels_in.models import Fate, StreamRules, Tier
from channels_in.reasons import Reason
from channels_in.receive import raw_bytes
from channels_in.screening import PASS, Verdict
from channels_in.social.network import Facts, SocialNetwork
from channels_in.social.triage import Post, Score, triage
from tickets.models import Participant, Ticket


@dataclass(frozen=True, slots=True)
class _Judged:
    tier: str
    score: Score
    why: str = ""  # the account's rule that decided, when triage did not


def judge(
    network: SocialNetwork, arrivals: Sequence[Arrival], matches: Sequence[Match]
) -> dict[int, Verdict]:
    """A verdict for each by its item's id; every public post is kept in the stream as well."""
    if not arrivals:
        return {}
    accounts = {arrival.item.account_id for arrival in arrivals}
    rules = {row.account_id: row for row in StreamRules.objects.filter(account__in=accounts)}
    verdicts: dict[int, Verdict] = {}
    drafts: list[PostDraft] = []
    for arrival, match in zip(arrivals, matches, strict=True):
        facts = network.facts(raw_bytes(arrival.item))
        judged = _judge_one(arrival, facts, match, rules.get(arrival.item.account_id))
        if arrival.message.is_private:
            verdicts[arrival.item.pk] = _private(judged)
            continue
        verdicts[arrival.item.pk] = PASS if judged.tier == Tier.TICKET else Verdict(Fate.STREAM)
        drafts.append(_draft(arrival, facts, judged))
    keep_posts(drafts=drafts)
    return verdicts


def take_down(network: SocialNetwork, arrivals: Sequence[Arrival]) -> dict[int, Verdict]:
    """Those arrivals that tell of a post taken down by its author: it leaves the stream."""
    verdicts: dict[int, Verdict] = {}
    for arrival in arrivals:
        if network.facts(raw_bytes(arrival.item)).has_gone:
            note_gone(account_id=arrival.item.account_id, external_id=_id_of(arrival))
            verdicts[arrival.item.pk] = Verdict(Fate.DELETED)
    return verdicts


def own_tickets_only(arrivals: Sequence[Arrival], matches: Sequence[Match]) -> list[Match]:
    """The matches, without those of people who only speak in somebody else's public thread."""
    public = [
        (arrival, match)
        for arrival, match in zip(arrivals, matches, strict=True)
        if match.ticket_id and not arrival.message.is_private and arrival.message.author
    ]
    if not public:
        return list(matches)
    belongs = _who_belongs({match.ticket_id or 0 for _, match in public})
    people = _people([arrival for arrival, _ in public])
    strangers = {
        arrival.item.pk
        for arrival, match in public
        if people.get(_handle(arrival), 0) not in belongs.get(match.ticket_id or 0, set())
    }
    return [
        NO_MATCH if arrival.item.pk in strangers else match
        for arrival, match in zip(arrivals, matches, strict=True)
    ]


def _judge_one(arrival: Arrival, facts: Facts, match: Match, rules: StreamRules | None) -> _Judged:
    message, account = arrival.message, arrival.item.account
    score = triage(
        Post(
            message.text,
            language=facts.language,
            is_private=message.is_private,
            answers_us=facts.answers_us,
            quotes_us=facts.quotes_us,
            own_names=(account.address, account.address.lstrip("@").partition("@")[0]),
            followers=facts.followers,
            reactions=facts.reactions,
        )
    )
    if match.ticket_id:
        return _Judged(Tier.TICKET, score, "own_ticket")
    if rules is None or message.is_private:
        return _Judged(score.tier.value, score)
    if phrase := _phrase_in(message.text, rules.always):
        return _Judged(Tier.TICKET, score, f"always:{phrase}")
    if phrase := _phrase_in(message.text, rules.never):
        return _Judged(Tier.ALONE, score, f"never:{phrase}")
    chosen = rules.tiers.get(score.kind.value)
    if chosen in Tier.values and chosen != score.tier:
        return _Judged(chosen, score, "kind")
    return _Judged(score.tier.value, score)


def _phrase_in(text: str, phrases: str) -> str:
    lowered = text.casefold()
    found = (line.strip() for line in phrases.splitlines())
    return next((line for line in found if line and line.casefold() in lowered), "")


def _private(judged: _Judged) -> Verdict:
    """Who writes in private is answered; bait waits where suspended messages do."""
    if judged.tier == Tier.ALONE:
        return Verdict(Fate.SUSPENDED, Reason.SPAM)
    return PASS


def _draft(arrival: Arrival, facts: Facts, judged: _Judged) -> PostDraft:
    message, score = arrival.message, judged.score
    assert message.author is not None  # noqa: S101  screening lets nothing pass without one
    reasons = [
        {"code": reason.code, "points": reason.points, "words": reason.words}
        for reason in score.reasons
    ]
    if judged.why:
        code, _, words = judged.why.partition(":")
        reasons.insert(0, {"code": f"rule_{code}", "points": 0, "words": words})
    return PostDraft(
        item=arrival.item, external_id=_id_of(arrival), conversation=message.conversation,
        answers=next(iter(message.in_reply_to), ""), answers_us=facts.answers_us,
        quotes_us=facts.quotes_us, url=message.url, author=message.author.value,
        handle=facts.handle or message.author.value, author_name=message.author.name,
        author_url=message.author.url, followers=facts.followers, reactions=facts.reactions,
        text=message.text, language=score.language or facts.language[:8],
        sentiment=score.sentiment.value, kind=score.kind.value, urgency=score.urgency,
        reasons=reasons, tier=judged.tier, posted_at=message.date,
    )  # fmt: skip


def _id_of(arrival: Arrival) -> str:
    return (arrival.message.message_id or arrival.item.external_id)[:255]


def _handle(arrival: Arrival) -> tuple[str, str]:
    author = arrival.message.author
    return (author.kind, author.value) if author else ("", "")


def _people(arrivals: Sequence[Arrival]) -> dict[tuple[str, str], int]:
    handles = {_handle(arrival) for arrival in arrivals}
    rows = Identity.objects.filter(
        kind__in={kind for kind, _ in handles}, value__in={value for _, value in handles}
    )
    return {(kind, value): pk for kind, value, pk in rows.values_list("kind", "value", "user_id")}


def _who_belongs(ticket_ids: set[int]) -> dict[int, set[int]]:
    people: dict[int, set[int]] = {}
    for pk, requester_id in Ticket.objects.filter(pk__in=ticket_ids).values_list(
        "id", "requester_id"
    ):
        people.setdefault(pk, set()).add(requester_id)
    rows = Participant.objects.filter(ticket__in=ticket_ids, is_accepted=True)
    for ticket_id, user_id in rows.values_list("ticket_id", "user_id"):
        people.setdefault(ticket_id, set()).add(user_id)
    return people
