"""A strategy page as headings, paragraphs and lists for editing, with proposed facts."""

import re
from collections.abc import Sequence
from typing import Any

from wurt.modules.agenda.importing.joining import join, paragraphs, sentences, span
from wurt.modules.agenda.importing.model import Alternative, Line, Message, PageBlock, Read, StrategyRead

_STRATEGY = re.compile(
    r"strategie|leitbild|agenda|lenkungsgruppe|handlungsfeld|leitsatz|vision", re.IGNORECASE
)
_MOTTO = re.compile(
    r"(?:Leitsatz|Motto|Leitbild|Slogan|Leitgedanke|Vision)\w*\W{1,4}(?:lautet\W+|ist\W+)?[„\"“»](?P<motto>[^“”\"«]{8,200})[“”\"«]"
)
_SEASON = re.compile(r"\b(?P<s>Frühjahr|Frühling|Sommer|Herbst|Winter)\s+(?P<y>20\d\d)\b")
_FINISHED = re.compile(
    r"\b(?:fertiggestellt|fertig|verabschiedet|beschlossen|standen?\b.*\bfest|abgeschlossen|veröffentlicht)",
    re.IGNORECASE,
)
_NUMBERS = {
    "einem": 1, "eine": 1, "zwei": 2, "beiden": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9,  # noqa: E501
    "zehn": 10, "elf": 11, "zwölf": 12,
}  # fmt: skip
_HORIZON = re.compile(
    rf"\b(?:kommenden|nächsten|folgenden)\s+(?P<n>\d+|{'|'.join(_NUMBERS)})\s+Jahren?\b", re.IGNORECASE
)
_COUNTED = re.compile(rf"\b(?P<n>\d+|{'|'.join(_NUMBERS)})\s+(?:amtsfreien\s+|kreisangehörigen\s+)?(?P<what>Ämtern?|Städten?|Gemeinden|Verbandsgemeinden|Samtgemeinden)\b", re.IGNORECASE)  # fmt: skip  # noqa: E501
_BODY = re.compile(r"\b(?P<name>[A-ZÄÖÜ]\w*(?:gruppe|kreis|beirat|ausschuss|kommission|team))\b")
_CALL = re.compile(r"\?$|^Sie möchten|^Möchten Sie|^Machen Sie mit", re.IGNORECASE)
_SEASON_QUARTER = {"frühjahr": "Q2", "frühling": "Q2", "sommer": "Q3", "herbst": "Q4", "winter": "Q4"}
_SEASON_OTHER = {"frühjahr": "Q1", "frühling": "Q1", "sommer": "Q2", "herbst": "Q3", "winter": "Q1"}


def looks_like_strategy(lines: Sequence[Line]) -> bool:
    """Running text with headings about a strategy."""
    groups = paragraphs(lines)
    long = [g for g in groups if len(join(g)) > 150]
    hits = sum(len(_STRATEGY.findall(line.text)) for line in lines)
    return len(long) >= 2 and hits >= 3


def read_strategy(lines: Sequence[Line]) -> tuple[StrategyRead, list[Message]]:
    """Blocks in order without repeated ones, and the facts that the text seems to give."""
    messages: list[Message] = []
    blocks: list[PageBlock] = []
    groups = _without_repeats(paragraphs(lines), messages)
    for group in groups:
        text = join(group)
        source = span(group)
        if group[0].bullet:
            if blocks and blocks[-1].kind == "list":
                blocks[-1] = PageBlock("list", items=(*blocks[-1].items, text), source=blocks[-1].source)
            else:
                blocks.append(PageBlock("list", items=(text,), source=source))
        elif group[0].heading or _is_heading(text):
            blocks.append(PageBlock("heading", text, level=group[0].heading or 2, source=source))
        else:
            blocks.append(PageBlock("paragraph", text, source=source))
    page = StrategyRead(tuple(blocks))
    page.facts = _facts(page.blocks)
    return page, messages


def _is_heading(text: str) -> bool:
    return len(text) <= 90 and len(text.split()) <= 9 and not text.endswith((".", ":", ",", ";", "!", "?"))


def _without_repeats(groups: Sequence[list[Line]], messages: list[Message]) -> list[list[Line]]:
    """A run of blocks that stands twice in a row (a slider, a hero) is kept once."""
    texts = [join(group) for group in groups]
    kept: list[list[Line]] = []
    index = 0
    while index < len(groups):
        for size in range(8, 0, -1):
            if (
                index + 2 * size <= len(texts)
                and texts[index : index + size] == texts[index + size : index + 2 * size]
            ):
                lines = [line for group in groups[index + size : index + 2 * size] for line in group]
                messages.append(Message("block_repeated", "info", {"text": texts[index]}, span(lines)))
                kept += groups[index : index + size]
                index += 2 * size
                break
        else:
            kept.append(groups[index])
            index += 1
    return kept


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def _facts(blocks: Sequence[PageBlock]) -> dict[str, Read[Any]]:
    facts: dict[str, Read[Any]] = {}
    for block in blocks:
        if block.kind == "list":
            facts.setdefault("participation_formats", _participation(blocks, block))
            continue
        if block.kind != "paragraph":
            continue
        if found := _MOTTO.search(block.text):
            facts.setdefault("motto", Read(found.group("motto"), block.source))
        for sentence in sentences(block.text):
            _sentence_facts(sentence, block, facts)
    facts["bodies"] = _bodies(blocks)
    return {key: read for key, read in facts.items() if read.value is not None}


def _sentence_facts(sentence: str, block: PageBlock, facts: dict[str, Read[Any]]) -> None:
    season = _SEASON.search(sentence)
    if season and _FINISHED.search(sentence) and "strategie" in sentence.lower():
        name, year = season.group("s").lower(), int(season.group("y"))
        other = f"{year + 1 if name == 'winter' else year}-{_SEASON_OTHER[name]}"
        facts.setdefault("strategy_finished_printed", Read(season.group(0), block.source))
        facts.setdefault(
            "strategy_finished",
            Read(f"{year}-{_SEASON_QUARTER[name]}", block.source, False, "season", (Alternative(other),)),
        )
    if horizon := _HORIZON.search(sentence):
        facts.setdefault("horizon_years", Read(_number(horizon.group("n")), block.source))
    if re.search(
        r"\b(?:stellt|bildet|ist)\b.*\bAgenda\b.*\bdar\b|\bAgenda (?:ist|umfasst|enthält) (?:die|alle)\b",
        sentence,
    ):
        facts.setdefault("agenda_definition", Read(sentence, block.source))
    counted = list(_COUNTED.finditer(sentence))
    if len(counted) >= 2 and "kreis" in sentence.lower():
        value: dict[str, int] = {"county": 1}
        for found in counted:
            kind = (
                "aemter"
                if found.group("what").lower().startswith("ämt")
                else "towns"
                if found.group("what").startswith("St")
                else "municipalities"
            )
            value[kind] = _number(found.group("n"))
        value["partners_total"] = sum(value.values())
        facts.setdefault("cooperation", Read(value, block.source, False, "counted_in_words"))


def _participation(blocks: Sequence[PageBlock], block: PageBlock) -> Read[Any]:
    before = blocks[blocks.index(block) - 1].text if blocks.index(block) else ""
    if re.search(r"beteilig|mitwirk|mitmach", before, re.IGNORECASE):
        return Read(list(block.items), block.source)
    return Read(None)


def _bodies(blocks: Sequence[PageBlock]) -> Read[Any]:
    """Names of the bodies that steer the strategy, each with the sentences about it."""
    found: dict[str, list[str]] = {}
    for block in blocks:
        if block.kind != "paragraph":
            continue
        for sentence in sentences(block.text):
            for match in _BODY.finditer(sentence):
                name = match.group("name")
                if name.lower().endswith("gruppe") and not name.lower().startswith(
                    ("fokus", "ziel", "alters", "bevölkerungs", "berufs")
                ):
                    found.setdefault(name, []).append(sentence)
    bodies = [{"name": name, "sentences": texts} for name, texts in found.items()]
    return Read(bodies or None, None, False, "derived")
