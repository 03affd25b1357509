"""The words all exports share: months, due dates, shifts, the four status marks, the states of a project.

Exports are German documents. Every entry point runs inside :func:`german`, so that a worker, a command and
a request in another language make the same bytes.
"""

import calendar
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from django.utils import translation
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wurt.core.indicators.periods import Period
from wurt.core.indicators.rules import Aim, Figure, Way
from wurt.core.indicators.words import aim_text, compared, figure_text, filled, way_text, way_word
from wurt.core.web.text import german as mark_german
from wurt.modules.agenda.domain.snapshot import (
    CostFact,
    DecisionFact,
    FigureFact,
    MilestoneFact,
    ProfileFact,
    ShiftFact,
    State,
    Status,
)

EXAMPLE = "Beispieldaten"
"""The mark of invented data. One German word in every language, so that it can be searched for."""

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip
SHORT_MONTHS = ("Jan", "Feb", "Mrz", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")
"""As the county's own slides write them; our importer reads them back."""

_DUE = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?|-Q([1-4]))$")


def german() -> translation.override:
    """Context in which every text of an export is made."""
    return translation.override("de")


@dataclass(frozen=True, slots=True)
class Due:
    """A due date taken apart. ``day`` and ``month`` are None where the source was less exact."""

    year: int
    month: int | None = None
    day: int | None = None
    quarter: int | None = None

    @property
    def earliest(self) -> date:
        """First day that the text can mean."""
        return date(self.year, self.month or ((self.quarter or 1) - 1) * 3 + 1, self.day or 1)

    @property
    def latest(self) -> date:
        """Last day that the text can mean: the day after which the milestone is overdue."""
        month = self.month or (self.quarter or 4) * 3
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


def parse_due(due: str | None) -> Due | None:
    """YYYY-MM-DD, YYYY-MM or YYYY-Qn taken apart; None for unknown. Raises ValueError for anything else."""
    if not due:
        return None
    match = _DUE.match(due)
    if match is None:
        raise ValueError(f"not a due date (YYYY-MM-DD, YYYY-MM or YYYY-Qn): {due!r}")
    year, month, day, quarter = (int(part) if part else None for part in match.groups())
    assert year is not None
    return Due(year, month, day, quarter)


def month_name(month: str) -> str:
    """``2024-04`` -> ``April 2024``."""
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def due_text(due: str | None) -> str:
    """A due date in full: ``14. Mai 2024``, ``Mai 2024``, ``3. Quartal 2024``, ``offen``."""
    parts = parse_due(due)
    if parts is None:
        return _("not yet fixed")
    if parts.quarter:
        return _("quarter %(quarter)s of %(year)s") % {"quarter": parts.quarter, "year": parts.year}
    name = f"{MONTHS[(parts.month or 1) - 1]} {parts.year}"
    return f"{parts.day}. {name}" if parts.day else name


def due_short(due: str | None) -> str:
    """A due date as under the arrow of the slides: ``Mai 24``, ``14.05.2024``, ``Q3 2024``, ``offen``."""
    parts = parse_due(due)
    if parts is None:
        return _("not yet fixed")
    if parts.quarter:
        return f"Q{parts.quarter} {parts.year}"
    if parts.day:
        return f"{parts.day:02}.{parts.month:02}.{parts.year}"
    return f"{SHORT_MONTHS[(parts.month or 1) - 1]} {parts.year % 100:02}"


def day_text(day: date | None) -> str:
    """``14.05.2024``; empty for None."""
    return day.strftime("%d.%m.%Y") if day else ""


def long_day(day: date) -> str:
    """``14. Mai 2024``."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def money(amount: Decimal) -> str:
    """``1234.5`` -> ``1.234,50 €`` (no-break space before the sign)."""
    text = f"{amount:,.2f}".replace(",", "\0").replace(".", ",").replace("\0", ".")
    return f"{text}\u00a0€"


def cost_text(cost: CostFact) -> str:
    """What a reader sees: the source's own words, with the amount where the words do not hold it."""
    parts = [cost.text] if cost.text else []
    if cost.amount is not None and not re.search(r"\d", cost.text):
        parts.append(money(cost.amount))
    line = ": ".join(parts)
    return f"{line} ({cost.source})" if cost.source else line


def decision_text(decision: DecisionFact) -> str:
    """``Kreistag, 12.12.2023, DRS 1/23: Titel``."""
    head = ", ".join(
        part for part in (decision.body, day_text(decision.decided_on), decision.reference) if part
    )
    return f"{head}: {decision.title}" if decision.title else head


def shift_text(shifts: Iterable[ShiftFact]) -> str:
    """``Jun 24 → Sep 24, zweimal verschoben``; empty when nothing moved."""
    moves = list(shifts)
    if not moves:
        return ""
    span = f"{due_short(moves[0].before)} → {due_short(moves[-1].after)}"
    times = {1: _("moved once"), 2: _("moved twice"), 3: _("moved three times")}.get(len(moves))
    if times is None:
        times = ngettext("moved %(count)s time", "moved %(count)s times", len(moves)) % {"count": len(moves)}
    return f"{span}, {times}"


MilestoneState = Literal["done", "overdue", "open"]


def milestone_state(milestone: MilestoneFact) -> MilestoneState:
    """Done wins over overdue: what has been reached can no longer be late."""
    if milestone.done:
        return "done"
    return "overdue" if milestone.overdue else "open"


def milestone_word(milestone: MilestoneFact) -> str:
    """``erledigt am 14. Mai 2024``, ``überfällig`` or ``offen``."""
    state = milestone_state(milestone)
    if state == "done":
        if milestone.done_on:
            return _("done on %(day)s") % {"day": long_day(milestone.done_on)}
        return _("done")
    return _("overdue") if state == "overdue" else _("open")


def milestone_order(milestone: MilestoneFact) -> tuple[date, str]:
    """Sort key: by last possible day, unknown dates last."""
    due = parse_due(milestone.due)
    return (due.latest if due else date.max, milestone.label)


@dataclass(frozen=True, slots=True)
class Mark:
    """A status for the eye and the ear: ``word``, what it means, and a shape that needs no colour."""

    code: str
    word: str
    meaning: str
    shape: str


def mark(status: Status | None) -> Mark:
    """The mark of a status. None reads "not stated" and never green."""
    if status == "green":
        return Mark("green", _("Green"), _("The project is going as planned"), _("circle with a tick"))
    if status == "yellow":
        return Mark(
            "yellow",
            _("Yellow"),
            _("There are slight risks that those in charge of the project can settle"),
            _("triangle with an exclamation mark"),
        )
    if status == "red":
        return Mark(
            "red", _("Red"), _("The success of the whole project is at risk"), _("octagon with a cross")
        )
    return Mark(
        "none", _("Not stated"), _("No status was stated for this month"), _("dashed circle with a dash")
    )


def legend() -> tuple[Mark, Mark, Mark]:
    """The three meanings in their fixed order."""
    return mark("green"), mark("yellow"), mark("red")


def state_word(state: State) -> str:
    """``geplant``, ``laufend``, ``abgeschlossen``, ``eingestellt``."""
    return {
        "planned": _("planned"),
        "running": _("running"),
        "completed": _("completed"),
        "stopped": _("stopped"),
    }[state]


def lead_text(profile: ProfileFact, names: Mapping[str, str]) -> str:
    """``Name – Organisation`` where the person consents, else ``Funktion – Organisation``."""
    person = names.get(profile.lead_person.id, "") if profile.lead_person else ""
    return " – ".join(part for part in (person or profile.lead_function, profile.lead_organisation) if part)


def span_text(profile: ProfileFact) -> str:
    """``01.01.2023 – 30.06.2024``, open ends in words."""
    if profile.start is None and profile.end is None:
        return _("not stated")
    start = day_text(profile.start) or _("start not stated")
    end = day_text(profile.end) or _("end not fixed")
    return f"{start} – {end}"


def figure_line(fact: FigureFact, month: str, *, marked: bool = False) -> str:
    """A frozen figure as one line: value, change, baseline, target, how far. ``month`` is YYYY-MM.

    ``marked``: safe HTML for a page of any language; what was frozen, in German, says so.
    """
    said: Callable[[str], str] = mark_german if marked else str
    name = filled("%(name)s, %(place)s", name=said(fact.name), place=fact.place_name)
    now, unit = Figure(fact.value, fact.below), said(fact.unit)
    value = figure_text(now, unit)
    parts = [filled("%(name)s: %(value)s.", name=name if fact.place_name else said(fact.name), value=value)]
    if fact.before is not None and now.known:
        parts.append(compared(now, Figure(fact.before), Period.read(month).previous))
    aim = Aim(fact.baseline, fact.baseline_on, fact.target, fact.target_on)
    if fact.way:
        judged = capital(way_word(fact.way))
        parts += [aim_text(aim, unit), f"{judged}. {way_text(Way(fact.way), fact.line)}".strip()]
    if fact.version > 1 and fact.reason:
        parts.append(filled(_("Corrected: %(reason)s"), reason=said(fact.reason)))
    if fact.example:
        parts.append(said(f"({EXAMPLE})"))
    return format_html_join(" ", "{}", ((part,) for part in parts)) if marked else " ".join(parts)


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
