"""The icons of the pages, all of one set (Lucide); `manage.py vendor` cuts the sprite by this."""

from __future__ import annotations

from tickets.models import Channel

NAMES = (
    "activity", "archive-restore", "arrow-down", "arrow-down-to-line", "arrow-left",
    "arrow-right", "arrow-up", "arrow-up-from-line", "arrow-up-right", "at-sign", "badge-check",
    "ban", "bell", "bot", "braces", "building-2", "calendar", "calendar-clock", "chart-column",
    "check", "check-check", "chevron-down", "chevron-left", "chevron-right", "chevron-up",
    "circle-alert", "circle-check", "circle-dashed", "circle-play", "circle-x", "clock", "code",
    "copy", "corner-down-right", "download", "ellipsis", "external-link", "eye", "eye-off",
    "file", "file-text", "folder", "forward", "gauge", "git-branch", "globe", "grip-vertical",
    "hash", "history", "house", "image", "image-off", "inbox", "info", "key-round", "keyboard",
    "languages", "layout-list", "life-buoy", "link", "list-filter", "loader-circle", "lock",
    "log-out", "mail", "mail-open", "mail-warning", "mailbox", "merge", "message-circle",
    "message-square", "monitor", "moon", "palette", "panel-left", "panel-right", "paperclip",
    "pencil", "phone", "plus", "power", "printer", "refresh-cw", "reply", "rotate-cw", "search",
    "send", "server", "settings", "settings-2", "shield-alert", "shield-check", "smartphone",
    "star", "sticky-note", "sun", "table", "tag", "thumbs-down", "thumbs-up", "timer",
    "trash-2", "triangle-alert", "undo-2", "upload", "user", "user-plus", "users", "webhook",
    "x", "zap",
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
