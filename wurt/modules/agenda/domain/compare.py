"""Two published reports of one project side by side: every field, with what kind of difference it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from wurt.modules.agenda.domain.diff import (
    Kind,
    MilestoneChange,
    MilestoneState,
    classify,
    diff_lists,
    diff_milestones,
    segments,
)
from wurt.modules.agenda.domain.snapshot import MilestoneFact, ReportFact

Part = tuple[Literal["same", "del", "ins"], str]


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text that changed. ``parts`` in order give both versions; ``kind``: content, typo or carried (last
    month's progress was appended)."""

    field: str
    kind: Kind
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A value (status, state, date as ISO text) that changed; None: there was none."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ListChange:
    """Entries that came or went; ``respelled`` differ in spelling only."""

    field: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    respelled: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes. ``incomparable``: fields that one report does not have, so nothing is claimed."""

    values: tuple[ValueChange, ...]
    texts: tuple[TextChange, ...]
    lists: tuple[ListChange, ...]
    milestones: tuple[MilestoneChange, ...]
    incomparable: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Did nothing change?"""
        return not (self.values or self.texts or self.lists or self.milestones)


def word_parts(before: str, after: str) -> tuple[Part, ...]:
    """The words of both texts, kept, removed or added. A blank between two changes belongs to them, since
    whole phrases read better than single words. Where less than a third stayed, the old text comes first."""
    pieces = segments(before, after)
    kept = sum(len(piece.text.strip()) for piece in pieces if piece.op == "same")
    if 3 * kept < max(len(before), len(after)):
        gap: tuple[Part, ...] = (("same", "\n\n"),) if before and after else ()
        return (*_pair(before, ""), *gap, *_pair("", after))
    parts: list[Part] = []
    gone, come = "", ""
    for piece in pieces:
        if piece.op == "same" and not (piece.text.isspace() and (gone or come)):
            parts += _pair(gone, come)
            gone = come = ""
            parts.append(("same", piece.text))
        else:
            gone += piece.text if piece.op != "added" else ""
            come += piece.text if piece.op != "removed" else ""
    return (*parts, *_pair(gone, come))


def _pair(gone: str, come: str) -> Iterable[Part]:
    if gone:
        yield ("del", gone)
    if come:
        yield ("ins", come)


def compare(before: ReportFact, after: ReportFact) -> Comparison:
    """What changed from one report to the other. What a report does not contain is no change."""
    old, new = before.profile, after.profile
    missing = [
        name
        for name in ("progress", "overall_state")
        if (getattr(before, name) is None) != (getattr(after, name) is None)
    ]
    # The facts cannot tell "no milestones" from "not in the source": an empty side is not compared.
    milestones: list[MilestoneChange] = []
    if bool(before.milestones) != bool(after.milestones):
        missing.append("milestones")
    else:
        milestones = diff_milestones(_states(before.milestones), _states(after.milestones))
    return Comparison(
        values=tuple(
            _values(
                ("state", old.state, new.state),
                ("status", before.status, after.status),
                ("start", _iso(old.start), _iso(new.start)),
                ("end", _iso(old.end), _iso(new.end)),
                ("field", old.field or None, new.field or None),
                ("lead_organisation", old.lead_organisation or None, new.lead_organisation or None),
                ("lead_function", old.lead_function or None, new.lead_function or None),
            )
        ),
        texts=tuple(
            _texts(
                before.progress,
                ("title", old.title, new.title),
                ("status_reason", before.status_reason, after.status_reason),
                ("progress", before.progress, after.progress),
                ("overall_state", before.overall_state, after.overall_state),
                ("goal", old.goal, new.goal),
                ("content", old.content, new.content),
                ("participation", old.participation, new.participation),
            )
        ),
        lists=tuple(
            _lists(
                ("next_activities", before.next_activities, after.next_activities),
                ("risks", before.risks, after.risks),
                ("partners", old.partners, new.partners),
                ("stakeholders", old.stakeholders, new.stakeholders),
                ("costs", [cost.text for cost in old.costs], [cost.text for cost in new.costs]),
            )
        ),
        milestones=tuple(milestones),
        incomparable=tuple(missing),
    )


def _iso(day: object) -> str | None:
    return None if day is None else str(day)


def _states(milestones: Sequence[MilestoneFact]) -> list[MilestoneState]:
    return [MilestoneState(item.label, item.due, item.done) for item in milestones]


def _values(*rows: tuple[str, str | None, str | None]) -> Iterable[ValueChange]:
    return (ValueChange(*row) for row in rows if row[1] != row[2])


def _texts(progress: str | None, *rows: tuple[str, str | None, str | None]) -> Iterable[TextChange]:
    for name, before, after in rows:
        kind = classify(before, after, progress if name == "overall_state" else None)
        if before is not None and after is not None and kind not in ("none", "absent"):
            yield TextChange(name, kind, word_parts(before, after))


def _lists(*rows: tuple[str, Sequence[str], Sequence[str]]) -> Iterable[ListChange]:
    for name, before, after in rows:
        found = diff_lists(before, after)
        if found.added or found.removed or found.changed:
            yield ListChange(name, found.added, found.removed, found.changed)
