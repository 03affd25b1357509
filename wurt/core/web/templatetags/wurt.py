"""``{% load wurt %}``: components and filters of the page frame; each is shown in the style guide.

Block tags end with ``{% end... %}`` and take their content as written between.
"""

import secrets
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from wurt.core.web import context as site_context
from wurt.core.web import format as formats
from wurt.core.web import formview, marks, text
from wurt.core.web.fragments import fragment
from wurt.core.web.readings import everyday_text_of
from wurt.core.web.tables import DataTable

register = template.Library()

# --- filters


@register.filter(expects_localtime=True)
def german_date(value: date | datetime | None) -> str:
    return formats.german_date(value)


@register.filter(expects_localtime=True)
def german_datetime(value: datetime | None) -> str:
    return formats.german_datetime(value)


@register.filter
def moment(value: str) -> str:
    """Day and time of a moment that is kept as text (ISO 8601), as data of notices are."""
    return formats.german_datetime(datetime.fromisoformat(value))


@register.filter(expects_localtime=True)
def day(value: date | datetime | None) -> str:
    return formats.day(value)


@register.filter
def month_name(value: str | date | None) -> str:
    return formats.month_name(value)


@register.filter
def status_word(value: str | None) -> str:
    """The word of a status, where there is no room for its mark (mails)."""
    return str(marks.status_of(value).word)


@register.filter
def due(value: str | date | None) -> str:
    return formats.due(value)


@register.filter
def euro(value: Decimal | int | float | str | None) -> str:
    return formats.euro(value)


@register.filter
def number(value: Decimal | int | float | None) -> str:
    return formats.number(value)


@register.filter
def paragraphs(value: str | None) -> SafeString:
    return text.paragraphs(value)


@register.simple_tag
def in_german() -> SafeString:
    """On the element around what people of the county wrote: ``<div{% in_german %}>{{ text }}</div>``."""
    return text.in_german()


@register.filter
def german(value: object, really: bool = True) -> SafeString:
    """Words of the county inside of an element: ``{{ project.title|german }}``. ``really``: where the value
    may be a word of the platform as well."""
    return text.german(value, really)


@register.filter
def first_paragraph(value: str | None) -> str:
    return text.first_paragraph(value)


@register.filter
def markdown(value: str | None, top: int = 2) -> SafeString:
    return text.markdown(value, top)


# --- signs


@register.simple_tag
def county_name() -> str:
    """For pages that have no ``site`` (papers, mails)."""
    return site_context.county_name()


@register.inclusion_tag("web/components/icon.html")
def icon(name: str, size: str = "") -> dict[str, Any]:
    """An icon of KERN, silent for screen readers. ``size``: small, default, large, x-large."""
    return {"name": name, "size": size}


@register.inclusion_tag("web/components/mark.html")
def status_mark(status: str | None, word: str = "", large: bool = False) -> dict[str, Any]:
    """Symbol and word of a status; ``word`` replaces the word, e.g. by the county's own legend."""
    mark = marks.status_of(status)
    return {"shape": mark.shape, "word": word or mark.word, "large": large, "kind": "status"}


@register.inclusion_tag("web/components/mark.html")
def state_mark(state: str | None, word: str = "", large: bool = False) -> dict[str, Any]:
    """Symbol and word of a project's state: planned, running, completed, stopped."""
    mark = marks.state_of(state)
    return {"shape": mark.shape, "word": word or mark.word, "large": large, "kind": "state"}


@register.simple_tag(name="fragment")
def fragment_tag(template_name: str, **values: Hashable) -> SafeString:
    """A template that depends on these values only, rendered once for each of them (see ``fragments.py``)."""
    return fragment(template_name, **values)


@register.inclusion_tag("web/components/badge.html")
def badge(label: str, kind: str = "info") -> dict[str, Any]:
    """``kind``: info, success, warning, danger."""
    return {"label": label, "kind": kind}


# --- navigation


@register.inclusion_tag("web/components/breadcrumb.html")
def breadcrumb(*items: Any) -> dict[str, Any]:
    """Label and address in turn, the last without address: ``{% breadcrumb "Projekte" url title %}``;
    or one list of (label, address)."""
    if len(items) == 1 and isinstance(items[0], list | tuple):
        pairs = [(str(label), str(url or "")) for label, url in items[0]]
    else:
        pairs = [
            (str(items[at]), str(items[at + 1]) if at + 1 < len(items) else "")
            for at in range(0, len(items), 2)
        ]
    return {"items": pairs}


@register.inclusion_tag("web/components/tabs.html")
def tabs(items: Iterable[Any], label: str) -> dict[str, Any]:
    """Links that look like tabs; each item has label, url, active and, if wanted, count."""
    return {"items": items, "label": label}


@register.inclusion_tag("web/components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], parameter: str = "page") -> dict[str, Any]:
    """Pages of a ``Paginator``; keeps the rest of the query."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else None
    if query is not None:
        query.pop(parameter, None)
    prefix = f"?{query.urlencode()}&" if query else "?"
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "numbers": list(numbers),
        "prefix": f"{prefix}{parameter}=",
        "gap": page.paginator.ELLIPSIS,
    }


@register.inclusion_tag("web/components/stepper.html")
def stepper(steps: Sequence[str], current: int) -> dict[str, Any]:
    """``current`` counts from 1."""
    return {
        "steps": [(at, step) for at, step in enumerate(steps, 1)],
        "current": current,
        "total": len(steps),
    }


@register.inclusion_tag("web/components/language_switch.html", takes_context=True)
def language_switch(context: Context) -> dict[str, Any]:
    return {
        "site": context.get("site"),
        "request": context.get("request"),
        "active": _active_language(context),
    }


def _active_language(context: Context) -> str:
    """Of the switch: none on a page in Leichte Sprache, since everyday German is another way to read it."""
    request = context.get("request")
    easy = request is not None and everyday_text_of(request)
    return "" if easy else (get_language() or "de").split("-")[0]


@register.inclusion_tag("web/components/readings.html", takes_context=True)
def readings(context: Context) -> dict[str, Any]:
    """Links to Leichte Sprache and sign language, for start pages (BITV 2.0 § 4)."""
    return {"site": context.get("site")}


# --- data


@register.inclusion_tag("web/components/data_table.html")
def data_table(table: DataTable) -> dict[str, Any]:
    return {"table": table}


@register.inclusion_tag("web/components/exports.html")
def exports(items: Iterable[Any]) -> dict[str, Any]:
    """Download links; each item has label and url."""
    return {"items": items}


@register.inclusion_tag("web/components/timeline.html")
def timeline(milestones: Iterable[Any]) -> dict[str, Any]:
    """Milestones with label, due, done, done_on, overdue, shifts (each with before, after)."""
    return {"milestones": milestones}


@register.inclusion_tag("web/components/facts.html")
def facts(items: Iterable[tuple[str, Any]] | Mapping[str, Any]) -> dict[str, Any]:
    """A definition list of (label, value); empty values are left out."""
    pairs = items.items() if isinstance(items, Mapping) else items
    return {"items": [(label, value) for label, value in pairs if value not in (None, "", [], ())]}


@register.inclusion_tag("web/components/word_diff.html")
def word_diff(parts: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """``parts``: (kind, text) with kind "same", "del" or "ins"."""
    return {"parts": parts}


@register.inclusion_tag("web/components/desk_list.html")
def desk_list(items: Iterable[Any], empty: str = "") -> dict[str, Any]:
    """Work list of staff; each item has title, url, since, action, and if wanted note and status."""
    return {"items": items, "empty": empty}


# --- forms


@register.inclusion_tag("web/components/form_field.html")
def form_field(bound: BoundField) -> dict[str, Any]:
    return {"field": formview.field_view(bound)}


@register.inclusion_tag("web/components/form_fields.html")
def form_fields(form: forms.BaseForm) -> dict[str, Any]:
    """All fields in order; hidden ones first."""
    return {"form": form, "fields": list(form)}


@register.inclusion_tag("web/components/error_summary.html")
def error_summary(*sources: Any) -> dict[str, Any]:
    """All errors of the given forms and formsets as links to their fields; nothing where there are none."""
    return {"lines": formview.error_lines(*sources)}


@register.inclusion_tag("web/components/button.html")
def button(
    label: str, kind: str = "primary", name: str = "", value: str = "", icon: str = ""
) -> dict[str, Any]:
    """A submit button; ``kind``: primary, secondary, tertiary, danger. The label is a verb."""
    return {"label": label, "kind": kind, "name": name, "value": value, "icon": icon}


@register.inclusion_tag("web/components/button_link.html")
def button_link(label: str, url: str, kind: str = "secondary", icon: str = "") -> dict[str, Any]:
    return {"label": label, "url": url, "kind": kind, "icon": icon}


@register.simple_tag(takes_context=True)
def once(context: Context) -> SafeString:
    """Hidden field of every POST form: the same form sent twice is carried out once. ``request.once_mark``
    ties the form to the person for whom it was opened (``core/assisted``)."""
    mark = getattr(context.get("request"), "once_mark", "")
    return format_html('<input type="hidden" name="once" value="{}{}">', secrets.token_urlsafe(20), mark)


# --- blocks


def _block(name: str, content: str, **values: Any) -> str:
    return render_to_string(f"web/components/{name}.html", {"content": content, **values})


@register.simple_block_tag
def alert(content: str, kind: str, title: str, level: int = 2) -> str:
    """``kind``: info, success, warning, danger."""
    return _block("alert", content, kind=kind, title=title, level=level)


@register.simple_block_tag
def card(content: str, title: str, url: str = "", preline: str = "", level: int = 3, edge: str = "") -> str:
    """With ``url`` the whole card is the link. ``edge``: green, yellow, red, repeats a status mark inside."""
    return _block("card", content, title=title, url=url, preline=preline, level=level, edge=edge)


@register.simple_block_tag
def section(content: str, title: str, id: str = "", level: int = 2) -> str:
    return _block("section", content, title=title, id=id, level=level)


@register.simple_block_tag
def empty_state(content: str, title: str, url: str = "", action: str = "") -> str:
    """What will stand here, and the first step (``action`` leads to ``url``)."""
    return _block("empty_state", content, title=title, url=url, action=action)


@register.simple_block_tag
def fact(content: str, label: str) -> str:
    """One line inside ``<dl class="kern-description-list">``."""
    return _block("fact", content, label=label)


@register.simple_block_tag
def table_frame(content: str, label: str) -> str:
    """Scroll container for a table written by hand: reachable by keyboard, named by ``label``."""
    return _block("table_frame", content, label=label)


@register.simple_block_tag
def chart_frame(
    content: str,
    title: str,
    unit: str = "",
    source: str = "",
    date: str = "",
    download: str = "",
    table: Any = None,
) -> str:
    """A chart with all that belongs to it: what it shows, unit, source, date, its table, its data."""
    return _block(
        "chart_frame",
        content,
        title=title,
        unit=unit,
        source=source,
        date=date,
        download=download,
        table=table,
    )


@register.simple_block_tag
def map_frame(content: str, title: str, items: Iterable[Any] = ()) -> str:
    """A map beside its list; each item has label, url and note. The list comes first."""
    return _block("map_frame", content, title=title, items=items)


@register.simple_block_tag(takes_context=True)
def filter_bar(context: Context, content: str, label: str = "", reset: str = "") -> str:
    """A plain GET form around filter fields; ``reset``: address without filters."""
    return _block("filter_bar", content, label=label, reset=reset)


@register.simple_block_tag
def fieldset(content: str, legend: str) -> str:
    return _block("fieldset", content, legend=legend)
