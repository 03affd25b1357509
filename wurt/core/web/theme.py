"""The county's accent colour as a small stylesheet of its own (``/theme.css``).

One colour is configured (WURT_ACCENT, ``#rrggbb``). It is darkened for the light theme and lightened for
the dark one until it reads well on the page's background, so that no choice can break the contrast.
"""

import hashlib
import re

from django.conf import settings

LIGHT_BACKGROUND = (255, 255, 255)
DARK_BACKGROUND = (28, 33, 43)  # the lightest ground dark pages put links on
CONTRAST = 5.5  # WCAG asks for 4.5 : 1; links also stand on tinted ground

Rgb = tuple[int, int, int]


def accent() -> str:
    """The configured accent as ``#rrggbb``, or "" where the default is kept.

    Raises ValueError for anything else: a colour goes into a stylesheet unescaped.
    """
    value = str(getattr(settings, "WURT_ACCENT", "") or "").strip().lower()
    if value and not re.fullmatch(r"#[0-9a-f]{6}", value):
        raise ValueError("WURT_ACCENT must be a colour like #1d4a7f.")
    return value


def theme_version() -> str:
    value = accent()
    return hashlib.sha256(value.encode()).hexdigest()[:8] if value else ""


def stylesheet() -> str:
    value = accent()
    if not value:
        return ""
    light = readable_on(value, LIGHT_BACKGROUND)
    dark = readable_on(value, DARK_BACKGROUND)
    return f":root{{--wurt-accent-light:{light};--wurt-accent-dark:{dark}}}\n"


def readable_on(colour: str, background: Rgb) -> str:
    """``colour``, mixed with black or white in steps of 4 % until it has the contrast on ``background``."""
    rgb: Rgb = (int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16))
    target = 0 if _luminance(background) > 0.18 else 255
    for step in range(26):
        share = step * 0.04
        mixed = tuple(min(255, max(0, round(part + (target - part) * share))) for part in rgb)
        candidate: Rgb = (mixed[0], mixed[1], mixed[2])
        if contrast(candidate, background) >= CONTRAST:
            return "#{:02x}{:02x}{:02x}".format(*candidate)
    return "#000000" if target == 0 else "#ffffff"


def contrast(one: Rgb, other: Rgb) -> float:
    """Contrast ratio of WCAG 2.2, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(rgb: Rgb) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (c / 255 for c in rgb)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
