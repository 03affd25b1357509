"""The same project has the same key in all files of a run: titles are clustered, the best one wins."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from wurt.modules.agenda.domain.identity import (
    compare,
    fold,
    propose_aliases,
    resolve,
    same_title,
    slug,
    without_addition,
)
from wurt.modules.agenda.domain.plausibility import Warning
from wurt.modules.agenda.importing.model import (
    AliasProposal,
    Alternative,
    ImportResult,
    KnownWorld,
    ProjectRead,
)
from wurt.modules.agenda.importing.portfolio import match_name


def assign_keys(result: ImportResult, known: KnownWorld) -> None:
    """Give every project its key and canonical title, and propose aliases."""
    projects = [p for document in result.documents for p in document.projects]
    vocabulary = _vocabulary(projects)
    clusters = _clusters(projects)
    used: dict[str, str] = {}
    canonical = {id(c): _canonical(c, vocabulary) for c in clusters}
    for cluster in sorted(clusters, key=lambda c: fold(canonical[id(c)])):
        title = canonical[id(cluster)]
        key, known_title = _known_key(cluster, title, known, result)
        if key is None:
            key = slug(without_addition(title))
            if key in used or key in known.projects:
                key = slug(title)
            number = 2
            while key in used or key in known.projects:
                key, number = f"{slug(title)}-{number}", number + 1
        used[key] = title
        for project in cluster:
            project.key = key
            project.title_canonical = known_title or title
            _mark_doubt(project)
    _summaries(result)
    _organisations(result, known)


def _spellings(project: ProjectRead) -> list[str]:
    return [t for t in (project.title.value, project.divider_title) if t]


def _clusters(projects: Sequence[ProjectRead]) -> list[list[ProjectRead]]:
    """Group by titles that are the same; the order of the files does not matter."""
    clusters: list[list[ProjectRead]] = []
    for project in projects:
        joined = [c for c in clusters if any(_same(project, other) for other in c)]
        merged = [project, *(p for c in joined for p in c)]
        clusters = [c for c in clusters if c not in joined] + [merged]
    return clusters


def _same(left: ProjectRead, right: ProjectRead) -> bool:
    if same_title(left.title.value, right.title.value):
        return True
    return any(same_title(a, b) for a in _spellings(left) for b in _spellings(right)) and re.findall(
        r"\d+", left.title.value
    ) == re.findall(r"\d+", right.title.value)


def _vocabulary(projects: Sequence[ProjectRead]) -> set[str]:
    texts = [t.value for p in projects for t in (p.goal, p.content, p.progress, p.overall_state) if t.value]
    return {word for text in texts for word in re.findall(r"[^\W\d_]{5,}", text.lower())}


def _support(title: str, vocabulary: set[str]) -> float:
    """How well the words of a title agree with the words of the running texts (0 to 1)."""
    score, count = 0.0, 0
    for word in re.findall(r"[^\W\d_]{5,}", title.lower()):
        count += 1
        best = 0
        for other in vocabulary:
            length = 0
            while length < min(len(word), len(other)) and word[length] == other[length]:
                length += 1
            best = max(best, length)
        score += best / len(word)
    return round(score / count, 4) if count else 0.0


def _canonical(cluster: Sequence[ProjectRead], vocabulary: set[str]) -> str:
    headings = Counter(p.title.value for p in cluster)
    dividers = Counter(p.divider_title for p in cluster if p.divider_title)
    main = min(headings, key=lambda t: (-headings[t], -len(t), t))
    spellings = {
        t
        for t in [*headings, *dividers]
        if compare(without_addition(t), without_addition(main)).outcome == "same"
    }
    cores: Counter[str] = Counter()
    for title in spellings:
        cores[without_addition(title)] += headings[title] + dividers[title]
    best = min(cores, key=lambda c: (-_support(c, vocabulary), -cores[c], c))
    full = sorted(
        (t for t in headings if without_addition(t) != t and t in spellings), key=lambda t: (-headings[t], t)
    )
    if not full:
        return best
    return best + full[0][len(without_addition(full[0])) :]


def _known_key(
    cluster: Sequence[ProjectRead], title: str, known: KnownWorld, result: ImportResult
) -> tuple[str | None, str | None]:
    spellings = list(dict.fromkeys([title, *(t for p in cluster for t in _spellings(p))]))
    by_title = {name: key for key, name in known.projects.items()}
    for spelling in spellings:
        for alias, key in known.project_aliases.items():
            if same_title(spelling, alias):
                return key, known.projects.get(key)
    probable = None
    for spelling in spellings:
        verdict = resolve(spelling, by_title)
        if verdict.outcome == "same":
            return by_title[verdict.name], verdict.name
        if verdict.outcome == "probable" and probable is None:
            probable = verdict
    if probable is not None:
        key = by_title[probable.name]
        result.aliases.append(AliasProposal("project", probable.name, title, key, probable.reason))
        for project in cluster:
            project.title = replace(project.title, certain=False, reason="project_probable",
                                    alternatives=(*project.title.alternatives, Alternative(probable.name, "known")))  # fmt: skip  # noqa: E501
    return None, None


def _mark_doubt(project: ProjectRead) -> None:
    other = next((s for s in _spellings(project) if (s != project.title_canonical
                  and compare(s, project.title_canonical).reason in ("spelling", "spacing"))
                  or compare(without_addition(s), without_addition(project.title_canonical)).reason == "spelling"), None)  # fmt: skip  # noqa: E501
    if other is None:
        return
    params = {"title": project.title_canonical, "other": other}
    project.warnings.append(Warning("title_typo", "info", params, "title"))
    if project.title.certain:
        project.title = replace(
            project.title,
            certain=False,
            reason="title_typo",
            alternatives=(Alternative(project.title_canonical),),
        )


def _summaries(result: ImportResult) -> None:
    names: dict[str, str] = {}
    for document in result.documents:
        if document.summary is None:
            continue
        titles = [[*_spellings(p), p.title_canonical] for p in document.projects]
        keys = []
        for name in document.summary.progress_printed.value or ():
            index = match_name(name, titles)
            if index is not None:
                keys.append(document.projects[index].key)
                document.projects[index].summary_name = name
                names[document.projects[index].key] = name
        document.summary.progress_printed_keys = tuple(keys)
        document.summary.progress_keys = tuple(p.key for p in document.projects if p.has_progress)
    for document in result.documents:
        for project in document.projects:
            project.summary_name = project.summary_name or names.get(project.key)


def _organisations(result: ImportResult, known: KnownWorld) -> None:
    projects = [p for document in result.documents for p in document.projects]
    printed = {
        n
        for p in projects
        for n in (*(p.partners.value or ()), *(p.stakeholders.value or ()), p.lead_organisation.value)
        if n
    }
    confirmed = set(known.organisation_aliases)
    for longer, shorter in propose_aliases([*printed, *known.organisations]):
        if (
            shorter in confirmed
            or longer in confirmed
            or (shorter in known.organisations and longer in known.organisations)
        ):
            continue
        canonical, alias = (shorter, longer) if shorter in known.organisations else (longer, shorter)
        result.aliases.append(AliasProposal("organisation", canonical, alias, reason="short_form"))
    # Several spellings of one project in this run are one project already; they are kept as aliases of its key.  # noqa: E501
    for key, spelling, canonical in sorted(_other_spellings(projects)):
        result.aliases.append(AliasProposal("project", canonical, spelling, key, "spelling"))


def _other_spellings(projects: Iterable[ProjectRead]) -> set[tuple[str, str, str]]:
    return {
        (p.key, s, p.title_canonical)
        for p in projects
        for s in [*_spellings(p), p.summary_name]
        if s and s != p.title_canonical
    }
