"""Due dates of different precision, as German reports print them.

A due date is stored as text: ``YYYY-MM-DD``, ``YYYY-MM``, ``YYYY-Qn`` or None (unknown). A period covers
all days it may mean; ``due_latest`` is its last day and decides whether something is overdue.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

Precision = Literal["day", "month", "quarter"]

MONTHS: dict[str, int] = {
    "januar": 1, "jänner": 1, "jaenner": 1, "jan": 1,
    "februar": 2, "feb": 2, "febr": 2,
    "märz": 3, "maerz": 3, "mrz": 3, "mär": 3, "mar": 3, "mae": 3,
    "april": 4, "apr": 4,
    "mai": 5,
    "juni": 6, "jun": 6,
    "juli": 7, "jul": 7,
    "august": 8, "aug": 8,
    "september": 9, "sep": 9, "sept": 9,
    "oktober": 10, "okt": 10, "oct": 10,
    "november": 11, "nov": 11,
    "dezember": 12, "dez": 12, "dec": 12,
}  # fmt: skip
SHORT = ("Jan", "Feb", "Mrz", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")
LONG = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
    "November", "Dezember",
)  # fmt: skip
UNKNOWN_WORDS = frozenset(
    {"n.n.", "n.n", "nn", "tbd", "tba", "t.b.d.", "offen", "noch offen", "unbekannt", "unklar", "k.a.", "k. a.",  # noqa: E501
     "ohne datum", "n/a", "-", "--", "–", "?", "zu klären", "noch nicht terminiert", "noch nicht bekannt"}
)  # fmt: skip

_NAMES = "|".join(sorted((re.escape(name) for name in MONTHS), key=len, reverse=True))
_YEAR = r"(?:20\d\d|['’]?\d\d)"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_WORDS = {"erstes": 1, "zweites": 2, "drittes": 3, "viertes": 4}

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("day", r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>20\d\d|\d\d)"),
        ("day_name", rf"(?P<d>\d{{1,2}})\.\s?(?P<name>{_NAMES})\.?\s+(?P<y>{_YEAR})"),
        ("iso", r"(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)"),
        ("quarter", rf"Q\s?(?P<q>[1-4])\s?[/.\-]?\s?(?P<y>{_YEAR})"),
        ("quarter", r"(?P<y>20\d\d)\s?[/\-]?\s?Q\s?(?P<q>[1-4])"),
        ("quarter", rf"(?P<q>[1-4])\.\s?(?:Quartal|Q|Qu|Quart\.)\s?[/.]?\s?(?:des Jahres\s)?(?P<y>{_YEAR})"),
        ("quarter", rf"(?P<q>I{{1,3}}|IV)\.?\s?(?:Quartal|/)\s?(?P<y>{_YEAR})"),
        ("quarter", rf"(?P<q>erstes|zweites|drittes|viertes)\s+Quartal\s+(?P<y>{_YEAR})"),
        ("span", rf"(?P<name>{_NAMES})\.?\s?(?:[-–/]|bis)\s?(?P<name2>{_NAMES})\.?\s?(?P<y>{_YEAR})"),
        ("month_name", rf"(?P<name>{_NAMES})\.?\s?[-/]?\s?(?P<y>{_YEAR})"),
        ("month", r"(?P<m>0?[1-9]|1[0-2])\s?[/.]\s?(?P<y>20\d\d)"),
        ("iso_month", r"(?P<y>20\d\d)-(?P<m>\d\d)"),
        ("half", rf"(?P<h>[12])\.\s?(?:Halbjahr|HJ|Hj\.?)\s?(?P<y>{_YEAR})"),
        ("half", rf"HJ?\s?(?P<h>[12])\s?[/.]?\s?(?P<y>{_YEAR})"),
        ("season", rf"(?P<s>Frühjahr|Frühling|Sommer|Herbst|Winter)\s+(?P<y>{_YEAR}(?:/\d\d)?)"),
        ("part", rf"(?P<p>Anfang|Mitte|Ende)(?:\s+des\s+Jahres)?\s+(?P<y>{_YEAR})"),
        ("year", r"(?:Jahr\s)?(?P<y>20\d\d)"),
        ("week", rf"KW\s?(?P<w>\d{{1,2}})(?:\s?[/.]?\s?(?P<y>{_YEAR}))?"),
        ("month_alone", rf"(?P<name>{_NAMES})\.?"),
        ("quarter_alone", r"Q\s?(?P<q>[1-4])|(?P<q2>[1-4])\.\s?Quartal"),
    )
)
_PREFIX = re.compile(r"^(?:\(|bis|ab|im|in|am|zum|ca\.?|circa|etwa|voraussichtlich|vsl\.?|geplant|spätestens|seit)\s+",  # noqa: E501
                     re.IGNORECASE)  # fmt: skip
_PART = re.compile(r"^(?P<p>Anfang|Mitte|Ende)\s+", re.IGNORECASE)
_SEASONS = {"frühjahr": (2, 1), "frühling": (2, 1), "sommer": (3, 2), "herbst": (4, 3), "winter": (4, 1)}


@dataclass(frozen=True, slots=True)
class Period:
    """A due date as read. ``due`` None with ``known`` False means the source says that it is open.

    ``certain`` is False where the print leaves room ("Herbst 2024" may be Q3 or Q4); ``alternatives``
    then lists the other readings.
    """

    due: str | None
    printed: str = ""
    certain: bool = True
    reason: str = ""
    alternatives: tuple[str, ...] = ()


def _year(text: str) -> int:
    digits = text.strip("'’")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _valid_day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _read(kind: str, found: re.Match[str], printed: str) -> Period | None:
    group = found.groupdict()
    year = _year(group["y"][:4]) if group.get("y") else None
    if kind in ("day", "iso") and year:
        due = _valid_day(year, int(group["m"]), int(group["d"]))
        return Period(due, printed) if due else None
    if kind == "day_name" and year:
        due = _valid_day(year, MONTHS[group["name"].lower()], int(group["d"]))
        return Period(due, printed) if due else None
    if kind == "quarter" and year:
        text = group["q"].lower()
        number = int(text) if text.isdigit() else _ROMAN.get(text) or _WORDS[text]
        return Period(f"{year}-Q{number}", printed)
    if kind == "month_name" and year:
        return Period(f"{year}-{MONTHS[group['name'].lower()]:02d}", printed)
    if kind in ("month", "iso_month") and year:
        return Period(f"{year}-{int(group['m']):02d}", printed) if 1 <= int(group["m"]) <= 12 else None
    if kind == "span" and year:
        first, last = MONTHS[group["name"].lower()], MONTHS[group["name2"].lower()]
        return Period(f"{year}-{last:02d}", printed, False, "span", (f"{year}-{first:02d}",))
    if kind == "half" and year:
        last = 2 * int(group["h"])
        return Period(f"{year}-Q{last}", printed, False, "half_year", (f"{year}-Q{last - 1}",))
    if kind == "season" and year:
        likely, other = _SEASONS[group["s"].lower()]
        following = f"{year + 1}-Q1" if group["s"].lower() == "winter" else f"{year}-Q{other}"
        return Period(f"{year}-Q{likely}", printed, False, "season", (following,))
    if kind == "part" and year:
        return _part_of_year(group["p"].lower(), year, printed)
    if kind == "year" and year:
        return Period(f"{year}-Q4", printed, False, "year_only")
    if kind == "week":
        return _week(int(group["w"]), year, printed)
    reason = "year_missing"
    return Period(None, printed, False, reason)


def _part_of_year(part: str, year: int, printed: str) -> Period:
    if part == "ende":
        return Period(f"{year}-12", printed, False, "part_of_year", (f"{year}-Q4",))
    if part == "mitte":
        return Period(f"{year}-Q2", printed, False, "part_of_year", (f"{year}-Q3",))
    return Period(f"{year}-Q1", printed, False, "part_of_year", (f"{year}-01",))


def _week(week: int, year: int | None, printed: str) -> Period | None:
    if year is None:
        return Period(None, printed, False, "year_missing")
    try:
        friday = date.fromisocalendar(year, week, 5)
    except ValueError:
        return None
    return Period(friday.isoformat(), printed, False, "calendar_week")


def parse_due(text: str) -> Period | None:
    """Read a text that is nothing but a due date; None when it is something else."""
    printed = " ".join(text.split()).strip()
    core = printed.strip(" ()[]:,;•·*")
    if core.lower() in UNKNOWN_WORDS:
        return Period(None, printed, True, "open")
    while (shorter := _PREFIX.sub("", core)) != core:
        core = shorter
    for kind, pattern in _PATTERNS:
        if found := pattern.fullmatch(core):
            return _read(kind, found, printed)
    if found := _PART.match(core):
        inner = parse_due(core[found.end() :])
        if inner is not None and inner.due is not None:
            return Period(inner.due, printed, inner.certain, inner.reason, inner.alternatives)
    return None


_FIRM = ("day", "day_name", "iso", "quarter", "month_name", "month", "half", "season", "part", "week")
_SEARCH = tuple(
    (kind, re.compile(rf"(?<![\w.,/]){p.pattern}(?![\w])", re.IGNORECASE))
    for kind, p in _PATTERNS
    if kind in _FIRM
)


def find_dues(text: str) -> list[tuple[int, int, Period]]:
    """All due dates inside a longer text as (start, end, period), left to right, without overlaps."""
    taken: list[tuple[int, int, Period]] = []
    for kind, pattern in _SEARCH:
        for found in pattern.finditer(text):
            if any(found.start() < end and start < found.end() for start, end, _ in taken):
                continue
            period = _read(kind, found, found.group(0))
            if period is not None:
                taken.append((found.start(), found.end(), period))
    return sorted(taken, key=lambda item: item[0])


def precision(due: str | None) -> Precision | None:
    """ "day", "month", "quarter" or None."""
    if due is None:
        return None
    if "Q" in due:
        return "quarter"
    return "day" if len(due) == 10 else "month"


def due_first(due: str | None) -> date | None:
    """First day that the due date may mean."""
    if due is None:
        return None
    if "Q" in due:
        return date(int(due[:4]), 3 * int(due[-1]) - 2, 1)
    if len(due) == 10:
        return date.fromisoformat(due)
    return date(int(due[:4]), int(due[5:7]), 1)


def due_latest(due: str | None) -> date | None:
    """Last day that the due date may mean: what is later than this day is overdue."""
    if due is None:
        return None
    if "Q" in due:
        return month_last(f"{due[:4]}-{3 * int(due[-1]):02d}")
    if len(due) == 10:
        return date.fromisoformat(due)
    return month_last(due)


def month_first(month: str) -> date:
    """First day of a month YYYY-MM."""
    return date(int(month[:4]), int(month[5:7]), 1)


def month_last(month: str) -> date:
    """Last day of a month YYYY-MM."""
    year, number = int(month[:4]), int(month[5:7])
    return date(year, number, calendar.monthrange(year, number)[1])


def sort_key(due: str | None) -> tuple[bool, date, date]:
    """Order by latest day, then by first day; unknown dates last."""
    last, first = due_latest(due), due_first(due)
    return (last is None, last or date.max, first or date.max)


def parse_month(text: str) -> str | None:
    """The month YYYY-MM a German text names ("April 2024", "Stand: 30.04.2024", "04/2024"), if one."""
    months = {
        p.due[:7] for _, _, p in find_dues(text) if p.due and p.certain and precision(p.due) != "quarter"
    }
    return months.pop() if len(months) == 1 else None


def parse_day(text: str) -> date | None:
    """A full date dd.mm.yyyy, when the text is nothing else."""
    period = parse_due(text)
    if period is None or precision(period.due) != "day" or not period.certain or period.due is None:
        return None
    return date.fromisoformat(period.due)


def german_short(due: str | None) -> str:
    """ "Mai 24", "Q2 24", "12.03.2024", "offen"."""
    if due is None:
        return "offen"
    if "Q" in due:
        return f"{due[-2:]} {due[2:4]}"
    if len(due) == 10:
        return f"{due[8:10]}.{due[5:7]}.{due[:4]}"
    return f"{SHORT[int(due[5:7]) - 1]} {due[2:4]}"


def german_input(due: str | None) -> str:
    """As people type it, and :func:`parse_due` reads it: "31.05.2024", "Mai 2024", "2. Quartal 2024", ""."""
    if due is None or due == "":
        return ""
    return german_short(due) if len(due) == 10 else german_long(due)


def german_long(due: str | None) -> str:
    """ "Mai 2024", "2. Quartal 2024", "12. März 2024", "noch offen"."""
    if due is None:
        return "noch offen"
    if "Q" in due:
        return f"{due[-1]}. Quartal {due[:4]}"
    month = LONG[int(due[5:7]) - 1]
    if len(due) == 10:
        return f"{int(due[8:10])}. {month} {due[:4]}"
    return f"{month} {due[:4]}"
