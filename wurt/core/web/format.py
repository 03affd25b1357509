"""Dates, months, numbers and money as people read them, in the active language (German first)."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from babel import dates, numbers
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

NO_BREAK_SPACE = "\u00a0"

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_DAY = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(\d{2})")


def locale() -> str:
    """Babel's name of the active language; English as it is written in Europe."""
    language = (get_language() or "de").split("-")[0]
    return "en_GB" if language == "en" else language


def german_date(value: date | datetime | None) -> str:
    """As "Dienstag, 14. Mai 2024"; "" for None. A time is taken in the site's zone."""
    if value is None:
        return ""
    return dates.format_date(_local_day(value), format="full", locale=locale())


def day(value: date | datetime | None) -> str:
    """As "14. Mai 2024"; "" for None."""
    if value is None:
        return ""
    return dates.format_date(_local_day(value), format="long", locale=locale())


def german_datetime(value: datetime | None) -> str:
    """As "Dienstag, 14. Mai 2024, 9:30 Uhr" in the site's zone; "" for None."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    clock = f"{local.hour}:{local.minute:02}"
    if locale() == "de":
        clock = f"{clock}{NO_BREAK_SPACE}Uhr"
    return f"{german_date(local)}, {clock}"


def month_name(value: str | date | None) -> str:
    """As "April 2024" from "2024-04" or a day in that month; "" for None; other text stays as it is."""
    if value is None:
        return ""
    if isinstance(value, date):
        first = value.replace(day=1)
    else:
        match = _MONTH.fullmatch(value)
        if match is None:
            return value
        first = date(int(match[1]), int(match[2]), 1)
    return dates.format_date(first, format="LLLL y", locale=locale())


def due(value: str | date | None) -> str:
    """A date as exact as it is known: "Mai 2024", "2. Quartal 2024", "14. Mai 2024"; None: "ohne Termin".

    ``value``: YYYY-MM, YYYY-Qn, YYYY-MM-DD, a date or None. Other text stays as it is.
    """
    if value is None or value == "":
        return _("no date set")
    if isinstance(value, date):
        return day(value)
    quarter = _QUARTER.fullmatch(value)
    if quarter is not None:
        return _("quarter %(number)s of %(year)s") % {"number": quarter[2], "year": quarter[1]}
    if _DAY.fullmatch(value) is not None:
        try:
            return day(date.fromisoformat(value))
        except ValueError:
            return value
    return month_name(value)


def euro(value: Decimal | int | float | str | None) -> str:
    """As "1.234,50 €", always two decimals; "" for None; text that is no number stays as it is."""
    if value is None or value == "":
        return ""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return str(numbers.format_currency(amount, "EUR", format="#,##0.00\u00a0¤", locale=locale()))


def number(value: Decimal | int | float | None) -> str:
    """As "12.345,6" with the separators of the language; "" for None."""
    return "" if value is None else str(numbers.format_decimal(value, locale=locale()))


def german_decimal(text: str) -> str:
    """A number as people here write it ("1.234,5", "1234.5"), as Python reads it. Other text stays."""
    found = re.sub(r"[\s\u00a0\u202f]", "", text)
    if "," in found:
        return found.replace(".", "").replace(",", ".")
    return found.replace(".", "") if re.fullmatch(r"\d{1,3}(\.\d{3})+", found) else found


def _local_day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value
