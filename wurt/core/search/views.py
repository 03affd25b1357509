"""The search: its page and its results as open data. Who searched for what is kept nowhere."""

from typing import Any, cast

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wurt.core.action.actor import Actor
from wurt.core.search.counting import count
from wurt.core.search.queries import PER_PAGE, Answer, Choice, Question, Result, search
from wurt.core.web.csvfile import csv_response

IN_A_FILE = 100
"""Results in one file."""


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The results of a question, or the empty box."""
    question = Question.read(request.GET)
    answer = search(_actor(request), question)
    if question == Question(question.text) and question.text:  # a filter or a further page is no new search
        count(empty=not answer.total)
    context = {
        "answer": answer,
        "filters": _filters(answer),
        "query": f"?{urlencode(answer.question.pairs)}",
        "meant": f"?{urlencode({'q': answer.meant})}" if answer.meant else "",
        "unfiltered": f"?{urlencode({'q': answer.question.text})}",
        "pages": _pages(answer),
    }
    return _unkept(render(request, "search/page.html", context))


@require_safe
def results_csv(request: HttpRequest) -> HttpResponse:
    """The best results as a table."""
    columns = [_("Kind"), _("Title"), _("Address"), _("Field of action"), _("Place"), _("Points")]
    rows = [
        (str(line.label), line.name, _absolute(line), line.field, line.place, line.points)
        for line in _file(request).results
    ]
    return _unkept(csv_response("suche", columns, rows))


@require_safe
def results_json(request: HttpRequest) -> HttpResponse:
    """The best results for programs."""
    answer = _file(request)
    results = [
        {
            "kind": line.kind,
            "key": line.key,
            "title": line.name,
            "url": _absolute(line),
            "field": line.field,
            "place": line.place,
            "points": line.points,
            "passage": "".join(piece.text for piece in line.text.pieces),
            "matched": [
                {"typed": typed, "word": word} for typed, word in (*line.title.found, *line.text.found)
            ],
        }
        for line in answer.results
    ]
    data: dict[str, Any] = {"query": answer.question.text, "total": answer.total, "meant": answer.meant}
    return _unkept(JsonResponse({**data, "results": results}, json_dumps_params={"ensure_ascii": False}))


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def _file(request: HttpRequest) -> Answer:
    return search(_actor(request), Question.read(request.GET), IN_A_FILE)


def _absolute(line: Result) -> str:
    return f"{settings.WURT_URL}{line.url}"


def _unkept(response: HttpResponse) -> HttpResponse:
    """What somebody asked belongs into no shared cache, and result pages into no search engine."""
    patch_cache_control(response, private=True, no_cache=True)
    response["X-Robots-Tag"] = "noindex"
    return response


def _filters(answer: Answer) -> list[dict[str, Any]]:
    """The filters that leave a choice, and those that are set."""
    question = answer.question
    offered: list[tuple[str, str, str, tuple[Choice, ...]]] = [
        ("art", _("What"), question.kind, answer.kinds),
        ("feld", _("Field of action"), question.field, answer.fields),
        ("ort", _("Place"), question.place, answer.places),
    ]
    return [
        {"name": name, "label": label, "chosen": chosen, "choices": choices, "german": name == "feld"}
        for name, label, chosen, choices in offered
        if chosen or len(choices) > 1
    ]


def _pages(answer: Answer) -> Page[Any]:
    return Paginator(range(answer.total), PER_PAGE).get_page(answer.question.page)
