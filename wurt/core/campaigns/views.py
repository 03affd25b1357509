"""Campaigns on the desk: list, plan, texts with preview, channels, effect, press list."""

from base64 import b64encode
from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wurt.core.action.actor import Actor
from wurt.core.campaigns import call_queries, forms, queries
from wurt.core.campaigns.actions import campaigns as actions
from wurt.core.campaigns.actions import followers as calls
from wurt.core.campaigns.actions import press
from wurt.core.campaigns.papers import PAPERS, paper_file, picture
from wurt.core.db.errors import NotFound, RuleBroken
from wurt.core.web.csvfile import csv_response
from wurt.core.web.formpage import button_page, form_page
from wurt.core.web.public import download

FORM_METHODS = ["GET", "HEAD", "POST"]


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def _url(campaign: UUID) -> str:
    return reverse("campaigns:campaign", args=[campaign])


def _chosen(request: HttpRequest) -> tuple[forms.CampaignFilter, tuple[queries.CampaignRow, ...]]:
    chosen = forms.CampaignFilter(request.GET or {})
    values = chosen.cleaned_data if chosen.is_valid() else {}
    rows = queries.campaigns(_actor(request), text=values.get("text", ""), state=values.get("state", ""))
    return chosen, rows


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """All campaigns that I look after."""
    chosen, rows = _chosen(request)
    lines = [(row, forms.STATES[row.state]) for row in rows]
    return render(request, "campaigns/list.html", {"filter": chosen, "lines": lines})


@require_GET
def home_csv(request: HttpRequest) -> HttpResponse:
    """The list as a table."""
    _form, rows = _chosen(request)
    columns = [_("Title"), _("Makes known"), _("From"), _("Until"), _("State"), _("Planned"), _("Spent")]
    return csv_response(
        "kampagnen",
        columns,
        [
            [
                row.title,
                row.about,
                row.starts.isoformat(),
                row.ends.isoformat(),
                str(forms.STATES[row.state]),
                float(row.planned),
                float(row.spent),
            ]
            for row in rows
        ],
    )


@require_http_methods(FORM_METHODS)
def create(request: HttpRequest) -> HttpResponse:
    """A new campaign."""
    actor = _actor(request)
    queries.check_plan(actor)
    return form_page(
        request,
        forms.CreateForm(actor, request.POST or None),
        "campaigns/form.html",
        lambda data: actions.create_campaign(actor, **data),
        then=_url,
        done=_("The campaign is planned. Now add its channels and texts."),
        context={"title": _("Plan a campaign"), "back": reverse("campaigns:desk")},
    )


@require_GET
def show(request: HttpRequest, campaign: UUID) -> HttpResponse:
    """Plan, channels, papers, effect."""
    actor = _actor(request)
    view = queries.campaign(actor, campaign)
    context = {
        "view": view,
        "state": forms.STATES[view.row.state],
        "effect": queries.results(actor, campaign),
        "measured": queries.measured(actor, campaign),
        "papers": [(paper, queries.address_of(view, paper.channel)) for paper in PAPERS.values()],
        "free": queries.free_channels(actor, campaign),
        "called": call_queries.called(actor, campaign),
    }
    return render(request, "campaigns/campaign.html", context)


@require_http_methods(FORM_METHODS)
def edit(request: HttpRequest, campaign: UUID) -> HttpResponse:
    """Change the plan."""
    actor = _actor(request)
    view = queries.campaign(actor, campaign)
    start = {
        "title": view.row.title,
        "audience": view.audience,
        "places": list(view.place_slugs),
        "starts": view.row.starts,
        "ends": view.row.ends,
        "indicator": view.indicator,
        "version": view.version,
    }
    return _form(
        request,
        campaign,
        forms.EditForm(actor, request.POST or None, initial=start),
        lambda data: actions.edit_campaign(actor, campaign=campaign, **data),
        _("Change the plan"),
    )


@require_http_methods(FORM_METHODS)
def texts(request: HttpRequest, campaign: UUID) -> HttpResponse:
    """The texts, with a preview of each paper before anything is saved."""
    actor = _actor(request)
    view = queries.campaign(actor, campaign)
    form = forms.TextsForm(request.POST or None, initial={**view.texts, "version": view.version})
    context: dict[str, Any] = {"view": view, "papers": list(PAPERS)}
    if request.POST.get("preview") in PAPERS:
        context |= _preview(form, view, request.POST["preview"])
        return render(request, "campaigns/texts.html", {"form": form, **context})
    return form_page(
        request,
        form,
        "campaigns/texts.html",
        lambda data: actions.set_texts(actor, campaign=campaign, version=data.pop("version"), texts=data),
        then=_url(campaign),
        done=_("The texts are saved."),
        context=context,
    )


@require_GET
def paper(request: HttpRequest, campaign: UUID, key: str) -> HttpResponse:
    """A paper to print."""
    view = queries.campaign(_actor(request), campaign)
    kind = PAPERS.get(key)
    if kind is None:
        raise NotFound(code="campaigns.paper")
    address = queries.address_of(view, kind.channel)
    pdf = paper_file(kind, view.texts, address, example=view.example)
    return download(pdf, "application/pdf", f"{key}.pdf", example=view.example, inline=True)


@require_http_methods(FORM_METHODS)
def add_channel(request: HttpRequest, campaign: UUID) -> HttpResponse:
    """One more channel."""
    actor = _actor(request)
    return _form(
        request,
        campaign,
        forms.ChannelForm(queries.free_channels(actor, campaign), request.POST or None),
        lambda data: actions.add_channel(actor, campaign=campaign, **data),
        _("Add a channel"),
    )


@require_http_methods(FORM_METHODS)
def costs(request: HttpRequest, campaign: UUID, channel: UUID) -> HttpResponse:
    """What a channel costs."""
    actor = _actor(request)
    view = queries.channel(actor, campaign, channel)
    start = {"note": view.note, "planned": view.planned, "spent": view.spent, "version": view.version}
    return _form(
        request,
        campaign,
        forms.CostForm(request.POST or None, initial=start),
        lambda data: actions.set_costs(actor, channel=channel, **data),
        _("Costs: %(channel)s") % {"channel": view.word},
    )


@require_POST
def release(request: HttpRequest, campaign: UUID) -> HttpResponse:
    """The draft counts."""
    return _button(
        request,
        campaign,
        lambda: actions.release_campaign(_actor(request), campaign=campaign),
        _("The campaign is released."),
    )


@require_POST
def close(request: HttpRequest, campaign: UUID) -> HttpResponse:
    """It is over."""
    return _button(
        request,
        campaign,
        lambda: actions.close_campaign(_actor(request), campaign=campaign),
        _("The campaign is over. Its links go on, since they are printed."),
    )


@require_POST
def send(request: HttpRequest, campaign: UUID) -> HttpResponse:
    """The press release goes out."""
    return _button(
        request,
        campaign,
        lambda: press.send_press(_actor(request), campaign=campaign),
        _("The mails go out within a minute, one to each contact."),
    )


@require_http_methods(FORM_METHODS)
def followers(request: HttpRequest, campaign: UUID) -> HttpResponse:
    """The mail to followers: looked at, with the number of people, before it is sent."""
    actor = _actor(request)
    view = call_queries.call(actor, campaign)
    return form_page(
        request,
        forms.CallForm(request.POST or None, initial={"version": view.version}),
        "campaigns/followers.html",
        lambda data: calls.call_followers(actor, campaign=campaign, **data),
        then=_url(campaign),
        done=_("The mail goes out now, to each one once, when they are told."),
        context={
            "view": queries.campaign(actor, campaign),
            "call": view,
            "channels": [(channel.label, number) for channel, number in view.reach.channels.items()],
            "back": _url(campaign),
        },
    )


@require_http_methods(FORM_METHODS)
def press_list(request: HttpRequest) -> HttpResponse:
    """The press list, and a form to add to it."""
    actor = _actor(request)
    rows = queries.press_list(actor)
    return form_page(
        request,
        forms.ContactForm(request.POST or None),
        "campaigns/press.html",
        lambda data: press.add_press_contact(actor, **data),
        then=reverse("campaigns:press"),
        done=_("The contact is on the list."),
        context={"rows": rows},
    )


@require_POST
def remove_contact(request: HttpRequest, contact: UUID) -> HttpResponse:
    """Off the list."""
    return button_page(
        request,
        lambda: press.remove_press_contact(_actor(request), contact=contact),
        then=reverse("campaigns:press"),
        done=_("The contact is deleted."),
    )


def _preview(form: forms.TextsForm, view: queries.CampaignView, key: str) -> dict[str, Any]:
    if not form.is_valid():
        return {}
    kind = PAPERS[key]
    try:
        pdf = paper_file(
            kind,
            {**form.cleaned_data, "title": view.row.title},
            queries.address_of(view, kind.channel),
            example=view.example,
        )
    except RuleBroken as error:
        form.add_error(None, error.message)
        return {}
    return {"picture": b64encode(picture(pdf)).decode(), "previewed": key}


def _form(
    request: HttpRequest,
    campaign: UUID,
    form: django_forms.Form,
    act: Callable[[dict[str, Any]], Any],
    title: str,
) -> HttpResponse:
    view = queries.campaign(_actor(request), campaign)
    return form_page(
        request,
        form,
        "campaigns/form.html",
        act,
        then=_url(campaign),
        done=_("Saved."),
        context={"title": title, "back": _url(campaign), "view": view},
    )


def _button(request: HttpRequest, campaign: UUID, act: Callable[[], Any], done: str) -> HttpResponse:
    return button_page(request, act, then=_url(campaign), done=done)
