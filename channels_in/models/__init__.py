from channels_in.models.account import AgentSignature, ChannelAccount, SenderRule
from channels_in.models.awaited_file import AwaitedFile, AwaitedFileState
from channels_in.models.chat import Asking, Chat, ChatState, ChatWidget, EndedBy, Visitor
from channels_in.models.chat_desk import ChatGuest, ChatOffer, OfferOutcome
from channels_in.models.connection import ChannelThread, Connection
from channels_in.models.inbound import AwaitedMessage, Fate, InboundItem
from channels_in.models.mailbox import Mailbox
from channels_in.models.outgoing import LocalMail, OutgoingServer
from channels_in.models.request_form import RequestForm
from channels_in.models.server import Login, OAuthGrant, Security
from channels_in.models.stream import (
    DeedState,
    PostKind,
    PostState,
    StreamDeed,
    StreamIncident,
    StreamPost,
    StreamRules,
    Tier,
)

__all__ = [
    "AgentSignature",
    "Asking",
    "AwaitedFile",
    "AwaitedFileState",
    "AwaitedMessage",
    "ChannelAccount",
    "Chat",
    "ChatGuest",
    "ChatOffer",
    "ChatState",
    "ChatWidget",
    "EndedBy",
    "ChannelThread",
    "Connection",
    "DeedState",
    "Fate",
    "InboundItem",
    "LocalMail",
    "Login",
    "Mailbox",
    "OAuthGrant",
    "OfferOutcome",
    "OutgoingServer",
    "PostKind",
    "PostState",
    "RequestForm",
    "Security",
    "SenderRule",
    "StreamDeed",
    "StreamIncident",
    "StreamPost",
    "StreamRules",
    "Tier",
    "Visitor",
]
