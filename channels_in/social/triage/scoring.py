"""From words to a kind: points for and against each, the likeliest one, and how urgent it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from channels_in.social.triage import language as languages
from channels_in.social.triage.evidence import Evidence, gather, likeliest_language
from channels_in.social.triage.post import Kind, Post, Reason, Score, Sentiment
from channels_in.social.triage.reach import reach_points
from channels_in.social.triage.reading import read

_ENOUGH = 3  # points that make a kind more than a suspicion
_BASE = {
    Kind.OUTAGE: 85,
    Kind.URGENT: 90,
    Kind.COMPLAINT: 60,
    Kind.QUESTION: 45,
    Kind.PRAISE: 20,
    Kind.MENTION: 10,
    Kind.ARGUING: 5,
    Kind.SPAM: 0,
}


@dataclass(slots=True)
class _Tally:
    points: dict[Kind, int] = field(default_factory=lambda: dict.fromkeys(Kind, 0))
    reasons: list[tuple[Kind, Reason]] = field(default_factory=list)

    def add(self, kind: Kind, code: str, points: int, words: str = "") -> None:
        self.points[kind] += points
        self.reasons.append((kind, Reason(code, points, words)))


def triage(post: Post) -> Score:
    """What this post is, with the reasons for it. Pure."""
    reading = read(post.text)
    language, is_sure = languages.guess(post.text, reading, post.language)
    if not is_sure:
        language = likeliest_language(reading, language)
    found = gather(reading, language)
    tally = _tally(post, found)
    kind = _likeliest(post, tally)
    reasons = [reason for of, reason in tally.reasons if of is kind]
    urgency = _urgency(kind, tally.points[kind], post)
    if post.is_private:
        reasons.append(Reason("private", 0))
    if (reach := reach_points(post)) and kind not in (Kind.SPAM, Kind.ARGUING):
        reasons.append(Reason("reach", reach))
    return Score(kind, urgency, _sentiment(found, kind), language, tuple(reasons) or _PLAIN)


_PLAIN = (Reason("plain", 0),)


def _tally(post: Post, found: Evidence) -> _Tally:
    tally = _Tally()
    _weigh_bait(tally, found)
    _weigh_quarrel(tally, post, found)
    _weigh_trouble(tally, found)
    _weigh_danger(tally, found)
    _weigh_questions(tally, post, found)
    _weigh_praise(tally, found)
    _weigh_place(tally, post, found)
    return tally


def _weigh_bait(tally: _Tally, found: Evidence) -> None:
    """Giveaways and offers: one clear phrase and something beside it, or many small signs."""
    clear, weak = found.of("bait"), found.of("weak_bait")
    _add_each(tally, Kind.SPAM, "bait", clear, 3)
    _add_each(tally, Kind.SPAM, "bait", weak, 1 if clear or len(weak) > 2 else 0)
    crowd = len(found.names) > 2 or len(found.tags) > 3
    if crowd and (clear or weak):
        tally.add(Kind.SPAM, "many_names", 2)
    if found.links and clear:
        tally.add(Kind.SPAM, "link", 1)
    if "🎁" in found.signs or "🎉" in found.signs or found.signs.count("🚀") > 1:
        tally.add(Kind.SPAM, "bait_signs", 2 if clear or weak else 0)


def _weigh_quarrel(tally: _Tally, post: Post, found: Evidence) -> None:
    """Insults and opinions about the world: nobody is helped by an answer."""
    _add_each(tally, Kind.ARGUING, "insult", found.of("insults"), 3)
    _add_each(tally, Kind.ARGUING, "quarrel", found.of("quarrel"), 3)
    if tally.points[Kind.ARGUING] and post.quotes_us:
        tally.add(Kind.ARGUING, "quoting", 1)


def _weigh_trouble(tally: _Tally, found: Evidence) -> None:
    """What went wrong, and how it is told."""
    if found.of("solved") and found.of("praise", "thanks", "at_peace"):
        return  # it is over, and somebody is glad
    wrong, anger, irony = found.of("wrong"), found.of("anger"), found.of("irony")
    _add_each(tally, Kind.COMPLAINT, "wrong", wrong, 3)
    _add_each(tally, Kind.COMPLAINT, "anger", anger, 3)
    _add_each(tally, Kind.COMPLAINT, "not_good", found.of("praise_denied"), 2)
    trouble = found.of("trouble")
    _add_each(tally, Kind.QUESTION, "trouble", trouble, 3)
    if irony and (wrong or anger or trouble or len(irony) > 1 or found.has_quotation):
        _add_each(tally, Kind.COMPLAINT, "irony", irony, 3)
    elif irony:
        _add_each(tally, Kind.COMPLAINT, "irony", irony, 2)
    if trouble and (anger or irony):
        tally.add(Kind.COMPLAINT, "trouble", 2, trouble[0])
    if "🙃" in found.signs or "🤡" in found.signs or "😡" in found.signs or "🤬" in found.signs:
        tally.add(Kind.COMPLAINT, "signs", 2)


def _weigh_danger(tally: _Tally, found: Evidence) -> None:
    _add_each(tally, Kind.URGENT, "danger", found.of("danger"), 5)
    _add_each(tally, Kind.URGENT, "urgent", found.of("urgent"), 3)
    down, many = found.of("down"), found.of("many")
    if down:
        _add_each(tally, Kind.OUTAGE, "down", down, 3)
        _add_each(tally, Kind.OUTAGE, "many", many, 3)
    elif many and found.of("trouble"):
        _add_each(tally, Kind.OUTAGE, "many", many, 2)


def _weigh_questions(tally: _Tally, post: Post, found: Evidence) -> None:
    asks, business = found.of("asks"), found.of("business")
    _add_each(tally, Kind.QUESTION, "asks", asks, 2)
    _add_each(tally, Kind.QUESTION, "wishes", found.of("wishes"), 2)
    if found.asks and not found.of("quarrel"):
        tally.add(Kind.QUESTION, "question_mark", 2 if asks or not found.of("praise") else 1)
    if business and (tally.points[Kind.QUESTION] or post.answers_us):
        tally.add(Kind.QUESTION, "business", 2, business[0])
    if found.has_number and business:
        tally.add(Kind.QUESTION, "number", 1)


def _weigh_praise(tally: _Tally, found: Evidence) -> None:
    _add_each(tally, Kind.PRAISE, "praise", found.of("praise"), 3)
    _add_each(tally, Kind.PRAISE, "thanks", found.of("thanks"), 2)
    _add_each(tally, Kind.PRAISE, "at_peace", found.of("at_peace"), 4)
    if found.of("solved") and tally.points[Kind.PRAISE]:
        tally.add(Kind.PRAISE, "solved", 3, found.of("solved")[0])
    if any(sign in "❤😍🥰👏🙏💚💙🎉😄😊👍🤩" for sign in found.signs):
        tally.add(Kind.PRAISE, "signs", 2)


def _weigh_place(tally: _Tally, post: Post, found: Evidence) -> None:
    """Where it stands: beneath a post of ours, in private, or in a talk of others."""
    own = {name.casefold() for name in post.own_names}
    to_others = bool(found.begins_with_name) and found.begins_with_name not in own and bool(own)
    if to_others:
        tally.add(Kind.MENTION, "to_others", 3)
        tally.add(Kind.ARGUING, "to_others", 1 if tally.points[Kind.ARGUING] else 0)
        return
    glad = tally.points[Kind.PRAISE] >= _ENOUGH
    if post.answers_us and not glad and not tally.points[Kind.ARGUING]:
        tally.add(Kind.QUESTION, "answers_us", 2)


def _likeliest(post: Post, tally: _Tally) -> Kind:
    points = tally.points
    need = max(
        (Kind.URGENT, Kind.OUTAGE, Kind.COMPLAINT, Kind.QUESTION), key=lambda kind: points[kind]
    )
    needs = sum(points[k] for k in (Kind.URGENT, Kind.OUTAGE, Kind.COMPLAINT, Kind.QUESTION))
    if points[Kind.SPAM] >= 4 and points[Kind.SPAM] * 2 > needs:
        return Kind.SPAM
    if points[Kind.ARGUING] >= _ENOUGH and points[Kind.ARGUING] > needs:
        return Kind.ARGUING
    if post.is_private:
        return need if points[need] else Kind.QUESTION
    need = _the_gravest(points, need)
    if points[Kind.PRAISE] > max(_heaviest(points, need), 1) and points[Kind.URGENT] < 5:
        return Kind.PRAISE
    if needs >= _ENOUGH and points[Kind.MENTION] < needs:
        return need
    return Kind.PRAISE if points[Kind.PRAISE] >= 2 else Kind.MENTION


def _the_gravest(points: dict[Kind, int], need: Kind) -> Kind:
    """Danger and outages go before the complaint they are told in."""
    if points[Kind.URGENT] >= 5:
        return Kind.URGENT
    if points[Kind.OUTAGE] >= 5:
        return Kind.OUTAGE
    if points[Kind.COMPLAINT] >= _ENOUGH and points[Kind.URGENT] < _ENOUGH:
        return Kind.COMPLAINT
    return need


def _heaviest(points: dict[Kind, int], need: Kind) -> int:
    """What praise has to outweigh: grief weighs more than a question, which may be rhetorical."""
    grief = points[Kind.COMPLAINT] + points[Kind.OUTAGE] + points[Kind.URGENT]
    return 2 * grief + points[Kind.QUESTION] - 1


def _urgency(kind: Kind, points: int, post: Post) -> int:
    extra = min(points, 12) // 2 + reach_points(post)
    return min(100, _BASE[kind] + (extra if _BASE[kind] > 5 else 0))


def _sentiment(found: Evidence, kind: Kind) -> Sentiment:
    bad = sum(
        len(found.of(name)) for name in ("wrong", "anger", "irony", "insults", "praise_denied")
    )
    bad += kind in (Kind.URGENT, Kind.OUTAGE)
    good = sum(len(found.of(name)) for name in ("praise", "thanks", "at_peace"))
    if kind is Kind.PRAISE:
        return Sentiment.POSITIVE
    if kind is Kind.COMPLAINT or bad > good:
        return Sentiment.NEGATIVE
    return Sentiment.POSITIVE if good > bad and kind is not Kind.SPAM else Sentiment.NEUTRAL


def _add_each(tally: _Tally, kind: Kind, code: str, hits: Iterable[str], points: int) -> None:
    """Each hit counts, the third and later ones no more."""
    for words in list(hits)[:3]:
        if points:
            tally.add(kind, code, points, words)
