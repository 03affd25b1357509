"""Figures in words, in the language of the reader."""

from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wurt.core.indicators.periods import Period
from wurt.core.indicators.queries import MANUAL, Info, Point, Series
from wurt.core.indicators.registry import Kind
from wurt.core.indicators.rules import Aim, Change, Figure, Way, change, percent
from wurt.core.web.format import NO_BREAK_SPACE, day, month_name, number
from wurt.core.web.text import german, said


def figure_text(figure: Figure | None, unit: object = "") -> str:
    """As "1.234 Besuche", "unter 5 Besuche"; what is not told says so."""
    if figure is None:
        return _("no value")
    if figure.below is not None:
        return joined(_("fewer than %(number)d") % {"number": figure.below}, unit)
    if figure.value is None:
        return _("not told, so that no single person can be recognised")
    return joined(number(figure.value), unit)


def joined(text: str, unit: object) -> str:
    """A number and its unit on one line; safe HTML if the unit is."""
    if isinstance(unit, SafeString):
        return format_html("{}{}{}", text, NO_BREAK_SPACE, unit) if unit else text
    return f"{text}{NO_BREAK_SPACE}{unit}" if str(unit) else text


def plot_title(series: Series) -> str:
    """What a drawing of the series shows, as its title; safe HTML."""
    name = german(series.info.name)
    if series.latest is None:
        return name
    return said(
        _("%(name)s: %(value)s in %(month)s"),
        name=name,
        value=figure_text(series.latest.figure),
        month=month_name(series.latest.period.first),
    )


def source_text(info: Info, point: Point | None) -> str:
    """Where a figure is from: words of the county if somebody entered it."""
    source = point.source if point else ""
    return german(source) if info.room == MANUAL else source


def trend_text(series: Series) -> str:
    """How the newest figure compares to the month before, as a sentence."""
    latest, before = series.latest, series.previous
    if latest is None:
        return ""
    if before is None:
        return _("There is no figure of the month before to compare with.")
    return compared(latest.figure, before.figure, before.period)


def compared(now: Figure, before: Figure, period: Period) -> str:
    """The sentence for two figures; ``period`` is that of the earlier one."""
    kind, difference = change(now, before)
    month = month_name(period.first)
    if kind is Change.UNKNOWN or difference is None or before.value is None:
        return _("It cannot be compared with %(month)s, since one of the figures is not told.") % {
            "month": month
        }
    if kind is Change.SAME:
        return _("As many as in %(month)s.") % {"month": month}
    share = percent(difference, before.value)
    values = {
        "number": number(abs(difference)),
        "month": month,
        "percent": number(abs(share)) if share is not None else "",
    }
    if share is None:
        text = _("%(number)s more than in %(month)s.") if kind is Change.UP else ""
        return (text or _("%(number)s less than in %(month)s.")) % values
    if kind is Change.UP:
        return _("%(number)s more than in %(month)s (plus %(percent)s %%).") % values
    return _("%(number)s less than in %(month)s (minus %(percent)s %%).") % values


def aim_text(aim: Aim, unit: object = "") -> str:
    """Baseline and target as a sentence; "" without a target."""
    if aim.target is None:
        return ""
    target = joined(number(aim.target), unit)
    if aim.target_on:
        text = filled(_("Target: %(value)s by %(day)s."), value=target, day=day(aim.target_on))
    else:
        text = filled(_("Target: %(value)s."), value=target)
    if aim.baseline is None:
        return text
    value = joined(number(aim.baseline), unit)
    if aim.baseline_on is None:
        start = filled(_("Baseline: %(value)s."), value=value)
    else:
        start = filled(_("Baseline: %(value)s on %(day)s."), value=value, day=day(aim.baseline_on))
    return filled("%(text)s %(start)s", text=text, start=start)


def filled(sentence: str, **values: str) -> str:
    """Safe HTML if one of the values is."""
    safe = any(isinstance(value, SafeString) for value in values.values())
    return said(sentence, **values) if safe else sentence % values


def way_word(way: Way | str) -> str:
    """The judgement in one or two words."""
    return {
        Way.REACHED: _("target reached"),
        Way.ON_WAY: _("on the way"),
        Way.BEHIND: _("behind the plan"),
        Way.MISSED: _("target missed"),
        Way.OPEN: _("not reached yet"),
        Way.UNKNOWN: _("no figure to judge by"),
    }[Way(way)]


def way_text(way: Way, line: Decimal | None, unit: object = "") -> str:
    """The judgement as a sentence; ``line`` is what the straight path asks for by now."""
    if line is None or way in (Way.REACHED, Way.MISSED, Way.UNKNOWN):
        return ""
    return filled(
        _("On a straight path from baseline to target it would be %(value)s by now."),
        value=joined(number(line.quantize(Decimal("0.1")).normalize() + 0), unit),
    )


def kind_text(info: Info) -> str:
    """What the figure of a month is."""
    if info.kind is Kind.FLOW:
        return _("counted over the month")
    return _("as it stands at the end of the month")


def direction_text(info: Info) -> str:
    """What is good news."""
    return {"more": _("more is better"), "less": _("less is better"), "neutral": ""}[info.direction.value]


def unit_text(info: Info) -> str:
    """Unit with what the figure of a month is, as it stands at a chart; safe HTML."""
    unit, kind = german(info.unit), kind_text(info)
    return said("%(unit)s, %(kind)s", unit=unit, kind=kind) if unit else kind
