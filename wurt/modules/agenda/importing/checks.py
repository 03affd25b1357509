"""The plausibility rules applied to what was read."""

from wurt.modules.agenda.domain.plausibility import MilestoneCheck, ReportCheck, Warning, check_report
from wurt.modules.agenda.importing.model import DocumentRead, Message, ProjectRead


def add_warnings(document: DocumentRead) -> None:
    """Raise the warnings of a status report and say where printed and computed values disagree."""
    checks = {id(p): _check(p) for p in document.projects if p.report_month.value}
    for project in document.projects:
        if id(project) in checks:
            mine = checks[id(project)]
            project.warnings += check_report(mine, [c for c in checks.values() if c.month == mine.month])
        elif project.status.value is None:
            project.warnings.append(Warning("status_unknown", place="status"))
    _disagreements(document)


def _check(project: ProjectRead) -> ReportCheck:
    return ReportCheck(
        title=project.title_canonical,
        month=project.report_month.value or "",
        status=project.status.value,
        end=project.end.value,
        milestones=[MilestoneCheck(m.label, m.due, m.done, m.ambiguous) for m in project.milestones],
        progress=project.progress.value,
        overall_state=project.overall_state.value,
        risks=project.risks.value or (),
    )


def _disagreements(document: DocumentRead) -> None:
    summary = document.summary
    if summary is None:
        return
    params: dict[str, object]
    counts = summary.counts.value
    if counts and counts.current is not None and counts.current != len(document.projects):
        params = {"printed": counts.current, "computed": len(document.projects)}
        document.messages.append(Message("count_differs", "warn", params, summary.counts.source))
    if summary.progress_printed.value is not None and set(summary.progress_printed_keys) != set(
        summary.progress_keys
    ):
        titles = {p.key: p.title_canonical for p in document.projects}
        params = {
            "printed": ", ".join(titles.get(key, key) for key in summary.progress_printed_keys),
            "computed": ", ".join(titles.get(key, key) for key in summary.progress_keys),
        }
        document.messages.append(
            Message("progress_list_differs", "warn", params, summary.progress_printed.source)
        )
