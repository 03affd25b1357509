"""An entry of a public list of measures (Vorhabenliste) by its headings."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from rapidfuzz import fuzz

from wurt.modules.agenda.domain.periods import parse_day
from wurt.modules.agenda.domain.plausibility import Warning
from wurt.modules.agenda.importing.joining import clean, is_placeholder, join, paragraphs, prose, span
from wurt.modules.agenda.importing.labels import compact
from wurt.modules.agenda.importing.model import CostRead, DecisionRead, Line, MeasureRead, Phase, Read

_HEADINGS: dict[str, tuple[str, ...]] = {
    "title": ("Titel", "Titel des Vorhabens", "Name des Vorhabens", "Bezeichnung", "Vorhaben", "Projekttitel", "Titel des Vorhabens / Projekts"),  # noqa: E501
    "description": ("Inhaltliche Beschreibung", "Beschreibung", "Kurzbeschreibung", "Inhalt des Vorhabens", "Beschreibung des Vorhabens", "Projektbeschreibung", "Worum geht es"),  # noqa: E501
    "decisions": ("Politischer Beschluss zum Vorhaben / Projekt", "Politischer Beschluss", "Politische Beschlüsse", "Beschlüsse", "Beschlusslage",  # noqa: E501
                  "Beschluss", "Gremienbeschlüsse", "Politische Beschlusslage"),
    "current_state": ("Aktueller Bearbeitungsstand", "Bearbeitungsstand", "Sachstand", "Aktueller Sachstand", "Aktueller Stand", "Stand der Umsetzung"),  # noqa: E501
    "next_steps": ("Geplanter Zeitpunkt der Umsetzung / Nächste Schritte", "Nächste Schritte", "Geplanter Zeitpunkt der Umsetzung", "Zeitplan", "Weiteres Vorgehen",  # noqa: E501
                   "Geplante Umsetzung", "Zeitplanung"),
    "costs": ("Kosten soweit bezifferbar", "Kosten", "Voraussichtliche Kosten", "Kosten, soweit bezifferbar", "Finanzierung", "Geschätzte Kosten", "Kosten (soweit bezifferbar)"),  # noqa: E501
    "participation": ("Einwohner*innenbeteiligung", "Einwohnerbeteiligung", "Bürgerbeteiligung", "Bürger*innenbeteiligung", "Beteiligung", "Form der Beteiligung",  # noqa: E501
                      "Einwohnerinnen- und Einwohnerbeteiligung", "Öffentlichkeitsbeteiligung", "Beteiligungsform", "Geplante Beteiligung"),  # noqa: E501
    "further": ("Weitere Informationen", "Weiterführende Informationen", "Links", "Mehr Informationen", "Weiterführende Links"),  # noqa: E501
    "other": ("Betroffene Gebiete", "Betroffenes Gebiet", "Federführung", "Ansprechpartner", "Kontakt", "Ansprechperson", "Zuständiges Amt", "Stadtteil", "Thema", "Laufzeit",  # noqa: E501
              "Zielgruppe", "Ziele", "Betroffene", "Federführendes Amt", "Ziel des Vorhabens"),
}  # fmt: skip
_TABLE = {compact(v): key for key, variants in _HEADINGS.items() for v in variants}
_REFERENCE = re.compile(r"(?P<body>[A-ZÄÖÜ][A-Za-zÄÖÜäöüß]{0,14})[\s-]+(?P<number>\d{1,4})\s?[/-]\s?(?P<year>20\d\d|\d\d)(?:,?\s+(?:vom|am|v\.)\s+(?P<date>\d{1,2}\.\s?\d{1,2}\.\s?\d{4}))?")  # fmt: skip  # noqa: E501
_AMOUNT = re.compile(r"(?P<cur1>€|EUR)?\s*(?P<n>\d{1,3}(?:[.\s'’]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)\s*(?P<unit>Mio\.?|Millionen|Million|Mrd\.?|Milliarden?|Tsd\.?|Tausend|T€|TEUR|k€)?\s*(?P<cur2>€|EUR\b|Euro\b)?", re.IGNORECASE)  # fmt: skip  # noqa: E501
_UNITS = {"mio": 10**6, "millionen": 10**6, "million": 10**6, "mrd": 10**9, "milliarden": 10**9, "milliarde": 10**9, "tsd": 1000, "tausend": 1000, "t€": 1000, "teur": 1000, "k€": 1000}  # fmt: skip  # noqa: E501
_FUNDING = re.compile(
    r"\(([^()]*(?:förder|zuschuss|mittel)[^()]*)\)|\b(\w*(?:förderung|fördermittel|zuschuss))\b",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"^(?:In)?formelle\s+(?:\w+)?beteiligung|^(?:Keine|Gesetzliche|Frühzeitige|Digitale)\s+(?:\w+)?beteiligung",
    re.IGNORECASE,
)
_PHASE = re.compile(r"\b(?P<label>[A-ZÄÖÜ]\w*phase)\b(?:\s+(?:läuft|lief|ist|war|dauert))?\s+(?:vom|von|ab)\s+(?P<a>\d{1,2}\.\d{1,2}\.\d{4})\s+bis\s+(?:zum\s+)?(?P<b>\d{1,2}\.\d{1,2}\.\d{4})")  # fmt: skip  # noqa: E501
_STARTED = re.compile(r"(?:Mit dem|Am|Ab dem|Seit dem)\s+(?P<a>\d{1,2}\.\d{1,2}\.\d{4})\s+(?:startete|begann|beginnt|startet)\s+die\s+(?P<years>\d+(?:,\d)?)[\s-]*jährige\s+(?P<label>\w*phase)")  # fmt: skip  # noqa: E501


def heading_of(text: str) -> tuple[str, str] | None:
    """(key, value on the same line) of a heading of the list."""
    line = clean(text).lstrip("#• ").strip()
    head, _, rest = line.partition(":")
    for candidate, value in ((line.rstrip(":"), ""), (head, rest.strip())):
        core = compact(candidate)
        if core in _TABLE:
            return _TABLE[core], value
        if len(core) >= 10 and len(candidate) < 80:
            score, key = max(
                (float(fuzz.ratio(core, name)), k) for name, k in _TABLE.items() if len(name) >= 8
            )
            if score >= 92:
                return key, value
    return None


def looks_like_measure(lines: Sequence[Line]) -> bool:
    """At least three headings of such an entry, decisions or costs or participation among them."""
    keys = {found[0] for line in lines if line.text.strip() and (found := heading_of(line.text))}
    return len(keys - {"other"}) >= 3 and len(keys & {"decisions", "costs", "participation"}) >= 2


def read_measure(lines: Sequence[Line]) -> tuple[MeasureRead, list[Warning]]:
    """All fields of an entry; what has no heading is proposed with a doubt, a missing title is asked for."""
    sections: dict[str, list[Line]] = {}
    current = ""
    for line in lines:
        found = heading_of(line.text) if line.text.strip() else None
        if found:
            current = found[0]
            sections.setdefault(current, [])
            if found[1]:
                sections[current].append(Line(found[1], line.number, line.page, line.bbox))
        else:
            sections.setdefault(current, []).append(line)
    entry, warnings = MeasureRead(), []
    entry.description = _prose(sections, "description")
    for key in ("current_state", "next_steps", "further"):
        setattr(entry, key, _prose(sections, key))
    rest = _decisions(sections.get("decisions"), entry)
    if rest:
        warnings.append(Warning("heading_missing", place="current_state"))
        _assign_untitled(rest, entry)
    _costs(sections.get("costs"), entry, warnings)
    _participation(sections.get("participation"), entry)
    _title(sections, entry, warnings)
    entry.phases = _phases(
        " ".join(r.value or "" for r in (entry.description, entry.current_state, entry.next_steps))
    )
    return entry, warnings


def _prose(sections: dict[str, list[Line]], key: str) -> Read[str | None]:
    lines = sections.get(key)
    if lines is None:
        return Read(None)
    text = prose(lines)
    return Read(None if is_placeholder(text) else text, span(lines))


def _title(sections: dict[str, list[Line]], entry: MeasureRead, warnings: list[Warning]) -> None:
    title = _prose(sections, "title")
    before = paragraphs(sections.get("", []))
    if title.value:
        entry.title = title
    elif before and len(join(before[0])) <= 160 and not join(before[0]).endswith("."):
        entry.title = Read(join(before[0]), span(before[0]))
    else:
        entry.title = Read(None, None, False, "title_missing")
        warnings.append(Warning("no_title", place="title"))


def _decisions(lines: Sequence[Line] | None, entry: MeasureRead) -> list[list[Line]]:
    """Read the references; give back the paragraphs that are none."""
    if lines is None:
        return []
    found: list[DecisionRead] = []
    used: list[Line] = []
    rest: list[list[Line]] = []
    for group in paragraphs(lines):
        text = join(group)
        matches = list(_REFERENCE.finditer(text))
        if matches and sum(len(m.group(0)) for m in matches) > 0.5 * len(text):
            found += [_decision(m) for m in matches]
            used += group
        elif not is_placeholder(text):
            rest.append(group)
    if not found and rest:
        entry.decisions = Read((), span([x for g in rest for x in g]), False, "decisions_unreadable")
        return rest[1:]
    entry.decisions = Read(tuple(found), span(used))
    return rest


def _decision(found: re.Match[str]) -> DecisionRead:
    year = int(found.group("year"))
    year = year + 2000 if year < 100 else year
    number = int(found.group("number"))
    day: date | None = parse_day(found.group("date").replace(" ", "")) if found.group("date") else None
    body = found.group("body")
    return DecisionRead(f"{body}-{number}/{year}", body, number, year, day, clean(found.group(0)))


def _assign_untitled(rest: list[list[Line]], entry: MeasureRead) -> None:
    """Paragraphs after the decisions: the usual order is state, then next steps. Always uncertain."""
    targets = [key for key in ("current_state", "next_steps") if getattr(entry, key).value is None]
    for index, group in enumerate(rest):
        if not targets:
            break
        key = targets[0] if index == 0 or len(targets) == 1 else targets[min(index, len(targets) - 1)]
        before = getattr(entry, key)
        text = f"{before.value}\n\n{join(group)}" if before.value else join(group)
        setattr(entry, key, Read(text, span(group), False, "heading_missing"))


def _costs(lines: Sequence[Line] | None, entry: MeasureRead, warnings: list[Warning]) -> None:
    if lines is None:
        return
    text = join(lines)
    if is_placeholder(text):
        entry.costs = Read(None, span(lines))
        return
    cost, certain = read_cost(text)
    if not certain:
        warnings.append(Warning("cost_number_format", params={"printed": text}, place="costs"))
    entry.costs = Read(cost, span(lines), certain, "" if certain else "cost_number_format")


def read_cost(text: str) -> tuple[CostRead, bool]:
    """An amount in euros and whether its print is the usual German one with a currency."""
    funding = _FUNDING.search(text)
    name = (funding.group(1) or funding.group(2)) if funding else ""
    amounts = [
        m
        for m in _AMOUNT.finditer(text)
        if m.group("unit") or m.group("cur1") or m.group("cur2") or len(m.group("n")) > 4
    ]
    if not amounts:
        return CostRead(text, None, funding=name), not any(c.isdigit() for c in text)
    found = amounts[0]
    printed, unit = found.group("n"), (found.group("unit") or "").lower().rstrip(".")
    currency = bool(found.group("cur1") or found.group("cur2") or unit in ("t€", "teur", "k€"))
    odd = False
    if re.fullmatch(r"\d{1,3}(?:[.\s'’]\d{3})+(?:,\d+)?", printed):
        odd = bool(unit)
        number = Decimal(re.sub(r"[.\s'’]", "", printed).replace(",", "."))
        if unit:
            number = (
                Decimal(printed.replace(",", "."))
                if printed.count(".") == 1 and "," not in printed
                else number
            )
    elif "." in printed:
        odd, number = True, Decimal(printed)
    else:
        number = Decimal(printed.replace(",", "."))
    amount = number * _UNITS.get(unit, 1)
    whole = amount.to_integral_value() if amount == amount.to_integral_value() else amount
    return CostRead(text, whole, "EUR", currency, name), not odd and currency and len(amounts) == 1


def _participation(lines: Sequence[Line] | None, entry: MeasureRead) -> None:
    if lines is None:
        return
    plain = [line for line in lines if line.text.strip()]
    if plain and (
        _KIND.match(plain[0].text)
        or (len(plain) > 1 and len(plain[0].text) <= 45 and not plain[0].text.endswith("."))
    ):
        entry.participation_kind = Read(clean(plain[0].text), span(plain[:1]))
        plain = plain[1:]
    text = prose(plain)
    entry.participation = Read(None if is_placeholder(text) else text, span(plain))


def _phases(text: str) -> tuple[Phase, ...]:
    out = []
    for found in _PHASE.finditer(text):
        start, end = parse_day(found.group("a")), parse_day(found.group("b"))
        if start:
            out.append(Phase(found.group("label"), start, end))
    for found in _STARTED.finditer(text):
        start = parse_day(found.group("a"))
        if start:
            months = round(float(found.group("years").replace(",", ".")) * 12)
            last = start.year * 12 + start.month - 1 + months
            end = date.fromordinal(
                date(last // 12, last % 12 + 1, start.day if start.day <= 28 else 28).toordinal() - 1
            )
            out.append(Phase(found.group("label"), start, end))
    return tuple(out)
