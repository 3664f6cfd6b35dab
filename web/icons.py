"""The icons of the pages, all of one set (Lucide); `manage.py vendor` cuts the sprite by this."""

from __future__ import annotations

from tickets.models import Channel

NAMES = (
    "archive-restore", "arrow-left", "arrow-right", "arrow-up-right", "at-sign", "badge-check",
    "ban", "bell", "bot", "building-2", "calendar", "chart-column", "check", "check-check",
    "chevron-down", "chevron-left", "chevron-right", "chevron-up", "circle-alert",
    "circle-check", "circle-x", "clock", "code", "corner-down-right", "download", "ellipsis",
    "external-link", "eye", "eye-off", "file", "file-text", "git-branch", "globe", "hash",
    "house", "image", "image-off", "inbox", "info", "key-round", "keyboard", "languages",
    "life-buoy", "link", "list-filter", "loader-circle", "lock", "log-out", "mail", "mail-open",
    "mail-warning", "mailbox", "merge", "message-circle", "message-square", "monitor", "moon",
    "panel-left", "panel-right", "paperclip", "phone", "plus", "printer", "refresh-cw", "reply",
    "rotate-cw", "search", "send", "server", "settings-2", "shield-alert", "smartphone", "star",
    "sticky-note", "sun", "table", "tag", "thumbs-down", "thumbs-up", "trash-2",
    "triangle-alert", "undo-2", "user", "user-plus", "users", "x",
)  # fmt: skip

OF_CHANNEL: dict[str, str] = {
    Channel.EMAIL: "mail",
    Channel.WEB: "file-text",
    Channel.CHAT: "message-square",
    Channel.X: "at-sign",
    Channel.FACEBOOK: "thumbs-up",
    Channel.WHATSAPP: "message-circle",
    Channel.TELEGRAM: "send",
    Channel.PHONE: "phone",
    Channel.API: "code",
    Channel.SYSTEM: "bot",
}
