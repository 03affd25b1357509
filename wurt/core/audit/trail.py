"""Writing, sealing and verifying the trail."""

import hashlib
import itertools
import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction

from wurt.core.audit.models import AuditEntry, AuditSeal
from wurt.core.audit.triggers import installed
from wurt.core.db.clock import now

logger = logging.getLogger("wurt.audit")

SETTLE = timedelta(minutes=5)
"""Entries younger than this are not sealed: a slower transaction may still commit a smaller id."""


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True))


def write(
    *,
    actor: str,
    action: str,
    object_type: str,
    object_id: str,
    before: dict[str, Any],
    after: dict[str, Any],
    acting_for: str = "",
    request_id: str = "",
) -> AuditEntry:
    """Append one entry in the caller's transaction; once it is committed, the same line goes out as JSON."""
    entry = AuditEntry.objects.create(
        at=now(),
        actor=actor,
        acting_for=acting_for,
        action=action,
        object_type=object_type,
        object_id=object_id,
        before=_plain(before),
        after=_plain(after),
        request_id=request_id,
    )
    if logger.isEnabledFor(logging.INFO):
        transaction.on_commit(lambda: logger.info(_line(entry)), robust=True)
    return entry


def _line(entry: AuditEntry) -> str:
    return json.dumps(
        [
            entry.pk,
            entry.at.isoformat(),
            entry.actor,
            entry.acting_for,
            entry.action,
            entry.object_type,
            entry.object_id,
            entry.before,
            entry.after,
            entry.request_id,
        ],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def _chain(previous: str, entries: Iterable[AuditEntry]) -> str:
    digest = hashlib.sha256(previous.encode())
    for entry in entries:
        digest.update(_line(entry).encode("utf-8"))
        digest.update(b"\n")
    return digest.hexdigest()


def seal() -> AuditSeal | None:
    """Seal what has settled since the last seal; None if there is nothing, or another sealer was first.

    The closing hash also goes to standard output: kept elsewhere, it proves that nobody cut off the end.
    """
    previous = AuditSeal.objects.order_by("-last").first()
    start = previous.last if previous else 0
    fresh = AuditEntry.objects.filter(pk__gt=start).order_by("pk")
    limit = now() - SETTLE
    # Up to the first young entry: an older one behind it (a set clock, a slow transaction) has to wait for
    # it.
    entries = list(itertools.takewhile(lambda entry: entry.at < limit, fresh.iterator()))
    if not entries:
        return None
    digest = _chain(previous.digest if previous else "", entries)
    try:
        with transaction.atomic():
            closing = AuditSeal.objects.create(
                first=start + 1, last=entries[-1].pk, count=len(entries), digest=digest
            )
    except IntegrityError:
        return None
    transaction.on_commit(lambda: logger.info(_closing_line(closing)), robust=True)
    return closing


def last_seal() -> str:
    """The closing hash of the whole trail; empty while nothing is sealed."""
    digest = AuditSeal.objects.order_by("-last").values_list("digest", flat=True).first()
    return digest or ""


def _closing_line(closing: AuditSeal) -> str:
    return json.dumps(
        {"seal": closing.digest, "first": closing.first, "last": closing.last, "count": closing.count}
    )


@dataclass(frozen=True, slots=True)
class Verification:
    """Outcome of ``wurt audit verify``: what was checked, what waits for a seal, every fault found."""

    entries: int
    seals: int
    unsealed: int = 0
    faults: list[str] = field(default_factory=list)


def verify() -> Verification:
    """Recompute the whole chain and check that the triggers stand."""
    faults = [] if installed() else ["the append-only triggers are missing; run `wurt migrate`"]
    digest, last, checked, seals = "", 0, 0, 0
    for stored in AuditSeal.objects.order_by("last").iterator():
        span = f"entries {stored.first}-{stored.last}"
        entries = list(AuditEntry.objects.filter(pk__gt=last, pk__lte=stored.last).order_by("pk"))
        if stored.first != last + 1:
            faults.append(f"{span}: the seal before it is missing")
        if len(entries) != stored.count:
            faults.append(f"{span}: {len(entries)} found, {stored.count} sealed")
        elif _chain(digest, entries) != stored.digest:
            faults.append(f"{span}: content differs from the seal")
        digest, last, checked, seals = stored.digest, stored.last, checked + len(entries), seals + 1
    unsealed = AuditEntry.objects.filter(pk__gt=last).count()
    return Verification(entries=checked, seals=seals, unsealed=unsealed, faults=faults)
