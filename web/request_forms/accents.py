"""A form's colour as the few colours of its page, each readable where it stands (WCAG 1.4.3)."""

from __future__ import annotations

import colorsys

from web.admin.colors import TEXT, contrast

LIGHT, DARK = "#ffffff", "#191a1d"  # --surface of both themes
INK = "#16171a"
STEPS = 40


def stylesheet_of(color: str) -> str:
    """The tokens of pages for customers, made of `#17413a`; empty for no colour."""
    if not color:
        return ""
    on_light, on_dark = readable(color, LIGHT), readable(color, DARK)
    pairs = {
        "--brand": (color, color),
        "--on-brand": (_on(color), _on(color)),
        "--brand-action": (color, on_dark),
        "--on-brand-action": (_on(color), _on(on_dark)),
        "--brand-ink": (on_light, on_dark),
    }
    lines = [f"  {name}: light-dark({light}, {dark});" for name, (light, dark) in pairs.items()]
    soft = [
        "  --brand-soft: color-mix(in srgb, var(--brand-ink) 8%, var(--surface));",
        "  --brand-line: color-mix(in srgb, var(--brand-ink) 24%, var(--surface));",
    ]
    return "\n".join([":root {", *lines, *soft, "}", ""])


def readable(color: str, paper: str) -> str:
    """The colour, made darker or lighter until words in it can be read on the paper."""
    hue, lightness, saturation = colorsys.rgb_to_hls(
        *(int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    )
    target = 0.0 if contrast(paper, "#000000") > contrast(paper, "#ffffff") else 1.0
    for step in range(STEPS + 1):
        mixed = lightness + (target - lightness) * step / STEPS
        parts = colorsys.hls_to_rgb(hue, mixed, saturation)
        candidate = "#" + "".join(f"{round(part * 255):02x}" for part in parts)
        if contrast(candidate, paper) >= TEXT:
            return candidate
    return "#ffffff" if target else "#000000"


def _on(color: str) -> str:
    return LIGHT if contrast(color, LIGHT) >= contrast(color, INK) else INK
