"""What kind of file a person sees, by its type and its name: decides on icon and preview only."""

from __future__ import annotations

from tickets.files import is_dangerous
from tickets.models import Attachment

PLAYED = {
    "audio/mpeg", "audio/ogg", "audio/wav", "audio/x-wav", "audio/mp4", "audio/x-m4a", "audio/aac",
    "audio/flac", "audio/x-flac", "audio/webm", "video/mp4", "video/webm", "video/ogg",
    "video/quicktime",
}  # fmt: skip
_TABLES = (".csv", ".tsv")
_TEXTS = (".txt", ".log", ".md", ".json", ".yaml", ".yml", ".ini", ".conf", ".xml", ".ics", ".vcf",
          ".eml", ".srt", ".patch", ".diff", ".asc", ".rtf")  # fmt: skip
_ARCHIVES = (".zip", ".gz", ".tar", ".7z", ".rar", ".bz2", ".xz", ".tgz")
_SHEETS = (".xls", ".xlsx", ".ods", ".numbers")
_DOCUMENTS = (".doc", ".docx", ".odt", ".pages", ".ppt", ".pptx", ".odp")
ICONS = {
    "image": "file-image", "pdf": "file-text", "table": "file-spreadsheet", "text": "file-text",
    "audio": "file-audio", "video": "file-video", "archive": "file-archive",
    "sheet": "file-spreadsheet", "document": "file-text", "other": "file",
}  # fmt: skip
VIEWED = ("image", "pdf", "table", "text", "audio", "video")


def kind_of(file: Attachment) -> str:
    """One of ICONS."""
    name = file.filename.lower()
    if file.is_image:
        return "image"
    if file.content_type == "application/pdf":
        return "pdf"
    if file.content_type in PLAYED:
        return file.content_type.partition("/")[0]
    for kind, endings in (("table", _TABLES), ("text", _TEXTS), ("archive", _ARCHIVES),
                          ("sheet", _SHEETS), ("document", _DOCUMENTS)):  # fmt: skip
        if name.endswith(endings):
            return kind
    return "text" if file.content_type == "text/plain" else "other"


def is_viewed(file: Attachment) -> bool:
    """Whether the house can show it in place, and should: nothing that may be a program."""
    return kind_of(file) in VIEWED and not is_dangerous(file.filename)
