"""The gate in front of a public form: what the page needs, and what to think of what came back.

Nobody is refused for want of a proof: the form decides what an unproven one means (waits for a person, needs
the link of a mail, has a smaller allowance). Only rates refuse, and say when and how else it goes.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from allauth.account.adapter import get_adapter
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.db.clock import now
from wurt.core.db.errors import RuleBroken
from wurt.core.spamguard import proof
from wurt.core.spamguard.rates import within

TRAP, OPENED, PROOF = "website", "opened", "proof"
"""Names of the fields that ``spamguard/fields.html`` adds."""
FASTEST = 3
"""Seconds in which nobody reads and fills a form."""
HOUR = 3600
_UNLIMITED = 1_000_000_000
_signer = signing.Signer(salt="spamguard.opened")


@dataclass(frozen=True, slots=True)
class Verdict:
    """``reason`` why it is not proven: trap, missing, broken, other_form, expired, used, too_quick; empty if
    it is proven. ``trap``: a field that people do not see was filled."""

    reason: str = ""

    @property
    def proven(self) -> bool:
        return not self.reason

    @property
    def trap(self) -> bool:
        return self.reason == "trap"


class Gate:
    """One form of one request. ``form`` names it; a proof for one form opens no other.

    In the page: ``{% include "spamguard/fields.html" %}`` inside the form and
    ``{% include "spamguard/script.html" %}`` in the block ``scripts``, with the gate as ``gate``.
    """

    def __init__(self, request: HttpRequest, form: str) -> None:
        self.request, self.form = request, form

    @cached_property
    def client(self) -> str:
        """The visitor's network address, behind as many proxies as the site trusts."""
        return str(get_adapter(self.request).get_client_ip(self.request))

    @cached_property
    def challenge(self) -> str:
        """A fresh challenge; empty for people who are signed in and need none."""
        return "" if self._signed_in else proof.challenge(self.form, self.client)

    @property
    def token(self) -> str:
        """When this form was opened first, signed: an answer with errors does not start the time anew."""
        opened = self._opened()
        moment = int(now().timestamp()) if opened is None else opened
        return _signer.sign_object({"form": self.form, "at": moment})

    @property
    def _signed_in(self) -> bool:
        return cast(Actor, self.request.actor).signed_in  # type: ignore[attr-defined]

    def check(self, *, proven: int, unproven: int) -> Verdict:
        """Judge a form whose other fields are in order; uses its proof up. At most ``proven`` or ``unproven``
        such forms an hour from one connection, else RuleBroken."""
        within("guarded.site", "", amount=_UNLIMITED, seconds=proof.SITE_WINDOW)
        within("guarded.client", self.client, amount=_UNLIMITED, seconds=proof.CLIENT_WINDOW)
        verdict = self._judge()
        kind, amount = ("proven", proven) if verdict.proven else ("unproven", unproven)
        if not within(f"{self.form}.{kind}", self.client, amount=amount, seconds=HOUR):
            raise RuleBroken(
                "spamguard.too_many",
                _("Many forms came from your connection within an hour. Please try again later."),
            )
        return verdict

    def _judge(self) -> Verdict:
        if self.request.POST.get(TRAP):
            return Verdict("trap")
        if self._signed_in:
            return Verdict()
        found = proof.check(self.form, self.request.POST.get(PROOF, ""))
        if found.fault:
            return Verdict(found.fault)
        if not proof.spend(found.key):
            return Verdict("used")
        opened = self._opened()
        if opened is None or now().timestamp() - opened < FASTEST:
            return Verdict("too_quick")
        return Verdict()

    def _opened(self) -> int | None:
        try:
            found: Any = _signer.unsign_object(self.request.POST.get(OPENED, ""))
        except (signing.BadSignature, ValueError):
            return None
        return int(found["at"]) if found.get("form") == self.form else None
