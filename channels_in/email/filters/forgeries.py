from channels_in.adapters import Arrival
from channels_in.models import Fate
from channels_in.proof import UNPROVEN
from channels_in.reasons import Reason
from channels_in.receive import IMPORT
from channels_in.screening import PASS, Verdict


def suspend_forgery(arrival: Arrival) -> Verdict:
    """Mail that fails where the domain's owner asks everybody to refuse what fails (RFC 7489 §6.3).

    Where the owner asks for nothing, the comment is flagged and that is all: mailing lists and
    forwarders break signatures, too. Old mail is not judged again.
    """
    proof = arrival.proof or UNPROVEN
    if not proof.is_unwanted or arrival.item.envelope.get("via") == IMPORT:
        return PASS
    words = {"DMARC": proof.dmarc, "DKIM": proof.dkim, "SPF": proof.spf, "policy": proof.policy}
    said = ", ".join(f"{name} {word}" for name, word in words.items() if word)
    detail = f"{proof.domain}: {said} ({proof.by})"
    return Verdict(Fate.SUSPENDED, Reason.FAILED_AUTHENTICATION, detail)
