"""The words of mail systems in delivery reports without an RFC 3464 part, all casefolded."""

from __future__ import annotations

# In the name or address of the sender: mail systems and nobody else.
DAEMON_NAMES = (
    "mailer-daemon", "mailer daemon", "mailerdaemon", "mail-daemon", "mail delivery sub",
    "mail delivery system", "maildelivery", "mail delivery service", "internet mail delivery",
    "delivery subsystem", "smtp-gateway", "bounce-notification", "mdaemon", "delivery-notification",
    "delivery notification",
)  # fmt: skip
# Mail systems, but people too: they need more words.
ADMINISTRATOR_NAMES = (
    "postmaster", "post_master", "post-master", "mail administrator", "mail system",
    "mail-system", "mailsystem", "mail router", "system administrator", "systemadministrator",
    "microsoft exchange", "mail server", "sysadmin",
)  # fmt: skip

SUBJECT_MARKS = (
    "message you sent blocked", "blocked by our bulk", "mail delivery status", "delivery status",
    "postmaster notify", "your message was not delivered", "message rejected", "mail not delivered",
    "could not deliver", "nicht zustellbar", "übermittlungsstatus", "notification d'état de remise",
    "notificación de estado de entrega", "notificação de status de entrega",
    "notifica sullo stato del recapito", "status van bezorging", "配信状況", "送信失敗", "配送失敗",
    "undeliver", "undelivered mail", "returned mail", "mail delivery fail",
    "delivery status notification", "delivery failure", "delivery fail", "failure notice",
    "mail delivery problem", "non-deliverable", "delivery notification", "mail system error",
    "message delivery fail", "returned to sender", "nondeliverable", "non-delivery",
    "nondelivery", "undeliverable", "could not be delivered", "delivery has failed",
    "not delivered", "failed delivery", "rejected mail", "mail rejected",
    "message not delivered", "warning: could not send", "delayed mail", "delivery delayed",
    "delivery delay", "mail could not be delivered", "error mail", "delivery error",
    "failure delivery", "mail delivery error", "user unknown", "unknown user", "mailbox full",
    "over quota", "quota exceeded", "returning message to sender", "unzustellbar",
    "nicht zugestellt", "unable to deliver", "zustellung fehlgeschlagen", "non remis",
    "échec de la remise", "non distribu", "non-distribu", "no se puede entregar", "no entregado",
    "no se pudo entregar", "não foi possível entregar", "falha na entrega", "não entregue",
    "mancato recapito", "impossibile recapitare", "onbestelbaar", "niet bezorgd",
    "недоставленное", "не доставлено", "не удалось доставить", "配信不能", "配信エラー",
    "届きません", "退信", "系统退信", "投递失败", "無法投遞", "无法投递", "발송실패",
    "전송 실패", "반송", "kan ikke leveres", "kunde inte levereras", "kan inte levereras",
    "nie można dostarczyć", "niedoręcz", "nedoručiteln", "kézbesíthetetlen", "teslim edilemedi",
    "mail failure", "send failure", "status notification (failure)", "delivery report",
    "sendmail failure", "mail returned", "message undeliverable", "mail undeliverable",
    "returned message", "mail error", "undeliv", "message status - undeliverable",
    "the results of your email commands",
)  # fmt: skip

# How subjects begin, strong enough to count without a mail system as sender.
SUBJECT_STARTS = (
    "undeliverable", "undelivered mail", "undelivered message", "returned mail",
    "mail delivery fail", "delivery status notification", "failure notice", "delivery failure",
    "delivery failed", "mail delivery problem", "message undeliverable", "mail undeliverable",
    "non-deliverable", "delivery notification", "mail system error", "message delivery fail",
    "unzustellbar", "non remis", "no se puede entregar", "mancato recapito", "onbestelbaar",
    "niet bezorgd", "недоставленное", "配信不能", "退信", "系统退信", "nondelivery",
    "non-delivery", "non delivery", "warning: could not send", "warning: message delayed",
    "undelivered",
)  # fmt: skip

BODY_MARKS = (
    "failure reasons", "failed to deliver to", "had trouble delivering",
    "unable to deliver message", "blocked by our spam firewall",
    "created automatically by mail delivery", "non-delivery report", "failed to send",
    "could not be sent", "not delivered to", "undeliverable mail",
    "no mailbox here by that name", "unrouteable address", "unroutable address",
    "user not found", "dragonfly mail agent", "account is disabled", "account has been disabled",
    "account disabled", "following error", "error message below", "message could not",
    "mail could not", "message was created automatically by facebook",
    "relates to a message you sent", "the following reason", "reason for the failure",
    "for the following reasons", "no longer accepts", "not a valid mailbox", "unknown local",
    "unknown address", "retry timeout exceeded",
    "connection timed out", "connection refused", "nicht erreicht", "unbekannter empfänger",
    "empfänger unbekannt", "adresse inconnue", "destinatario desconocido", "utente sconosciuto",
    "получатель не найден", "ユーザが見つかりません", "メールボックスがいっぱい",
    "宛先が見つかりません", "could not be delivered", "couldn't be delivered",
    "cannot be delivered", "can't be delivered", "was not delivered", "were not delivered",
    "not be delivered", "unable to deliver", "was undeliverable", "is undeliverable",
    "were undeliverable", "undeliverable to", "delivery to the following recipient",
    "delivery failed", "delivery has failed", "delivery failure",
    "did not reach the following recipient", "not reach some or all of the intended recipients",
    "failed permanently", "permanent fatal error", "permanent error", "had permanent",
    "fatal errors", "user unknown", "unknown user", "no such user", "unknown recipient",
    "recipient unknown", "mailbox unavailable", "mailbox not found", "no such mailbox",
    "mailbox is full", "mailbox full", "mailbox is disabled", "mailbox is inactive",
    "over quota", "quota exceeded", "exceeded storage", "address rejected", "recipient rejected",
    "undelivered message", "returned unsent", "returned to sender", "returned to you",
    "this user doesn't have", "this user does not have", "this is a permanent error",
    "this message was created automatically by mail delivery", "this is the mail system",
    "i wasn't able to deliver", "i was not able to deliver", "sorry, we were unable",
    "hi. this is the", "i'm afraid i wasn't", "mail delivery fail", "mail system error",
    "transcript of session follows", "transcript of the session", "host unknown",
    "domain not found", "no mx", "unable to relay", "relaying denied", "relay access denied",
    "service unavailable", "message expired", "too many hops", "hop count exceeded", "mail loop",
    "message blocked", "has been blocked", "message rejected", "was rejected",
    "mail was refused", "delivery attempt", "delivery temporarily suspended", "has been delayed",
    "will keep trying", "still trying", "not yet been delivered", "has not been delivered",
    "have not been delivered", "can not be delivered", "could not deliver", "couldn't deliver",
    "cannot deliver", "failed to deliver", "failed recipient", "failed address",
    "invalid recipient", "invalid address", 
    "does not exist", "the following address", "following recipient", "recipient address",
    "not listed in", "konnte nicht zugestellt", "konnten nicht zugestellt", "nicht zustellbar",
    "unzustellbar", "n'a pas pu être", "n'a pu être", "pas été remis", "no se pudo entregar",
    "no se ha podido entregar", "não pôde ser entregue", "não foi entregue",
    "impossibile recapitare", "non è stato possibile", "kon niet worden bezorgd",
    "kan niet worden", "не было доставлено", "не может быть доставлено", "не удалось доставить",
    "配信できません", "届けることができません", "送信できません", "宛先不明", "お届けできません",
    "投递失败", "无法投递", "無法傳送", "退回", "전송하지 못", "전달되지",
    "nie mogła zostać dostarczona", "nie może zostać dostarczona", "kunne ikke leveres",
    "kunde inte levereras", "had delivery problems", "invalid user address", "no such user here",
    "delivery status notification", "delivery report", "mail not delivered",
)  # fmt: skip

DELAY_MARKS = (
    "this is a warning message only", "you do not need to resend", "do not need to resend",
    "has been delayed", "will keep trying", "still trying", "delivery temporarily suspended",
    "will be retried", "not yet been delivered", "will continue to try",
    "delivery to the following recipients has been delayed", "noch nicht zugestellt",
    "verzögert",
)  # fmt: skip

# Where the notice ends and the returned mail begins.
ORIGINAL_MARKS = (
    "this is a copy of the message, including all the headers",
    "--- below this line is a copy of the message", "below this line is the original",
    "original message follows", "your original message", "---- original message",
    "--- original message", "--- returned message", "----- returned message", "unsent message",
    "message headers follow", "the header of the original message",
    "header of the original message", "original message headers", "original headers",
    "message header:", "copy of your message", "text of the original message",
    "included is a copy", "------ message", "----- message header", "-- message contents",
    "----- unsent message", "the original message was:", "begin of the original",
    "original message header",
)  # fmt: skip
