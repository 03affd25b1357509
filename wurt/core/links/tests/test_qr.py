"""The QR code says the address, dot by dot, with its white border and the address beneath."""

import re
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
import segno
from PIL import Image

from wurt.core.links import qr

ADDRESS = "https://kreis.example/k/bcd234/"
Dots = list[list[bool]]


def _expected(level: str, border: int) -> Dots:
    code = segno.make_qr(ADDRESS, error=level, boost_error=False)
    return [[bool(dot) for dot in row] for row in code.matrix_iter(border=border)]


def _from_svg(content: bytes) -> Dots:
    root = ET.fromstring(content)
    width = int(root.attrib["viewBox"].split()[2])
    dots = [[False] * width for _ in range(width)]
    path = root.find("{http://www.w3.org/2000/svg}path")
    assert path is not None
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)", path.attrib["d"]):
        for column in range(int(x), int(x) + int(length)):
            dots[int(y)][column] = True
    return dots


def _from_png(content: bytes) -> Dots:
    image = Image.open(BytesIO(content))
    side = image.width // qr.SCALE
    middle = qr.SCALE // 2
    return [
        [image.getpixel((x * qr.SCALE + middle, y * qr.SCALE + middle)) == 0 for x in range(side)]
        for y in range(side)
    ]


@pytest.mark.parametrize(("level", "border"), [("l", 4), ("m", 4), ("q", 6), ("h", 10)])
def test_both_forms_hold_the_same_dots(level: str, border: int) -> None:
    expected = _expected(level, border)
    assert _from_svg(qr.svg(ADDRESS, level=level, border=border)) == expected
    assert _from_png(qr.png(ADDRESS, level=level, border=border, text=False)) == expected
    assert not any(any(row) for row in expected[:border])


def test_the_address_stands_beneath_as_people_type_it() -> None:
    assert qr.shown_address(ADDRESS) == "kreis.example/k/bcd234"
    text = ET.fromstring(qr.svg(ADDRESS)).find("{http://www.w3.org/2000/svg}text")
    assert text is not None
    assert text.text == "kreis.example/k/bcd234"
    assert b"<text" not in qr.svg(ADDRESS, text=False)
    with_text, without = (Image.open(BytesIO(qr.png(ADDRESS, text=on))) for on in (True, False))
    assert with_text.height > without.height == without.width
    assert with_text.crop((0, without.height, with_text.width, with_text.height)).getextrema()[0] == 0


def test_more_tolerance_means_more_dots() -> None:
    assert [len(_expected(level, 4)) for level in "lmqh"] == [33, 37, 37, 41]
