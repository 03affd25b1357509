"""The status marks as SVG drawings: shape first, colour second, so that they read in black and white."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

_VIEW = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
_TICK = '<path d="M7 12.4l3.4 3.4L17.2 8.6" fill="none" stroke="#ffffff" stroke-width="2.6"/>'
_BANG = (
    '<path d="M12 9v6" stroke="#2b2100" stroke-width="2.4"/>'
    '<circle cx="12" cy="18.2" r="1.4" fill="#2b2100"/>'
)
_CROSS = '<path d="M8 8l8 8M16 8l-8 8" fill="none" stroke="#ffffff" stroke-width="2.6"/>'

STATUS_SVG = {
    "green": f'{_VIEW}<circle cx="12" cy="12" r="11" fill="#1b7a3a"/>{_TICK}</svg>',
    "yellow": f'{_VIEW}<path d="M12 1.6L23 22H1z" fill="#f4bd00" stroke="#7a5c00"/>{_BANG}</svg>',
    "red": f'{_VIEW}<path d="M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4z" fill="#b3261e"/>{_CROSS}</svg>',
    "none": (
        f'{_VIEW}<circle cx="12" cy="12" r="10.2" fill="#ffffff" stroke="#4a5763" stroke-width="1.8" '
        'stroke-dasharray="3.2 2.6"/><path d="M7.5 12h9" stroke="#4a5763" stroke-width="2.4"/></svg>'
    ),
}

_SCALE = 32
_SIDE = 24 * _SCALE
_PNG_SIDE = 192


def _points(*pairs: float) -> list[tuple[float, float]]:
    return [(x * _SCALE, y * _SCALE) for x, y in zip(pairs[::2], pairs[1::2], strict=True)]


def _circle(draw: ImageDraw.ImageDraw, radius: float, fill: str) -> None:
    draw.ellipse(_points(12 - radius, 12 - radius, 12 + radius, 12 + radius), fill=fill)


def _stroke(draw: ImageDraw.ImageDraw, colour: str, width: float, *pairs: float) -> None:
    draw.line(_points(*pairs), fill=colour, width=round(width * _SCALE), joint="curve")


@cache
def status_png(code: str) -> bytes:
    """The mark as PNG, 192 px square, transparent around: slides cannot hold SVG for every reader."""
    image = Image.new("RGBA", (_SIDE, _SIDE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    if code == "green":
        _circle(draw, 11, "#1b7a3a")
        _stroke(draw, "#ffffff", 2.6, 7, 12.4, 10.4, 15.8, 17.2, 8.6)
    elif code == "yellow":
        draw.polygon(_points(12, 1.2, 23.4, 22.4, 0.6, 22.4), fill="#7a5c00")
        draw.polygon(_points(12, 3.2, 21.8, 21.4, 2.2, 21.4), fill="#f4bd00")
        _stroke(draw, "#2b2100", 2.4, 12, 9, 12, 15.4)
        draw.ellipse(_points(10.6, 17, 13.4, 19.8), fill="#2b2100")
    elif code == "red":
        draw.polygon(
            _points(7.4, 1, 16.6, 1, 23, 7.4, 23, 16.6, 16.6, 23, 7.4, 23, 1, 16.6, 1, 7.4), fill="#b3261e"
        )
        _stroke(draw, "#ffffff", 2.6, 8, 8, 16, 16)
        _stroke(draw, "#ffffff", 2.6, 16, 8, 8, 16)
    else:
        _circle(draw, 11, "#ffffff")
        for start in range(0, 360, 30):
            draw.arc(_points(1, 1, 23, 23), start, start + 17, fill="#4a5763", width=round(1.8 * _SCALE))
        _stroke(draw, "#4a5763", 2.4, 7.5, 12, 16.5, 12)
    small = image.resize((_PNG_SIDE, _PNG_SIDE), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, format="PNG", optimize=True)
    return out.getvalue()
