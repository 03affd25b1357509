"""Readable differences between two months of a project.

A difference of spelling ("typo") is told apart from a difference of meaning ("content"). In doubt it is
content: a changed number, date, month, negation or status word is never a typo. What is absent on one side
cannot be compared.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from rapidfuzz.distance import OSA, Indel

from wurt.modules.agenda.domain.identity import fold
from wurt.modules.agenda.domain.periods import MONTHS

Kind = Literal["none", "typo", "carried", "content", "absent"]
Op = Literal["same", "removed", "added"]
MilestoneOp = Literal["added", "removed", "moved", "done", "reopened"]

_TOKEN = re.compile(r"\d[\d.,:/\-]*\d|\d|[^\W\d_]+|[%€§$+]|\s+|.", re.DOTALL)
_NEGATIONS = frozenset(
    [
        "nicht",
        "nichts",
        "nie",
        "niemals",
        "kein",
        "keine",
        "keinen",
        "keiner",
        "keines",
        "keinem",
        "keinerlei",
        "ohne",
        "weder",
        "niemand",
        "nirgends",
        "kaum",
    ]
)
_STATUS = frozenset(
    [
        "grün",
        "gelb",
        "rot",
        "rote",
        "roter",
        "roten",
        "grüne",
        "grüner",
        "grünen",
        "gelbe",
        "gelber",
        "gelben",
        "aktiv",
        "offen",
        "fertig",
        "geplant",
        "laufend",
        "gestoppt",
        "abgebrochen",
        "abgeschlossen",
        "beschlossen",
        "genehmigt",
        "abgelehnt",
        "verschoben",
        "beauftragt",
        "beantragt",
        "bewilligt",
        "begonnen",
        "beendet",
        "erledigt",
        "umgesetzt",
        "gestartet",
        "ausstehend",
        "eingestellt",
        "pausiert",
        "verzögert",
        "gefährdet",
        "erfolgreich",
        "vorläufig",
        "endgültig",
        "final",
    ]
)
_VERBS = frozenset(
    [
        "wird",
        "werden",
        "wurde",
        "wurden",
        "würde",
        "würden",
        "soll",
        "sollen",
        "sollte",
        "sollten",
        "kann",
        "können",
        "konnte",
        "konnten",
        "könnte",
        "könnten",
        "muss",
        "müssen",
        "musste",
        "mussten",
        "müsste",
        "müssten",
        "darf",
        "dürfen",
        "durfte",
        "dürfte",
        "ist",
        "sind",
        "war",
        "waren",
        "wäre",
        "wären",
        "hat",
        "haben",
        "hatte",
        "hatten",
        "hätte",
        "hätten",
        "will",
        "wollen",
        "wollte",
    ]
)
_NUMBERS = frozenset(
    [
        "null",
        "ein",
        "eine",
        "einen",
        "einem",
        "einer",
        "eines",
        "zwei",
        "drei",
        "vier",
        "fünf",
        "sechs",
        "sieben",
        "acht",
        "neun",
        "zehn",
        "elf",
        "zwölf",
        "zwanzig",
        "hundert",
        "tausend",
        "million",
        "millionen",
        "milliarde",
        "milliarden",
        "mio",
        "mrd",
        "tsd",
        "erste",
        "ersten",
        "erster",
        "erstes",
        "zweite",
        "zweiten",
        "zweites",
        "dritte",
        "dritten",
        "drittes",
        "vierte",
        "vierten",
        "viertes",
        "halb",
        "halbe",
        "doppelt",
        "beide",
        "beiden",
        "alle",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonntag",
        "heute",
        "gestern",
        "morgen",
        "frühjahr",
        "sommer",
        "herbst",
        "winter",
        "anfang",
        "mitte",
        "ende",
    ]
)
_GUARDED = _NEGATIONS | _STATUS | _VERBS | _NUMBERS | frozenset(MONTHS)
_PLURAL = ("e", "en", "n", "er", "ern")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a rendered difference."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One changed field of a report."""

    field: str
    kind: Kind
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ReportTexts:
    """The texts of one month. None: not in the source."""

    goal: str | None = None
    content: str | None = None
    progress: str | None = None
    overall_state: str | None = None


@dataclass(frozen=True, slots=True)
class ListDiff:
    """Entries of a list: ``changed`` are pairs that differ in spelling only."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MilestoneState:
    """A milestone of one month."""

    label: str
    due: str | None
    done: bool = False


@dataclass(frozen=True, slots=True)
class MilestoneChange:
    """What happened to a milestone between two months."""

    op: MilestoneOp
    label: str
    before: str | None = None
    after: str | None = None


def flat(text: str) -> str:
    """Text with every run of white space as one blank."""
    return " ".join(text.split())


def _words(text: str) -> list[str]:
    return [t for t in _TOKEN.findall(text) if not t.isspace() and (t[0].isalnum() or t in "%€§$+")]


def _guarded(words: Sequence[str]) -> list[str]:
    return [w.lower() for w in words if w.lower() in _GUARDED or any(c.isdigit() for c in w) or w in "%€§$+"]


def _slip(before: str, after: str) -> bool:
    """Whether one word is the other with letters missing or swapped. Other letters: another word."""
    if fold(before) == fold(after):
        return True
    a, b = before.lower(), after.lower()
    if before.lower() in _GUARDED or after.lower() in _GUARDED or min(len(a), len(b)) < 5 or a[0] != b[0]:
        return False
    swapped = OSA.distance(a, b) == 1 and len(a) == len(b) and sorted(a) == sorted(b)
    edits = int(Indel.distance(a, b))
    inserted = edits == abs(len(a) - len(b))
    if not (swapped or (inserted and edits <= min(2, max(len(a), len(b)) // 4))):
        return False
    short, long = sorted((a, b), key=len)
    plural = before[:1].isupper() and long.startswith(short) and long[len(short) :] in _PLURAL
    return not plural


def spelling_only(before: str, after: str) -> bool:
    """Whether two texts differ in nothing but spelling, spacing and punctuation."""
    a, b = _words(before), _words(after)
    if _guarded(a) != _guarded(b):
        return False
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    for op, i1, i2, j1, j2 in matcher.get_opcodes():
        if op == "equal":
            continue
        left, right = a[i1:i2], b[j1:j2]
        if not left or not right:
            return False
        if len(left) == len(right):
            if not all(_slip(x, y) for x, y in zip(left, right, strict=True)):
                return False
        elif (
            abs(len(left) - len(right)) > 1
            or min(len(left), len(right)) > 1
            or not _slip("".join(left), "".join(right))
        ):
            return False
    return True


def classify(before: str | None, after: str | None, previous_progress: str | None = None) -> Kind:
    """Kind of difference of one field. ``previous_progress``: last month's progress, to recognise that it
    was appended to the state ("carried")."""
    if before is None and after is None:
        return "none"
    if before is None or after is None:
        return "absent"
    a, b = flat(before), flat(after)
    if a == b:
        return "none"
    if previous_progress and flat(previous_progress):
        appended = f"{a} {flat(previous_progress)}"
        if b == appended or spelling_only(appended, b):
            return "carried"
    return "typo" if spelling_only(a, b) else "content"


def diff_texts(before: ReportTexts, after: ReportTexts) -> list[FieldChange]:
    """All fields that changed; what is absent on one side is left out."""
    changes = []
    for name in ("goal", "content", "overall_state", "progress"):
        old, new = getattr(before, name), getattr(after, name)
        kind = classify(old, new, before.progress if name == "overall_state" else None)
        if kind not in ("none", "absent"):
            changes.append(FieldChange(name, kind, old, new))
    return changes


def segments(before: str, after: str) -> list[Segment]:
    """Word by word difference: "same" and "removed" are the text before, "same" and "added" the one after."""
    a, b = _TOKEN.findall(before), _TOKEN.findall(after)
    out: list[Segment] = []
    for op, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if op == "equal":
            out.append(Segment("same", "".join(a[i1:i2])))
            continue
        if i2 > i1:
            out.append(Segment("removed", "".join(a[i1:i2])))
        if j2 > j1:
            out.append(Segment("added", "".join(b[j1:j2])))
    return out


def diff_lists(before: Sequence[str] | None, after: Sequence[str] | None) -> ListDiff:
    """Entries added and removed; nothing when one side is absent."""
    if before is None or after is None:
        return ListDiff()
    old, new = {flat(x): x for x in before}, {flat(x): x for x in after}
    removed = [x for x in old if x not in new]
    added = [x for x in new if x not in old]
    changed = []
    for x in list(removed):
        twin = next((y for y in added if spelling_only(x, y)), None)
        if twin is not None:
            changed.append((old[x], new[twin]))
            removed.remove(x)
            added.remove(twin)
    return ListDiff(tuple(new[x] for x in added), tuple(old[x] for x in removed), tuple(changed))


def diff_milestones(
    before: Sequence[MilestoneState] | None, after: Sequence[MilestoneState] | None
) -> list[MilestoneChange]:
    """Milestones added, removed, moved, done or opened again; nothing when one side is absent."""
    if before is None or after is None:
        return []
    changes: list[MilestoneChange] = []
    rest = list(after)
    for old in before:
        same = [m for m in rest if flat(m.label) == flat(old.label)] or [
            m for m in rest if spelling_only(old.label, m.label)
        ]
        if not same:
            changes.append(MilestoneChange("removed", old.label, old.due, None))
            continue
        new = next((m for m in same if m.due == old.due), same[0])
        rest.remove(new)
        if old.due != new.due:
            changes.append(MilestoneChange("moved", new.label, old.due, new.due))
        if new.done != old.done:
            changes.append(MilestoneChange("done" if new.done else "reopened", new.label, old.due, new.due))
    return changes + [MilestoneChange("added", m.label, None, m.due) for m in rest]
