"""The parts slides are built from: a 16:9 house master, text boxes, pictures, marks for assistive technology.

Everything on a slide is a title placeholder, a text box, a picture with alternative text, or marked as
decoration. What is added first is read first.
"""

import copy
import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Inches, Pt

from wurt.modules.agenda.exports.slide_text import BULLET_INDENT, GAP, Para

WIDTH, HEIGHT = 13.333, 7.5
"""Size of a slide in inches."""
LEFT, RIGHT = 0.55, WIDTH - 0.55
TITLE_BOX = (LEFT, 0.34, 10.6, 0.78)
MARKER_BOX = (RIGHT - 1.6, 0.42, 1.6, 0.36)
FOOT_TOP = 7.0

ACCENT, INK, QUIET = RGBColor(0x0B, 0x3A, 0x66), RGBColor(0x18, 0x22, 0x2C), RGBColor(0x4A, 0x57, 0x63)
SOFT, RULE, MARKER = RGBColor(0xF1, 0xF5, 0xF8), RGBColor(0xC5, 0xD0, 0xDA), RGBColor(0xFF, 0xF4, 0xCF)
WHITE = RGBColor(0xFF, 0xFF, 0xFF)
FONT = "Arial"
SMALL = 14
"""Size of the small line of a title, in points."""

Box = tuple[float, float, float, float]
"""Left, top, width, height in inches."""

TITLE_LAYOUT, CONTENT_LAYOUT = 0, 5
_EPOCH = (1980, 1, 1, 0, 0, 0)


def new_presentation() -> Any:
    """The default template turned into the house master: 16:9, our colours, two layouts."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    layouts = list(deck.slide_layouts)
    for number, layout in enumerate(layouts):
        if number not in (TITLE_LAYOUT, CONTENT_LAYOUT):
            deck.slide_layouts.remove(layout)
    _theme(deck)
    for holder in (deck.slide_master, *deck.slide_layouts):
        for shape in holder.placeholders:
            _place_placeholder(shape)
    _bar(deck.slide_master)
    ground = layouts[TITLE_LAYOUT].background.fill
    ground.solid()
    ground.fore_color.rgb = ACCENT
    return deck


def _element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(name, value)
    return made


def _theme(deck: Any) -> None:
    """House colours and one font in the theme, so that what people add later fits."""
    part = next(
        rel.target_part for rel in deck.slide_master.part.rels.values() if rel.reltype.endswith("/theme")
    )
    theme = parse_xml(part.blob)
    space = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    for name, colour in (
        ("dk2", "0B3A66"),
        ("accent1", "0B3A66"),
        ("accent2", "1B7A3A"),
        ("accent3", "B3261E"),
    ):
        slot = theme.find(f".//a:clrScheme/a:{name}", space)
        slot[:] = [_element("a:srgbClr", val=colour)]
    for latin in theme.iterfind(".//a:fontScheme/*/a:latin", space):
        latin.set("typeface", FONT)
    part._blob = serialize_part_xml(theme)


def _place_placeholder(shape: Any) -> None:
    """Where the house master has it; the date goes, since it stands in the footer."""
    kind = shape.placeholder_format.type
    if kind == PP_PLACEHOLDER.DATE:
        shape._element.getparent().remove(shape._element)
        return
    boxes: dict[Any, Box] = {
        PP_PLACEHOLDER.TITLE: TITLE_BOX,
        PP_PLACEHOLDER.CENTER_TITLE: (1.0, 2.1, 11.3, 1.5),
        PP_PLACEHOLDER.SUBTITLE: (1.0, 3.75, 11.3, 1.6),
        PP_PLACEHOLDER.BODY: (LEFT, 1.3, RIGHT - LEFT, 5.4),
        PP_PLACEHOLDER.FOOTER: (LEFT, FOOT_TOP, 10.5, 0.3),
        PP_PLACEHOLDER.SLIDE_NUMBER: (RIGHT - 1.2, FOOT_TOP, 1.2, 0.3),
    }
    set_box(shape, boxes[kind])
    properties = shape.text_frame._txBody.find(qn("a:bodyPr"))
    for name in ("lIns", "rIns", "tIns", "bIns"):
        properties.set(name, "0")
    top = kind in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.SUBTITLE, PP_PLACEHOLDER.BODY)
    properties.set("anchor", "b" if kind == PP_PLACEHOLDER.CENTER_TITLE else "t" if top else "ctr")


def _bar(master: Any) -> None:
    """A line of colour at the left edge. It stands on the master, where nothing is read aloud."""
    master.shapes._spTree.insert(2, parse_xml(_BAR))


_DECORATION = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)
_BAR = (
    '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    f'<p:nvSpPr><p:cNvPr id="900" name="Bar">{_DECORATION}</p:cNvPr><p:cNvSpPr/>'
    '<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/>'
    f'<a:ext cx="150000" cy="{Inches(HEIGHT)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    '<a:solidFill><a:srgbClr val="0B3A66"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
)


def set_box(shape: Any, box: Box) -> None:
    """Place a shape; inches."""
    shape.left, shape.top, shape.width, shape.height = (Inches(value) for value in box)


def set_title(
    shape: Any, text: str, size: int, *, above: str = "", below: str = "", white: bool = False
) -> None:
    """Fill a title placeholder.

    ``above`` is a small line that tells the slides of one project apart; it stands first, so that a title
    that runs over several lines is not mixed up with it. ``below`` is a small line after the text.
    """
    frame = shape.text_frame
    frame.word_wrap = True
    lines = [(above, SMALL, False), (text, size, True), (below, SMALL, False)]
    for number, (words, points, bold) in enumerate(line for line in lines if line[0]):
        para = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        para.alignment = PP_ALIGN.LEFT
        run = para.add_run()
        run.text = words
        _style(run, points, bold=bold, colour=WHITE if white else ACCENT if bold else QUIET)


def _style(run: Any, size: float, *, bold: bool, colour: RGBColor = INK) -> None:
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
    run.font.color.rgb = colour


def text_box(
    slide: Any, name: str, box: Box, paras: Sequence[Para], size: float, *, colour: RGBColor = INK,
    centre: bool = False, anchor: Any = MSO_ANCHOR.TOP, gap: float = GAP,
) -> Any:  # fmt: skip
    """A text box without insets. A label and its text share one paragraph."""
    shape = slide.shapes.add_textbox(*(Inches(value) for value in box))
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap = True
    frame.vertical_anchor = anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, para in enumerate(paras):
        line = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        line.alignment = PP_ALIGN.CENTER if centre else PP_ALIGN.LEFT
        line.space_after = Pt(gap * size)
        if para.bullet:
            _bullet(line, size)
        for text, bold in ((para.label, True), (para.text, para.bold)):
            if text:
                run = line.add_run()
                run.text = f"{text} " if bold and text == para.label and para.text else text
                _style(run, size, bold=bold, colour=ACCENT if bold and text == para.label else colour)
    return shape


def _bullet(line: Any, size: float) -> None:
    """A true bullet, not a typed one."""
    properties = line._p.get_or_add_pPr()
    indent = Pt(BULLET_INDENT * size)
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    properties.append(_element("a:buFont", typeface=FONT))
    properties.append(_element("a:buChar", char="•"))


def panel(slide: Any, name: str, box: Box, *, kind: Any = MSO_SHAPE.RECTANGLE, fill: RGBColor = SOFT) -> Any:
    """A filled shape without text. The caller says whether it speaks (:func:`describe`) or decorates."""
    shape = slide.shapes.add_shape(kind, *(Inches(value) for value in box))
    shape.name = name
    shape.fill.solid()
    shape.fill.fore_color.rgb = fill
    shape.line.fill.background()
    style = shape._element.find(qn("p:style"))
    shape._element.remove(style)  # the theme's shadow and outline
    return shape


def picture(slide: Any, name: str, png: bytes, box: Box, alt: str) -> None:
    """A picture with its alternative text."""
    shape = slide.shapes.add_picture(BytesIO(png), *(Inches(value) for value in box))
    shape.name = name
    describe(shape, alt)


def describe(shape: Any, alt: str) -> None:
    """Set the alternative text."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", alt)


def decorate(shape: Any) -> None:
    """Mark a shape as decoration: assistive technology passes it by."""
    shape._element.xpath(".//p:cNvPr")[0].append(parse_xml(_DECORATION))


def add_footers(slide: Any, text: str, colour: RGBColor = QUIET) -> None:
    """Footer and slide number as real placeholders. Called last, so that they are read last."""
    for shape in slide.slide_layout.placeholders:
        kind = shape.placeholder_format.type
        if kind not in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            continue
        element = copy.deepcopy(shape._element)
        slide.shapes._spTree.append(element)
        element.xpath(".//p:cNvPr")[0].set("id", str(max(s.shape_id for s in slide.shapes) + 1))
    for shape in slide.placeholders:
        if shape.placeholder_format.type == PP_PLACEHOLDER.FOOTER:
            shape.text_frame.text = text
            shape.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
            _style(shape.text_frame.paragraphs[0].runs[0], 10, bold=False, colour=colour)
        elif shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
            shape.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
            for properties in shape._element.iter(qn("a:rPr")):
                properties.set("sz", "1000")
                fill = _element("a:solidFill")
                fill.append(_element("a:srgbClr", val=str(colour)))
                properties.insert(0, fill)


def save(deck: Any, language: str) -> bytes:
    """The file: language on every run, no two shapes of a slide with one name, same bytes for same slides."""
    for slide in deck.slides:
        seen: set[str] = set()
        for shape in slide.shapes:
            shape.name = shape.name if shape.name not in seen else f"{shape.name} {shape.shape_id}"
            seen.add(shape.name)
        for tag in ("a:r", "a:fld"):
            for run in slide._element.iter(qn(tag)):
                run.get_or_add_rPr().set("lang", language)
    raw = BytesIO()
    deck.save(raw)
    return _same_times(raw.getvalue())


def _same_times(raw: bytes) -> bytes:
    """The archive again with one fixed time, since a ZIP notes when each part was written."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
