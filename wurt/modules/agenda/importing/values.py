"""Reading the values of single fields: lead, names, dates, status words."""

import re
from collections.abc import Sequence
from datetime import date

from wurt.modules.agenda.domain.periods import find_dues, month_first, month_last, parse_due, precision
from wurt.modules.agenda.importing.joining import is_placeholder, join, span
from wurt.modules.agenda.importing.model import Alternative, Line, Read, Span
from wurt.modules.agenda.importing.vocabulary import ORGANISATION_WORDS, STATUS_WORD, STATUS_WORDS

_LEAD = re.compile(r"\s*[–—]\s*|\s+-\s+|\s*\|\s*|\t|\s+/\s+")
_HOLLOW = re.compile(r"^(?:N\.? ?N\.?|unbesetzt|offen|vakant)$", re.IGNORECASE)
_FUNCTION = re.compile(
    r"(?:(?:stellv\w*\.?|kommissarische?r?)\s+)?(?:gesamt|teil)?(?:projekt|programm|team|fachbereichs|fachdienst"
    r"|sachgebiets|amts|abteilungs|stabsstellen|referats|dezernats|geschäfts)?-?"
    r"(?:leitung|leiter(?:in|\*in|:in|/in)?|koordination|koordinator(?:in|\*in|:in|/in)?|management|manager(?:in|\*in|:in|/in)?"
    r"|verantwortliche?(?:r|\*r|:r|/r)?|verantwortung|führung|führer(?:in|\*in|:in|/in)?|team|gruppe|büro|beauftragte?(?:r|\*r|:r|/r)?)"
    r"|(?:Digitalisierungs|Klimaschutz|Mobilitäts|Breitband)(?:beauftragte?r?|manage(?:r|rin|ment)|koordinat(?:ion|or|orin))"
    r"|Landr(?:at|ätin)|Bürgermeister(?:in)?|(?:Leitende[rn]? )?Verwaltungsbeamte?[rn]?|CDO|CIO",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"^(?:(?:Dr|Prof|Dipl)\.[\w.-]*\s+|Frau\s+|Herr\s+)*(?:[A-ZÄÖÜ][\w'’-]*\.?\s+)+(?:(?:von|van|de|zu|zur|vom)\s+)*[A-ZÄÖÜ][\w'’-]+$"
)


def read_lead(lines: Sequence[Line]) -> tuple[Read[str | None], Read[str | None]]:
    """(person, organisation) from "Name – Organisation" and its variants."""
    text = join(lines)
    source = span(lines)
    nothing: Read[str | None] = Read(None, source)
    if is_placeholder(text):
        return nothing, nothing
    pieces = [piece.strip(" ,") for piece in _LEAD.split(text) if piece.strip(" ,")]
    bracket = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", text)
    if len(pieces) == 1 and bracket:
        pieces = [bracket.group(1), bracket.group(2)]
    elif len(pieces) == 1 and "," in text:
        pieces = [piece.strip() for piece in text.split(",", 1)]
    if len(pieces) == 2:
        return _two(pieces[0], pieces[1], source)
    if len(pieces) > 2:
        rest = " – ".join(pieces[1:])
        return (
            Read(pieces[0], source, False, "lead_several_parts"),
            Read(rest, source, False, "lead_several_parts", (Alternative(pieces[-1]),)),
        )
    return _one(text, source)


def lead_function(lines: Sequence[Line]) -> Read[str | None]:
    """The function that stands where others print a name ("Projektleitung – Kreis X")."""
    text = join(lines)
    pieces = [p.strip(" ,()") for p in re.split(rf"{_LEAD.pattern}|[,(]", text) if p and p.strip(" ,()")]
    found = next((p for p in pieces if is_function(p)), None)
    return Read(found, span(lines))


def is_function(text: str) -> bool:
    """Whether a text names a function, not a person."""
    return bool(_FUNCTION.fullmatch(text.strip()))


def _two(first: str, second: str, source: Span | None) -> tuple[Read[str | None], Read[str | None]]:
    place = source
    if is_function(first) or is_function(second):
        both = is_function(first) and is_function(second)
        other = second if is_function(first) else first
        if not both and _PERSON.match(other) and not ORGANISATION_WORDS.search(other):
            return Read(other, place), Read(None, place)
        return Read(None, place), Read(None if both else other, place)
    reversed_order = (
        bool(ORGANISATION_WORDS.search(first))
        and not ORGANISATION_WORDS.search(second)
        and bool(_PERSON.match(second))
    )
    person, organisation = (second, first) if reversed_order else (first, second)
    if ORGANISATION_WORDS.match(person):
        whole = f"{first} – {second}"
        return Read(None, place, False, "lead_unclear", (Alternative(first),)), Read(
            whole, place, False, "lead_unclear"
        )
    return (Read(None if _HOLLOW.match(person) else person, place), Read(organisation, place))


def _one(text: str, source: Span | None) -> tuple[Read[str | None], Read[str | None]]:
    if _HOLLOW.match(text) or is_function(text):
        return Read(None, source), Read(None, source)
    if ORGANISATION_WORDS.search(text) or not _PERSON.match(text):
        certain = bool(ORGANISATION_WORDS.search(text))
        return Read(None, source), Read(text, source, certain, "" if certain else "lead_unclear")
    return Read(text, source), Read(None, source)


def read_date(lines: Sequence[Line], end: bool) -> Read[date | None]:
    """A start or end. A month or quarter stands for its first (start) or last day (end), marked uncertain."""
    text = join(lines)
    source = span(lines)
    if is_placeholder(text):
        return Read(None, source)
    period = parse_due(text)
    found = find_dues(text)
    if period is None and len(found) == 1:
        period = found[0][2]
    if period is None or period.due is None:
        return Read(
            None, source, is_placeholder(text) or (period is not None and period.certain), "date_unreadable"
        )
    if precision(period.due) == "day":
        extra = len(text) - len(period.printed) > 12
        return Read(
            date.fromisoformat(period.due),
            source,
            period.certain and not extra,
            "date_with_text" if extra else period.reason,
        )
    return Read(_edge(period.due, end), source, False, "date_of_month")


def _edge(due: str, end: bool) -> date:
    months = (due, due)
    if "Q" in due:
        number = int(due[-1])
        months = (f"{due[:4]}-{3 * number - 2:02d}", f"{due[:4]}-{3 * number:02d}")
    return month_last(months[1]) if end else month_first(months[0])


def read_duration(lines: Sequence[Line]) -> tuple[Read[date | None], Read[date | None]]:
    """Start and end from "01.01.2023 – 30.06.2024", "Januar 2023 bis Juni 2024", "ab 03/2024"."""
    text = join(lines)
    source = span(lines)
    found = [period for _, _, period in find_dues(text) if period.due]
    empty: Read[date | None] = Read(
        None, source, is_placeholder(text), "" if is_placeholder(text) else "date_unreadable"
    )
    reads: list[Read[date | None]] = []
    for index, period in enumerate(found[:2]):
        end = index == 1 or (len(found) == 1 and bool(re.match(r"\s*bis\b", text)))
        exact = precision(period.due) == "day"
        value = date.fromisoformat(period.due or "") if exact else _edge(period.due or "", end)
        certain = exact and period.certain and len(found) <= 2
        reads.append(Read(value, source, certain, "" if certain else "date_of_month"))
    if len(found) == 1:
        open_end: Read[date | None] = Read(None, source)
        return (open_end, reads[0]) if re.match(r"\s*bis\b", text) else (reads[0], open_end)
    return (reads[0], reads[1]) if len(reads) == 2 else (empty, empty)


def read_month(lines: Sequence[Line]) -> Read[str | None]:
    """The month YYYY-MM of a report."""
    text = join(lines)
    source = span(lines)
    dues = [period for _, _, period in find_dues(text)] or [p for p in [parse_due(text)] if p]
    months = list(
        dict.fromkeys(p.due[:7] for p in dues if p.due and p.certain and precision(p.due) != "quarter")
    )
    if len(months) == 1:
        return Read(months[0], source)
    if months:
        last = max(months)
        others = _alternatives([m for m in months if m != last])
        return Read(last, source, False, "month_several", others)
    return Read(None, source, is_placeholder(text), "" if is_placeholder(text) else "month_unreadable")


def read_status(lines: Sequence[Line]) -> Read[str | None]:
    """A status word of one project. Several colours together are a legend, not a status."""
    text = join(lines)
    source = span(lines)
    colors = list(dict.fromkeys(STATUS_WORDS[m.group(0).lower()] for m in STATUS_WORD.finditer(text)))
    if len(colors) == 1 and not re.search(
        r"\b(nicht|kein\w*|statt|vorher|bisher|zuvor)\b", text, re.IGNORECASE
    ):
        return Read(colors[0], source)
    if (
        not colors
        and (word := re.search(r"\b(im Plan|planmäßig|on track)\b", text, re.IGNORECASE))
        and len(text) < 40
    ):
        return Read(None, source, False, "status_words_only", (Alternative("green", word.group(0)),))
    if colors:
        return Read(None, source, False, "status_several", _alternatives(colors))
    return Read(None, source)


def _alternatives(values: Sequence[str]) -> tuple[Alternative[str | None], ...]:
    return tuple(Alternative(value) for value in values)
