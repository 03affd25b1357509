"""QR codes (ISO/IEC 18004) with the address beneath for people who type it: SVG for print, and PNG."""

from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import segno
from PIL import Image, ImageDraw, ImageFont

from wurt.core.web import apps as web

QUIET = 4
"""White dots around the code that the standard demands."""
FONT = Path(web.__file__).parent / "static/web/dist/fonts-ttf/FiraSans-Regular.ttf"
SCALE = 16
"""Pixels per dot of the PNG: a code of 29 dots is about 50 mm wide at 300 dpi."""
_TEXT = 2.2
_WIDE = 0.56
"""Height of the text in dots at most, and mean width of a letter in parts of its height."""


def shown_address(address: str) -> str:
    """The address as people type it: without scheme and the slash at its end."""
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}".rstrip("/")


def svg(address: str, *, level: str = "m", border: int = QUIET, text: bool = True) -> bytes:
    """A drawing 10 dots a centimetre wide or so, black on white, with title for screen readers.

    ``level``: l, m, q or h, that is 7, 15, 25 or 30 % may be missing. ``border``: quiet zone in dots.
    """
    code = segno.make_qr(address, error=level, boost_error=False)
    width = int(code.symbol_size(border=border)[0])
    size = _size(address, width)
    height = width + (size * 1.3 if text else 0)
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width} {height:.2f}",
            "width": f"{width}mm",
            "height": f"{height:.2f}mm",
            "role": "img",
        },
    )
    ET.SubElement(root, "title").text = f"QR: {address}"
    ET.SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": "#fff"})
    runs = []
    for y, row in enumerate(code.matrix_iter(border=border)):
        x, dots = 0, list(row)
        while x < width:
            end = x
            while end < width and dots[end]:
                end += 1
            if end > x:
                runs.append(f"M{x} {y}h{end - x}v1h-{end - x}z")
            x = end + 1
    ET.SubElement(root, "path", {"d": "".join(runs), "fill": "#000", "shape-rendering": "crispEdges"})
    if text:
        line = ET.SubElement(
            root,
            "text",
            {
                "x": f"{width / 2}",
                "y": f"{width - border / 2 + size * 0.8:.2f}",
                "font-size": f"{size:.2f}",
                "font-family": "Fira Sans, Arial, sans-serif",
                "text-anchor": "middle",
            },
        )
        line.text = shown_address(address)
    drawing: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return drawing


def png(address: str, *, level: str = "m", border: int = QUIET, text: bool = True) -> bytes:
    """The same as pixels, black and white."""
    code = segno.make_qr(address, error=level, boost_error=False)
    dots = [bytes(row) for row in code.matrix_iter(scale=SCALE, border=border)]
    width = len(dots[0])
    size = int(_size(address, width // SCALE) * SCALE)
    image = Image.new("L", (width, len(dots) + (int(size * 1.3) if text else 0)), 255)
    square = Image.frombytes("L", (width, len(dots)), bytes(0 if dot else 255 for row in dots for dot in row))
    image.paste(square, (0, 0))
    if text:
        font = ImageFont.truetype(str(FONT), size) if FONT.exists() else ImageFont.load_default(size)
        place = (width / 2, len(dots) - border * SCALE / 2)
        ImageDraw.Draw(image).text(place, shown_address(address), fill=0, font=font, anchor="ma")
    out = BytesIO()
    image.save(out, "PNG", dpi=(300, 300), optimize=True)
    return out.getvalue()


def _size(address: str, width: int) -> float:
    """Height of the text in dots, so that the address fits under the code."""
    return min(_TEXT, (width - 2) / (len(shown_address(address)) * _WIDE))
