"""The month of a report: what the pages say, what the cover says, and what to say when they differ."""

from collections import Counter
from collections.abc import Sequence

from wurt.modules.agenda.domain.periods import parse_month
from wurt.modules.agenda.importing.joining import span
from wurt.modules.agenda.importing.model import Alternative, DocumentRead, Message, Read
from wurt.modules.agenda.importing.sections import Part


def set_months(document: DocumentRead, others: Sequence[Part]) -> None:
    """Give the document and every project without a month of its own the month of the report."""
    months = Counter(p.report_month.value for p in document.projects if p.report_month.value)
    cover = _cover(others)
    if months:
        certain = _of_pages(document, months, cover)
    else:
        document.report_month = cover if cover.value else Read(None, None, False, "month_missing")
        certain = cover.value is not None
        if cover.value is None:
            document.messages.append(Message("month_missing", "warn"))
    for project in document.projects:
        if project.report_month.value is None and document.report_month.value:
            project.report_month = Read(
                document.report_month.value, document.report_month.source, certain, "month_of_document"
            )
        elif project.report_month.value is None:
            project.report_month = Read(None, None, False, "month_missing")


def _cover(others: Sequence[Part]) -> Read[str | None]:
    entries = [entry for part in others for entry in part.entries if entry.key == "month" and entry.filled]
    loose = [line for part in others for line in part.loose]
    for line in [*(line for e in entries for line in e.lines), *loose]:
        if len(line.text) < 120 and (month := parse_month(line.text)):
            return Read(month, span([line]))
    return Read(None)


def _of_pages(document: DocumentRead, months: Counter[str], cover: Read[str | None]) -> bool:
    """Set the month of the document; the answer is whether it holds for pages without a month, too."""
    value, count = months.most_common(1)[0]
    source = next(p.report_month.source for p in document.projects if p.report_month.value == value)
    differs = cover.value is not None and cover.value != value
    others = [m for m in [*months, *([cover.value] if differs else [])] if m != value]
    certain = not others
    document.report_month = Read(
        value, source, certain, "" if certain else "month_several", tuple(Alternative(m) for m in others)
    )
    named = ", ".join(sorted(months))
    if len(months) > 1:
        document.messages.append(Message("months_several", "warn", {"months": named}))
    elif differs:
        params = {"cover": cover.value, "pages": named}
        document.messages.append(Message("month_differs", "warn", params, cover.source))
    return count * 2 > len(document.projects) or len(months) == 1
