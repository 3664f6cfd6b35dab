"""Parts as files: names (RFC 2183, RFC 2231), types, and which of them are inline pictures."""

from __future__ import annotations

import re
import unicodedata

from channels_in.email.parse.charset import make_one_line
from channels_in.email.parse.headers import Headers, decode_header, read_headers
from channels_in.email.parse.limits import Limits
from channels_in.email.parse.structure import Part
from channels_in.messages import IncomingAttachment

_MAX_NAME_BYTES = 200
# The few types that mail makes up names for; the system's table would differ between machines.
_EXTENSIONS = {
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "text/vcard": ".vcf",
    "text/x-vcard": ".vcf",
    "text/rtf": ".rtf",
    "text/xml": ".xml",
    "image/jpeg": ".jpg",
    "image/jpg": ".jpg",
    "image/pjpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/bmp": ".bmp",
    "image/tiff": ".tif",
    "image/heic": ".heic",
    "image/svg+xml": ".svg",
    "audio/mpeg": ".mp3",
    "audio/wav": ".wav",
    "audio/x-wav": ".wav",
    "audio/basic": ".au",
    "audio/ogg": ".ogg",
    "audio/mp4": ".m4a",
    "video/mp4": ".mp4",
    "video/mpeg": ".mpg",
    "video/quicktime": ".mov",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/json": ".json",
    "application/xml": ".xml",
    "application/rtf": ".rtf",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    "application/postscript": ".ps",
    "application/pgp-encrypted": ".asc",
    "application/pgp-keys": ".asc",
    "application/pgp-signature": ".asc",
    "application/pkcs7-mime": ".p7m",
    "application/x-pkcs7-mime": ".p7m",
    "application/pkcs7-signature": ".p7s",
    "application/x-pkcs7-signature": ".p7s",
    "application/ms-tnef": ".dat",
    "message/rfc822": ".eml",
    "message/delivery-status": ".txt",
    "message/feedback-report": ".txt",
    "text/rfc822-headers": ".txt",
}
_SEPARATORS = re.compile(r"[\\/]+")
_UNSAFE = re.compile(
    '[\x00-\x1f\x7f-\x9f<>:"|?*\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad]'
)
_CID = re.compile(r"cid:([^\s\"'<>)]{1,500})", re.IGNORECASE)


def build_attachments(
    parts: list[Part], html: str, limits: Limits, defects: list[str]
) -> list[IncomingAttachment]:
    """Decode parts into attachments, at most `limits.max_attachments` of `max_attachments_size` in
    all.
    """
    referred = find_referred_ids(html) if html else frozenset()
    built: list[IncomingAttachment] = []
    total = 0
    for part in parts:
        if len(built) >= limits.max_attachments:
            defects.append("too many attachments, the rest is only in the raw mail")
            break
        content, defect = part.decode()
        if defect and defect not in defects:
            defects.append(defect)
        total += len(content)
        if total > limits.max_attachments_size:
            defects.append("the attachments are too large, the rest is only in the raw mail")
            break
        content_id = _read_content_id(part.headers)
        built.append(
            IncomingAttachment(
                filename=name_part(part, content, len(built) + 1),
                content_type=part.content_type,
                content=content,
                content_id=content_id,
                is_inline=content_id is not None and content_id.casefold() in referred,
            )
        )
    return built


def find_referred_ids(html: str) -> frozenset[str]:
    """The Content-IDs an html body shows with `cid:` addresses, casefolded (RFC 2392)."""
    if "cid:" not in html and "CID:" not in html:
        return frozenset()
    return frozenset(match.casefold() for match in _CID.findall(html))


def _read_content_id(headers: Headers) -> str | None:
    value = headers.get("content-id").strip().strip("<>").strip()
    return value[:500] or None


def has_filename(part: Part) -> bool:
    """Whether the sender named the part."""
    return bool(part.disposition.get("filename") or part.type_value.get("name"))


def name_part(part: Part, content: bytes, number: int) -> str:
    """The file name, made up from what there is when the sender gave none."""
    given = part.disposition.get("filename") or part.type_value.get("name")
    if given:
        return clean_filename(given)
    if part.content_type == "message/rfc822":
        inner, _ = read_headers(content, 0, len(content), Limits())
        subject = decode_header(inner.get_raw("subject")).strip()
        if subject:
            return clean_filename(subject.replace("/", "-")[:100] + ".eml")
    if "pkcs7" in part.content_type:
        return "smime" + _EXTENSIONS.get(part.content_type, ".p7m")  # RFC 8551 §3.2.1
    location = part.headers.get("content-location").strip()
    if location and "." in location[-6:] and not location.endswith("/"):
        return clean_filename(location.split("?")[0].rstrip("/").rsplit("/", 1)[-1])
    main = (
        part.main_type if part.main_type in ("image", "audio", "video", "message") else "attachment"
    )
    return f"{main}-{number}{_EXTENSIONS.get(part.content_type, '')}"


def clean_filename(name: str) -> str:
    """A safe single file name (attack B18): no path, control, direction or zero-width characters.

    Keeps the extension when it shortens to 200 bytes of UTF-8. Never empty, never only dots.
    """
    name = unicodedata.normalize("NFC", make_one_line(name))
    name = _UNSAFE.sub(
        "", _SEPARATORS.split(name.strip())[-1] or name.replace("/", "").replace("\\", "")
    )
    name = " ".join(name.split()).rstrip(". ")
    if name.startswith("."):
        name = "_" + name.lstrip(".")
    if len(name.encode("utf-8", "replace")) > _MAX_NAME_BYTES:
        stem, dot, extension = name.rpartition(".")
        if not dot or len(extension) > 20:
            stem, dot, extension = name, "", ""
        room = _MAX_NAME_BYTES - len((dot + extension).encode("utf-8", "replace"))
        name = (
            stem.encode("utf-8", "replace")[:room].decode("utf-8", "ignore").rstrip()
            + dot
            + extension
        )
    return name or "attachment"
