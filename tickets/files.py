"""Names and types of files that came from outside. Normalise first, then judge (attacks 17–19)."""

from __future__ import annotations

import mimetypes
import re
import unicodedata

_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\<>:"|?*]+')
_BYTES = 200  # of UTF-8: file systems count bytes (255), and downloads get " (1)" appended
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³])(?:\.|\Z)", re.IGNORECASE)
# What runs when it is opened, on Windows, macOS or Linux, or carries what runs (attack 18).
_DANGEROUS = frozenset(
    """
    ade adp apk app appinstaller application appref-ms appx appxbundle bash bat chm cmd com
    command cpl csh deb desktop dll dmg docm dotm exe gadget hta img inf ins iso isp jar
    jnlp js jse ksh lnk mde msc msh msi msix msp mst mui ocx one osx pif pkg potm ppam ppsm
    pptm ps1 ps1xml psd1 psm1 py pyc pyw rb reg rpm run scf scpt scr sct settingcontent-ms
    sh shb shs sldm sys url vb vbe vbs vhd vhdx vxd wim ws wsc wsf wsh xll xlam xlsm xltm
    xpi zsh htm html mht mhtml shtml svg xhtml
    """.split()  # noqa: SIM905  a list of words, not of lines
)

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
)
_CLAIMS_NEED_PROOF = {"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"}


def clean_filename(name: str) -> str:
    """A harmless name for showing and downloading; never used as a path.

    Compatibility forms resolved (NFKC: fullwidth dots and letters), no control, format (zero-width,
    right-to-left override) or path characters, no leading or trailing dots and spaces, no name of
    a Windows device, at most 200 bytes of UTF-8 with the ending kept.
    """
    name = _plain(name)
    name = _UNSAFE.sub("_", name).strip(" ._")
    if not name:
        return "file"
    if _RESERVED.match(name):
        name = f"_{name}"
    if len(name.encode()) > _BYTES:
        stem, dot, ending = name.rpartition(".")
        keep = dot + ending if dot and len(ending) <= 10 else ""
        room = _BYTES - len(keep.encode())
        name = (stem or name).encode()[:room].decode(errors="ignore").rstrip(" .") + keep
    return name


def is_dangerous(filename: str) -> bool:
    """Whether the name's last ending, once it is normalised, is that of a program or of something
    that can carry one: "invoice.pdf.exe", "picture\u202egnp.scr", "macros.docm. ".
    """
    _, dot, ending = _plain(filename).lower().rstrip(" ._").rpartition(".")
    return bool(dot) and ending.strip() in _DANGEROUS


def _plain(name: str) -> str:
    """Normalised before anything is judged by it (attack 18)."""
    name = unicodedata.normalize("NFKC", name)
    name = "".join(" " if letter in "\t\r\n" else letter for letter in name)
    unseen = ("Cc", "Cf", "Cs", "Co", "Cn")
    return "".join(letter for letter in name if unicodedata.category(letter) not in unseen)


def sniff_content_type(head: bytes, filename: str) -> str:
    """The type by the first bytes; the name's ending decides only where it can do no harm."""
    for magic, content_type in _MAGIC:
        if head.startswith(magic):
            guess = mimetypes.guess_type(filename)[0] or ""
            office = content_type == "application/zip" and guess.startswith("application/vnd.")
            return guess if office else content_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    guess = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    return "application/octet-stream" if guess in _CLAIMS_NEED_PROOF else guess
