"""Whoever is refused in or around the mode is told the next step, with a button for it."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.assisted import mandate_queries, queries
from wurt.core.assisted.whose import own_actor, standing_of
from wurt.core.web.ways import Way, WaysOn

HERE = ("/fuer-andere/", "/verwaltung/fuer-andere/", "/konto/vollmachten/")


def ways_on(request: HttpRequest, status: int) -> WaysOn | None:
    """For pages that refuse; None where they have nothing to do with acting for somebody. A rule that was
    broken (409) has words of its own and gets the button alone."""
    if not hasattr(request, "actor"):
        return None
    found = _in_the_mode(request)
    if found is None and request.path.startswith(HERE) and own_actor(request).signed_in:
        found = _for_nobody(own_actor(request))
    return found if found is None or status != 409 else WaysOn(ways=found.ways)


def after_a_change(request: HttpRequest) -> WaysOn:
    """For a form that was opened for somebody else: on to whoever it is now, or to choose somebody."""
    return WaysOn(ways=(_in_the_mode(request) or _for_nobody(own_actor(request))).ways)


def _in_the_mode(request: HttpRequest) -> WaysOn | None:
    standing = standing_of(request)
    if standing is None:
        return None
    return WaysOn(
        (
            _("You act for %(name)s now, and may only what this person may.") % {"name": standing.name},
            _("Is it your own work? Then end acting for the person first: the button is above."),
        ),
        (Way(_("To the page of this person"), reverse("assisted:desk")),),
    )


def _for_nobody(own: Actor) -> WaysOn:
    left = queries.left_open(own)
    if left is not None:
        return WaysOn(
            (_("You still act for %(name)s in another window. End that first.") % {"name": left.name},),
            (Way(_("End it"), reverse("assisted:end"), {"session": str(left.public_id)}),),
        )
    if queries.may_assist(own):
        return WaysOn(
            (_("First find the person, then do it for them."),),
            (Way(_("Act for somebody"), reverse("assisted:search")),),
        )
    if not own.signed_in:
        return WaysOn()
    held = mandate_queries.mandates(own).held
    hint = (
        _("Choose the person whose mandate you have.")
        if held
        else _("Offices act for people who call; helpers act for people who gave them a mandate.")
    )
    return WaysOn((hint,), (Way(_("To my mandates"), reverse("assisted:mandates")),))
