"""Pages of data protection: one's own data, erasure with its receipt, the register."""

from typing import cast
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wurt.core.accounts.queries import my_account
from wurt.core.accounts.queries import person as person_view
from wurt.core.action.actor import Actor
from wurt.core.privacy import actions, forms, queries
from wurt.core.privacy import receipts as proofs
from wurt.core.privacy.archive import archive
from wurt.core.privacy.register_of_activities import columns, entries
from wurt.core.web.context import county_name
from wurt.core.web.csvfile import csv_response
from wurt.core.web.formpage import form_page
from wurt.core.web.tables import Column, DataTable, Export

FORM_METHODS = ["GET", "HEAD", "POST"]


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def _receipt_url(receipt: UUID) -> str:
    return reverse("privacy:receipt", args=[receipt])


def _zip(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(FORM_METHODS)
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def my_data(request: HttpRequest) -> HttpResponse:
    """A copy of one's own data; who it is was just proved."""
    actor = _actor(request)
    if request.method == "POST":
        actions.note_own_export(actor)
        return _zip(archive(actor), _("my-data"))
    return render(request, "privacy/my_data.html", {"tables": queries.stored_about_me(actor)})


@require_http_methods(FORM_METHODS)
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def delete_me(request: HttpRequest) -> HttpResponse:
    """Delete one's own account; who it is was just proved."""
    actor = _actor(request)

    def delete(data: dict[str, object]) -> UUID:
        receipt = actions.erase_myself(actor)
        logout(request)
        return receipt

    return form_page(
        request,
        forms.DeleteForm(request.POST or None),
        "privacy/delete_me.html",
        delete,
        then=_receipt_url,
        context={"account": my_account(actor)},
    )


@require_POST
def export(request: HttpRequest, person: UUID) -> HttpResponse:
    """A copy of a person's data for an administrator."""
    actor = _actor(request)
    actions.note_export(actor, person=person)
    return _zip(archive(actor, person), _("data") + f"-{person}")


@require_http_methods(FORM_METHODS)
def erase(request: HttpRequest, person: UUID) -> HttpResponse:
    """Erase a person, after a page that says what that means."""
    actor = _actor(request)
    view = person_view(actor, person)
    return form_page(
        request,
        forms.EraseForm(request.POST or None, initial={"version": view.version}),
        "privacy/erase.html",
        lambda data: actions.erase_person(actor, person=person, version=data["version"]),
        then=_receipt_url,
        done=_("The data of the person is erased."),
        context={"person": view},
    )


@require_GET
def receipt(request: HttpRequest, receipt: UUID) -> HttpResponse:
    """The receipt of an erasure: ids and counts, for whoever knows its address."""
    row = proofs.receipt(receipt)
    rows = [(table, before, after) for table, before, after in proofs.lines(row)]
    columns = [
        Column(_("Table")), Column(_("Rows before"), numeric=True), Column(_("Rows after"), numeric=True)
    ]  # fmt: skip
    return render(
        request,
        "privacy/receipt.html",
        {
            "receipt": row,
            "by": proofs.by_whom(row),
            "table": DataTable(_("Rows about the person"), columns, rows),
            "unchanged": proofs.digest_of(row) == row.digest,
        },
    )


@require_GET
def receipt_text(request: HttpRequest, receipt: UUID) -> HttpResponse:
    """The receipt as a text file."""
    text = proofs.as_text(proofs.receipt(receipt), county_name())
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    name = _("receipt")
    response["Content-Disposition"] = f'attachment; filename="{name}-{receipt}.txt"'
    return response


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """The register of processing activities, and the latest receipts and deletions."""
    actor = _actor(request)
    return render(
        request,
        "privacy/register.html",
        {
            "entries": entries(actor),
            "exports": [Export(_("Register as CSV"), reverse("privacy:register_csv"))],
            "erasures": queries.latest_erasures(actor),
            "disposals": _disposals(actor),
        },
    )


def _disposals(actor: Actor) -> DataTable:
    columns = [Column(_("Rule")), Column(_("Deleted"), numeric=True)]
    return DataTable(_("Deleted in the last thirty days"), columns, queries.deleted_lately(actor))


@require_GET
def register_csv(request: HttpRequest) -> HttpResponse:
    """The register as a table."""
    return csv_response(
        _("register-of-processing-activities"),
        columns(),
        [entry.cells() for entry in entries(_actor(request))],
    )
