"""Reading a draft report, saying something of it, settling what was said."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurt.core.web import format as formats
from wurt.modules.agenda.actions import remarks as actions
from wurt.modules.agenda.forms.handing_in import RemarkForm
from wurt.modules.agenda.queries import remarks as queries
from wurt.modules.agenda.views.desk_forms import Page, actor_of, button, form_page, without_version
from wurt.modules.agenda.views.desk_months import first_of, form_methods, month_url, warning_texts


@form_methods
def read(request: HttpRequest, month: str, slug: str) -> HttpResponse:
    """The report as it stands now, what was said of it, and a form to say something."""
    actor = actor_of(request)
    view = queries.report_to_read(actor, first_of(month), slug)
    here = month_url(month, "report_read", slug)
    page = Page(
        title=view.report.title,
        back=here,
        trail=[
            (_("Reports"), reverse("agenda:desk_months")),
            (formats.month_name(month), month_url(month)),
            (view.report.title, ""),
        ],
        lead=formats.month_name(month),
        send=_("Send the remark"),
        done=_("The remark is sent. Whoever writes the report is told."),
        template="agenda/desk/report_read.html",
        context={
            "view": view,
            "month": month,
            "slug": slug,
            "warnings": warning_texts(view.warnings),
        },
    )

    def save(data: dict[str, Any]) -> None:
        actions.remark(actor, report=view.report.public_id, **without_version(data))

    return form_page(
        request, page, lambda data, start: RemarkForm(data, parts=queries.parts(actor)), dict, save
    )


@require_POST
def settle(request: HttpRequest, remark: UUID) -> HttpResponse:
    """A remark is dealt with."""
    actor = actor_of(request)
    first, slug = queries.remark_to_settle(actor, remark)

    def act() -> None:
        actions.settle_remark(actor, remark=remark)

    return button(request, month_url(f"{first:%Y-%m}", "report_read", slug), _("The remark is settled."), act)
