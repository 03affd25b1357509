"""What the agenda stores: mostly what the county publishes, and who works on it."""

from wurt.core.db.privacy import DataClass, Privacy, register

_WITH_AGENDA = "as long as the agenda is published; then offered to the archive"
_WITH_PROJECT = "with the project"

_PROGRAMME = Privacy(
    purpose="publishing what the county plans and does",
    retention=_WITH_AGENDA,
    default=DataClass.PUBLIC,
)
_PROFILE = Privacy(
    purpose="publishing the profile of a project", retention=_WITH_PROJECT, default=DataClass.PUBLIC
)
_IMPORT = "reading the reports that the county already has"

register(
    {
        "agenda.agenda": Privacy(
            purpose=_PROGRAMME.purpose,
            retention=_WITH_AGENDA,
            default=DataClass.PUBLIC,
            fields={"contact": DataClass.PERSONAL},
        ),
        "agenda.body": _PROGRAMME,
        "agenda.bodymember": Privacy(
            purpose="introducing the members of a body by partner and function, by name with their consent",
            retention="as long as the seat is held",
            default=DataClass.PUBLIC,
            fields={"person": DataClass.PERSONAL},
        ),
        "agenda.cost": _PROFILE,
        "agenda.decision": _PROFILE,
        "agenda.field": _PROGRAMME,
        "agenda.goal": _PROGRAMME,
        "agenda.goal_projects": _PROGRAMME,
        "agenda.importbatch": Privacy(
            purpose=_IMPORT,
            retention="two years after it was taken over",
            default=DataClass.INTERNAL,
            fields={"created_by": DataClass.PERSONAL, "undo": DataClass.PERSONAL},
        ),
        "agenda.importdocument": Privacy(
            purpose=_IMPORT,
            retention="with its batch",
            default=DataClass.INTERNAL,
            fields={"read": DataClass.PERSONAL, "messages": DataClass.PERSONAL},
        ),
        "agenda.importitem": Privacy(
            purpose=_IMPORT,
            retention="with its batch",
            default=DataClass.INTERNAL,
            fields={"fields": DataClass.PERSONAL, "differences": DataClass.PERSONAL},
        ),
        "agenda.milestone": _PROFILE,
        "agenda.milestoneshift": _PROFILE,
        "agenda.month": Privacy(
            purpose="the status report of a month, a draft until it is published",
            retention=_WITH_AGENDA,
            default=DataClass.INTERNAL,
        ),
        "agenda.monthversion": _PROGRAMME,
        "agenda.party": _PROFILE,
        "agenda.project": Privacy(
            purpose=_PROFILE.purpose,
            retention=_WITH_AGENDA,
            default=DataClass.PUBLIC,
            fields={
                "lead": DataClass.PERSONAL,
                "deputy": DataClass.PERSONAL,
                "contact": DataClass.PERSONAL,
            },
        ),
        "agenda.projectalias": Privacy(
            purpose="recognising other spellings in imported reports",
            retention=_WITH_PROJECT,
            default=DataClass.INTERNAL,
        ),
        "agenda.projectslug": _PROFILE,
        "agenda.publishedreport": _PROGRAMME,
        "agenda.report": Privacy(
            purpose="one project in one month, a draft until it is published",
            retention=_WITH_AGENDA,
            default=DataClass.INTERNAL,
            fields={"lead": DataClass.PERSONAL},
        ),
        "agenda.strategydocument": _PROGRAMME,
    }
)
