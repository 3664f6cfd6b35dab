"""The icons of the pages, all of one set (Lucide); `manage.py vendor` cuts the sprite by this."""

from __future__ import annotations

from accounts.models import IdentityKind
from tickets.models import Channel

NAMES = (
    "activity", "alarm-clock", "align-justify", "archive", "archive-restore", "arrow-down",
    "arrow-down-to-line", "arrow-down-up", "arrow-left", "arrow-right", "arrow-up", "arrow-up-down",
    "arrow-up-from-line", "arrow-up-right", "at-sign", "audio-lines", "badge-check", "ban", "bell",
    "bell-off", "bell-ring", "bold", "book", "book-open", "bookmark", "bot", "braces", "briefcase",
    "building-2", "cake", "calendar", "calendar-check", "calendar-clock", "calendar-days", "camera",
    "chart-column", "check", "check-check", "check-square", "chevron-down", "chevron-left",
    "chevron-right", "chevron-up", "chevrons-up-down", "circle", "circle-alert", "circle-check",
    "circle-check-big", "circle-dashed", "circle-help", "circle-pause", "circle-play",
    "circle-user", "circle-x", "clock", "code", "columns-3", "command", "contact", "copy",
    "corner-down-right", "crown", "download", "ellipsis", "eraser", "external-link", "eye",
    "eye-off", "file", "file-archive", "file-audio", "file-image", "file-plus", "file-spreadsheet",
    "file-text", "file-video", "filter", "flag", "folder", "forward", "gauge", "gift", "git-branch",
    "globe", "grip-vertical", "hand", "hash", "heart-handshake", "highlighter", "history", "house",
    "image", "image-off", "image-plus", "inbox", "indent", "info", "italic", "key-round",
    "keyboard", "languages", "laptop", "layers", "layout-list", "life-buoy", "lightbulb", "link",
    "link-2", "list", "list-checks", "list-filter", "list-ordered", "list-todo", "list-tree",
    "loader-circle", "lock", "log-out", "mail", "mail-open", "mail-plus", "mail-warning", "mail-x",
    "mailbox", "map-pin", "maximize-2", "merge", "message-circle", "message-square",
    "message-square-plus", "message-square-quote", "messages-square", "mic", "minimize-2", "minus",
    "monitor", "moon", "moon-star", "mouse-pointer-click", "move", "octagon-alert", "octagon-x",
    "package", "paintbrush", "palette", "panel-left", "panel-right", "panel-top", "paperclip",
    "pause", "pencil", "phone", "pin", "play", "plug", "plus", "power", "printer", "quote",
    "receipt", "redo-2", "refresh-cw", "reply", "reply-all", "rotate-cw", "rows-3", "rows-4",
    "save", "scan-search", "scissors", "search", "send", "server", "settings", "settings-2",
    "share-2", "shield", "shield-alert", "shield-check", "shield-off", "shield-x", "shuffle",
    "signature", "skip-forward", "sliders-horizontal", "smartphone", "smile", "snowflake",
    "sparkles", "split", "square", "square-check", "square-code", "square-pen", "star",
    "sticky-note", "strikethrough", "sun", "table", "tag", "tags", "target", "text-quote",
    "thumbs-down", "thumbs-up", "ticket", "timer", "timer-off", "timer-reset", "trash", "trash-2",
    "trending-down", "trending-up", "triangle-alert", "type", "underline", "undo-2", "unlink",
    "unlock", "upload", "user", "user-check", "user-cog", "user-minus", "user-plus", "user-round",
    "user-x", "users", "users-round", "video", "volume-2", "wand-sparkles", "webhook", "wifi-off",
    "wrench", "x", "zap", "zoom-in",
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

OF_IDENTITY: dict[str, str] = {
    IdentityKind.EMAIL: "mail",
    IdentityKind.PHONE: "phone",
    IdentityKind.FACEBOOK: "thumbs-up",
    IdentityKind.WHATSAPP: "message-circle",
    IdentityKind.TELEGRAM: "send",
    IdentityKind.EXTERNAL: "hash",
}
