"""Making text from lines: hyphenation, paragraphs, lists, sentences, remnants of markup."""

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence

from wurt.modules.agenda.importing.model import Line, Span
from wurt.modules.agenda.importing.vocabulary import ORGANISATION_WORDS, PLACEHOLDERS

BULLET = re.compile(r"^\s*(?:[•●▪■◦‣·∙»►✓✔☑➢❖○]\s*|(?:[-–*+]|o(?=\s+[A-ZÄÖÜ]))\s+)(?=\S)")
_LONE = re.compile(r"[•●▪■◦‣·∙»►➢❖○]+")
_TAG = re.compile(r"<(/?)(p|ul|ol|li|br|div|span|b|i|u|strong|em|table|tr|td|th|tbody|thead|h[1-6]|a|font|sup|sub)\b[^>]*>",  # noqa: E501
                  re.IGNORECASE)  # fmt: skip
_RULE = re.compile(r"^[\s|:+=_-]*$")
_KEEP_HYPHEN = re.compile(r"^(?:und|oder|sowie|bzw\.?|als|bis|noch)\b")
_NUMBERED = re.compile(r"^\(?\d{1,2}[.)]\s+(?=[A-ZÄÖÜ„])")
_OPEN_END = re.compile(r"(?:[,/&(–-]|(?:^|\s)[a-zäöüß]+)$")
_SENTENCE = re.compile(r"(?<=[.!?])[\"“”»]?\s+(?=[A-ZÄÖÜ„»\"])")
_NOT_END = re.compile(
    r"(?:\b(?:bzw|ca|Nr|Abs|Art|Dr|Prof|St|z\. ?B|u\. ?a|d\. ?h|i\. ?d\. ?R|inkl|ggf|evtl|etc|Str|vgl|Mio|Mrd|Tsd|\d{1,2}))\.$"  # noqa: E501
)


_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_TICK = re.compile(r"^\s*[✓✔☑]\s*")


def composed(text: str) -> str:
    """Text as other programs expect it: composed umlauts, whole characters instead of halves of them."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return unicodedata.normalize("NFC", whole)


def clean(text: str) -> str:
    """One line without double blanks, unseen characters and Markdown emphasis; gender asterisks stay."""
    text = _UNSEEN.sub("", text.replace("\u00a0", " ").replace("**", "").replace("__", ""))
    return " ".join(text.split())


def is_bullet(text: str) -> bool:
    """Whether a text begins with the sign of a list; a dash alone is a placeholder."""
    return bool(BULLET.match(text)) and text.strip() not in ("--", "-", "–")


def without_bullet(text: str) -> str:
    """A text without the sign of a list. A tick stays: it may say that something is done."""
    return text if _TICK.match(text) else BULLET.sub("", text)


def without_tick(text: str) -> str:
    """A text without a tick that only was the sign of a list."""
    return _TICK.sub("", text)


def only_bullet(text: str) -> bool:
    """The sign of an entry that was left empty."""
    return bool(_LONE.fullmatch(text.strip()))


def glue(left: str, right: str) -> str:
    """Join two lines: "Büsum-" + "Wesselburen" keeps the hyphen, "Digitali-" + "sierung" loses it."""
    left, right = left.rstrip(), right.lstrip()
    if not left or not right:
        return left or right
    last = re.search(r"([^\s\-–]*)-$", left)
    if last:
        lower = right[0].islower()
        if _KEEP_HYPHEN.match(right) or left.endswith(" -"):
            return f"{left} {right}"
        if not lower or len(last.group(1)) < 2 or last.group(1)[-1:].isdigit() or last.group(1).isupper():
            return left + right
        return left[:-1] + right
    if left.endswith("\u00ad"):
        return left[:-1] + right
    if right.startswith(("*inn", ":inn", "*in ", "_in")) or (
        re.search(r"\w[*:]$", left) and re.match(r"in(nen)?\b", right)
    ):
        return left + right
    return f"{left} {right}"


def join(lines: Iterable[Line | str]) -> str:
    """All lines as one flowing text."""
    text = ""
    for line in lines:
        text = glue(text, line if isinstance(line, str) else line.text)
    return clean(text)


def paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Groups of lines between blank lines and breaks; every bullet begins a group."""
    groups: list[list[Line]] = []
    fresh = True
    for line in lines:
        if not line.text.strip() or line.role in ("break", "page", "reset"):
            fresh = True
            continue
        if fresh or line.bullet:
            groups.append([])
        groups[-1].append(line)
        fresh = False
    return groups


def prose(lines: Sequence[Line]) -> str:
    """Text of a section: paragraphs separated by a blank line, bullets on lines of their own."""
    out = ""
    previous_bullet = False
    for group in paragraphs(lines):
        bullet = group[0].bullet
        text = without_tick(join(group)) if bullet else join(group)
        separator = "\n" if bullet and previous_bullet else "\n\n"
        out = f"{out}{separator if out else ''}{'• ' if bullet else ''}{text}"
        previous_bullet = bullet
    return out


def items(lines: Sequence[Line]) -> tuple[tuple[str, ...], bool]:
    """The entries of a list and whether their borders are certain."""
    if is_none(join(lines)):
        return (), True
    groups = paragraphs(lines)
    if any(group[0].bullet for group in groups):
        found: list[str] = []
        for group in groups:
            text = without_tick(join(group))
            if not group[0].bullet and found and (text[:1].islower() or _OPEN_END.search(found[-1])):
                found[-1] = glue(found[-1], text)
            else:
                found.append(text)
        return tuple(t for t in found if not is_placeholder(t)), True
    whole = join(lines)
    if is_placeholder(whole):
        return (), True
    if ";" in whole:
        return tuple(part.strip(" .") for part in whole.split(";") if part.strip(" .")), True
    plain = [line for group in groups for line in group]
    if all(_NUMBERED.match(group[0].text) for group in groups) or (
        len(plain) > 1 and _NUMBERED.match(plain[0].text)
    ):
        return _numbered(plain), True
    return _unmarked(groups)


def _numbered(lines: Sequence[Line]) -> tuple[str, ...]:
    found: list[str] = []
    for line in lines:
        if _NUMBERED.match(line.text) or not found:
            found.append(_NUMBERED.sub("", line.text))
        else:
            found[-1] = glue(found[-1], line.text)
    return tuple(clean(text) for text in found)


def _unmarked(groups: Sequence[Sequence[Line]]) -> tuple[tuple[str, ...], bool]:
    found: list[str] = []
    certain = True
    for group in groups:
        longest = max(len(line.text) for line in group)
        for index, line in enumerate(group):
            previous = group[index - 1] if index else None
            goes_on = previous is not None and (
                previous.soft or bool(_OPEN_END.search(previous.text.strip())) or line.text[:1].islower()
                or len(previous.text) > 0.9 * longest > 60
            )  # fmt: skip
            if goes_on and found:
                found[-1] = glue(found[-1], line.text)
            else:
                found.append(line.text)
            certain = certain and (index == 0 or goes_on is False)
    return tuple(clean(text) for text in found), certain


def names(lines: Sequence[Line]) -> tuple[tuple[str, ...], bool]:
    """Names of organisations: separated by commas, semicolons, bullets or lines of their own."""
    if is_none(join(lines)):
        return (), True
    if any(line.bullet for line in lines):
        return tuple(n for item in items(lines)[0] for n in _split_names(item)), True
    text, certain = "", True
    for line in lines:
        if not line.text.strip():
            continue
        starts_name = (
            bool(ORGANISATION_WORDS.match(line.text))
            and text
            and not text.rstrip().endswith((",", ";", "-", "/", "und"))
        )
        if text and (starts_name or line.role == "title"):
            text = f"{text}; {line.text}"
        else:
            certain = certain and not (text and "," not in text and not text.endswith("-"))
            text = glue(text, line.text)
    text = clean(text)
    return (() if is_placeholder(text) else _split_names(text)), certain


def _split_names(text: str) -> tuple[str, ...]:
    parts = re.split(r"\s*[,;]\s*(?![^()]*\))", text)
    found: list[str] = []
    for part in parts:
        pieces = re.split(r"\s+(?:und|sowie|&)\s+", part)
        if len(pieces) > 1 and all(ORGANISATION_WORDS.match(piece) for piece in pieces):
            found += pieces
        else:
            found.append(re.sub(r"^(?:und|sowie)\s+", "", part))
    return tuple(name.strip() for name in found if not is_placeholder(name.strip()))


def sentences(text: str) -> list[str]:
    """Sentences of a text; abbreviations and "12.03." do not end one."""
    out: list[str] = []
    for piece in (p for block in text.split("\n") for p in _SENTENCE.split(block) if p.strip()):
        if out and _NOT_END.search(out[-1]) and not re.search(r"\d{4}\.$|usw\.$", out[-1]):
            out[-1] = f"{out[-1]} {piece.strip()}"
        else:
            out.append(piece.strip())
    return out


_NONE = re.compile(
    r"^(?:(?:derzeit|aktuell|momentan|bisher|zurzeit|z\. ?Zt\.)\s+)?keine?(?:\s+(?:bekannt|vorhanden|erkennbar|weiteren|risiken))*\.?$",  # noqa: E501
    re.IGNORECASE,
)


def is_none(text: str) -> bool:
    """Whether a text says that there are no entries ("keine", "derzeit keine bekannt")."""
    return is_placeholder(text) or bool(_NONE.match(" ".join(text.split())))


def is_placeholder(text: str) -> bool:
    """Whether a text only says that there is no value ("--", "n/a")."""
    return " ".join(text.split()).strip().lower() in PLACEHOLDERS


def span(lines: Sequence[Line]) -> Span | None:
    """The place of some lines, with their text as the snippet."""
    real = [line for line in lines if line.text.strip()]
    if not real:
        return None
    boxes = [line.bbox for line in real if line.bbox and line.page == real[0].page]
    bbox = None
    if boxes:
        bbox = (
            min(b[0] for b in boxes),
            min(b[1] for b in boxes),
            max(b[2] for b in boxes),
            max(b[3] for b in boxes),
        )
    numbers = [line.number for line in real]
    return Span("\n".join(line.text for line in real), real[0].page, min(numbers), max(numbers), bbox)


def markup_lines(raw: str) -> list[str]:
    """One physical line of Markdown or HTML remnants as plain lines; "" stands for a paragraph break."""
    text = html.unescape(raw) if "&" in raw else raw
    if "<" in text:
        text = _TAG.sub(_replace_tag, text)
    parts = [part for piece in text.split("\n") for part in _split_bullets(piece)]
    return parts or [""]


def _replace_tag(found: re.Match[str]) -> str:
    closing, name = bool(found.group(1)), found.group(2).lower()
    if name == "li":
        return "" if closing else "\n• "
    if name in ("br", "tr"):
        return "\n"
    if name in ("td", "th"):
        return "\t" if closing else ""
    if name in ("p", "div", "ul", "ol", "table") or name.startswith("h"):
        return "\n\n" if name == "p" and closing else "\n" if closing else ""
    return ""


def _split_bullets(text: str) -> list[str]:
    if "•" not in text:
        return [text]
    head, *rest = text.split("•")
    parts = [head] if head.strip() else []
    return parts + [f"• {piece.strip()}" for piece in rest if piece.strip()]


def is_rule(text: str) -> bool:
    """A table rule or horizontal line of Markdown ("----|---")."""
    return bool(_RULE.match(text)) and text.count("-") + text.count("_") + text.count("=") >= 3
