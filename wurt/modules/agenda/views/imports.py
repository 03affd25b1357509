"""Pages of the import: list, upload, one batch, one item."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wurt.core.db.errors import ChangedMeanwhile, RuleBroken
from wurt.core.web.errors import back_to
from wurt.modules.agenda.actions.imports_apply import apply_import
from wurt.modules.agenda.actions.imports_read import upload_import
from wurt.modules.agenda.actions.imports_review import Decisions, accept_certain_items, review_item, skip_item
from wurt.modules.agenda.actions.imports_run import read_now
from wurt.modules.agenda.actions.imports_undo import take_back
from wurt.modules.agenda.forms.imports import ItemForm
from wurt.modules.agenda.forms.imports_upload import UploadForm
from wurt.modules.agenda.forms.imports_words import ITEM_KINDS
from wurt.modules.agenda.queries import imports as queries
from wurt.modules.agenda.queries.imports_choices import field_choices, project_choices
from wurt.modules.agenda.queries.imports_state import batch_state, check_may_import, items_in
from wurt.modules.agenda.views.desk_forms import actor_of
from wurt.modules.agenda.views.imports_show import (
    batch_context,
    item_context,
    list_context,
    not_taken_over,
)

FOLDER = "agenda/desk/imports"


@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    """All imports by state."""
    return render(request, f"{FOLDER}/list.html", list_context(request))


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose files; they are read at once if they are small."""
    check_may_import(actor_of(request))
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        files = [(file.name, file.read()) for file in form.cleaned_data["files"]]
        try:
            batch = upload_import(actor_of(request), files=files)
        except RuleBroken as error:
            form.add_error("files", error.message.splitlines())
        else:
            return _uploaded(request, batch, several=len(files) > 1)
    return render(request, f"{FOLDER}/upload.html", {"form": form}, status=422 if form.errors else 200)


def _uploaded(request: HttpRequest, batch: UUID, *, several: bool) -> HttpResponse:
    if batch_state(actor_of(request), batch) == "reading":
        read_now(actor_of(request), batch=batch, brief=several)
    else:
        messages.info(request, _("These files are imported already. Nothing was changed."))
    return HttpResponseRedirect(reverse("agenda:import_batch", args=[batch]))


@require_GET
def batch(request: HttpRequest, batch: UUID) -> HttpResponse:
    """One batch: what was read, and what to do next."""
    view = queries.batch(actor_of(request), batch)
    return render(request, f"{FOLDER}/batch.html", batch_context(view))


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, item: UUID) -> HttpResponse:
    """Review one item: source on the left, field on the right."""
    view = queries.item(actor_of(request), item)
    form = ItemForm(
        view,
        project_choices(actor_of(request)),
        request.POST if request.method == "POST" else None,
        field_choices(actor_of(request)),
    )
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, view, form)
        except RuleBroken as error:
            form.add_error(
                None,
                error.message or _("Somebody else has changed this meanwhile. Please load the page again."),
            )
        else:
            return _after_item(request, view, form)
    return render(
        request, f"{FOLDER}/item.html", item_context(view, form), status=422 if form.errors else 200
    )


def _save(request: HttpRequest, view: queries.ItemView, form: ItemForm) -> None:
    version = request.POST.get("version", "")
    if version != str(view.version):
        raise ChangedMeanwhile(_("Somebody else has changed this meanwhile. Please load the page again."))
    decisions = Decisions(form.values(), form.decided(), form.choices(), form.project(), form.organisations())
    review_item(
        actor_of(request), item=view.id, decisions=decisions, accept=form.accepting, version=view.version
    )


def _after_item(request: HttpRequest, view: queries.ItemView, form: ItemForm) -> HttpResponse:
    if not form.accepting:
        messages.success(request, _("Saved. You can go on later."))
        return HttpResponseRedirect(reverse("agenda:import_item", args=[view.id]))
    messages.success(
        request, _("“%(title)s” is accepted.") % {"title": view.title or str(ITEM_KINDS[view.kind])}
    )
    return _next(view)


def _next(view: queries.ItemView) -> HttpResponse:
    if view.next_item is not None:
        return HttpResponseRedirect(reverse("agenda:import_item", args=[view.next_item]))
    return HttpResponseRedirect(reverse("agenda:import_batch", args=[view.batch]))


@require_POST
def skip(request: HttpRequest, item: UUID) -> HttpResponse:
    """Leave an item out, or take it back into the review."""
    view = queries.item(actor_of(request), item)
    leave_out = request.POST.get("undo") != "1"
    skip_item(actor_of(request), item=item, skip=leave_out)
    if leave_out:
        messages.success(
            request, _("“%(title)s” is left out.") % {"title": view.title or str(ITEM_KINDS[view.kind])}
        )
        return _next(view)
    return HttpResponseRedirect(reverse("agenda:import_item", args=[item]))


@require_POST
def accept_certain(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Accept every item in which nothing is left to decide."""
    count = accept_certain_items(actor_of(request), batch=batch)
    text = ngettext("%(count)d item is accepted.", "%(count)d items are accepted.", count)
    messages.success(request, text % {"count": count})
    return HttpResponseRedirect(reverse("agenda:import_batch", args=[batch]))


@require_POST
def apply(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Take over what was accepted."""
    accepted = items_in(actor_of(request), batch, "accepted")
    count = apply_import(actor_of(request), batch=batch)
    text = ngettext("%(count)d item is taken over.", "%(count)d items are taken over.", count)
    messages.success(request, text % {"count": count})
    waiting = items_in(actor_of(request), batch, "review")
    left = [item for item in accepted if item in waiting]
    if left:
        messages.warning(request, not_taken_over([queries.item(actor_of(request), item) for item in left]))
    return back_to(request, reverse("agenda:import_batch", args=[batch]))


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Take a batch back, after asking."""
    view = queries.batch(actor_of(request), batch)
    error = ""
    if request.method == "POST":
        try:
            kept = take_back(actor_of(request), batch=batch, discard=request.POST.get("discard") == "on")
        except RuleBroken as broken:
            error = broken.message
        else:
            messages.success(request, _partly_taken_back() if view.published else _taken_back(kept))
            return HttpResponseRedirect(reverse("agenda:import_batch", args=[batch]))
    context = {**batch_context(view), "error": error}
    return render(request, f"{FOLDER}/undo.html", context, status=409 if error else 200)


def _partly_taken_back() -> str:
    return _("What was not published is taken back. Its entries are left out; each can be reviewed again.")


def _taken_back(kept: int) -> str:
    if not kept:
        return _("The import is taken back.")
    text = ngettext(
        "The import is taken back. %(count)d entry stays, because something else uses it by now.",
        "The import is taken back. %(count)d entries stay, because something else uses them by now.",
        kept,
    )
    return text % {"count": kept}
