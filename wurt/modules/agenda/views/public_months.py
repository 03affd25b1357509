"""The report of a month: list, page, older versions, downloads."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse

from wurt.core.files.delivery import deliver
from wurt.core.web.public import download, page_of, public_page, show
from wurt.modules.agenda.exports.tables import rows_csv
from wurt.modules.agenda.queries.public_months import month_document, month_list, month_page, original_file
from wurt.modules.agenda.views import public_files as files
from wurt.modules.agenda.views import public_lists as lists
from wurt.modules.agenda.views import public_show as present
from wurt.modules.agenda.views.public_http import actor_of, tell_withdrawn
from wurt.modules.agenda.views.public_tables import months_rows

FILE_SECONDS = 300


@public_page(keep=True)
def months(request: HttpRequest) -> HttpResponse:
    """All published months."""
    page = month_list(actor_of(request))
    return show(
        request,
        "agenda/months.html",
        example=page.agenda.example,
        page=page,
        table=lists.months_table(page),
    )


@public_page(keep=True)
@tell_withdrawn
def month(request: HttpRequest, month: str, number: int | None = None) -> HttpResponse:
    """The report of a month, in its current or an older version."""
    page = month_page(actor_of(request), month, number, page_of(request))
    return show(
        request,
        "agenda/month.html",
        example=page.example or page.agenda.example,
        page=page,
        downloads=present.month_downloads(page),
        legend=present.legend(),
        table=lists.sections_table(page),
        pages=present.pages(page.pages, page.page),
    )


@public_page(FILE_SECONDS)
@tell_withdrawn
def month_file(request: HttpRequest, month: str, kind: str, number: int | None = None) -> HttpResponse:
    """A month as PDF, slides, JSON or CSV, made from the same facts as the page."""
    page = month_document(actor_of(request), month, number)
    content, media_type = files.MONTH_FILES[kind](page)
    name = f"statusbericht-{month}{f'-fassung-{number}' if number else ''}.{kind}"
    return download(content, media_type, name, example=page.example, inline=kind == "pdf")


@public_page(FILE_SECONDS)
@tell_withdrawn
def original(request: HttpRequest, month: str, file: UUID) -> FileResponse:
    """The file that a published month was imported from."""
    return deliver(original_file(actor_of(request), month, file), public=True)


@public_page(FILE_SECONDS)
def months_csv(request: HttpRequest) -> HttpResponse:
    """The list of months as a table."""
    page = month_list(actor_of(request))
    content = rows_csv(*months_rows(page))
    return download(content, files.CSV, "statusberichte.csv", example=page.agenda.example)
