"""Facts that the desk tells itself, so that nobody is left untold after a kill."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class ReportReceived:
    """A notice came in; who sent it is told so."""

    name: ClassVar[str] = "moderation.report_received.v1"
    report: UUID


@dataclass(frozen=True)
class CaseDecided:
    """A decision was taken; everybody in the case is told, with the reasons."""

    name: ClassVar[str] = "moderation.case_decided.v1"
    decision: UUID


@dataclass(frozen=True)
class ComplaintReceived:
    """A complaint came in; who sent it is told so."""

    name: ClassVar[str] = "moderation.complaint_received.v1"
    complaint: UUID


@dataclass(frozen=True)
class MisuseStated:
    """Somebody is warned or suspended for manifestly unfounded notices (Art. 23)."""

    name: ClassVar[str] = "moderation.misuse_stated.v1"
    misuse: UUID
    suspended: bool
