"""What the agenda stores: mostly what the county publishes, and who works on it."""

from django.utils.translation import gettext_lazy as _

from wurt.core.db.privacy import Activity, DataClass, Kept, Privacy, name_fields, name_tables, register

PUBLISHING = Activity(
    name=_("Publishing the agenda"),
    people=_("project leads, members of bodies, contacts"),
    recipients=_("the public; names only with the person's consent"),
    basis=_("Art. 6 (1) e GDPR: public task; Art. 6 (1) a GDPR: consent to show the name"),
)
READING = Activity(
    name=_("Taking over reports that the county already has"),
    people=_("project leads and others whom a report names; staff who take reports over"),
    recipients=_("staff of the agenda"),
    basis=_("Art. 6 (1) e GDPR: public task"),
)
_WITH_AGENDA = _("as long as the agenda is published; then offered to the archive")
_WITH_PROJECT = _("with the project")
_PUBLISHED = "published; erasing a person or ending the consent takes the name out and leaves an id"
_WRITTEN = "written by staff for the public, as text; `wurt privacy find` finds a name in it"
_PRINTED = "names as a report prints them belong to no person; `wurt privacy find` finds them"

_PROGRAMME = Privacy(
    purpose=_("publishing what the county plans and does"),
    retention=_WITH_AGENDA,
    default=DataClass.PUBLIC,
)
_PROFILE = Privacy(
    purpose=_("publishing the profile of a project"), retention=_WITH_PROJECT, default=DataClass.PUBLIC
)
_IMPORT = _("reading the reports that the county already has")

register(
    {
        "agenda.agenda": Privacy(
            purpose=_PROGRAMME.purpose,
            retention=_WITH_AGENDA,
            default=DataClass.PUBLIC,
            fields={"contact": DataClass.PERSONAL},
            activity=PUBLISHING,
            no_subject=_WRITTEN,
            no_rule=_PUBLISHED,
        ),
        "agenda.body": _PROGRAMME,
        "agenda.bodymember": Privacy(
            purpose=_(
                "introducing the members of a body by partner and function, by name with their consent"
            ),
            retention=_("as long as the seat is held"),
            default=DataClass.PUBLIC,
            fields={"person": DataClass.PERSONAL},
            activity=PUBLISHING,
            subject=("person",),
            no_rule="a seat is ended by who keeps the bodies",
        ),
        "agenda.cost": _PROFILE,
        "agenda.decision": _PROFILE,
        "agenda.field": _PROGRAMME,
        "agenda.goal": _PROGRAMME,
        "agenda.goal_projects": _PROGRAMME,
        "agenda.importbatch": Privacy(
            purpose=_IMPORT,
            retention=_(
                "two years after it was handed in; originals of published months stay with the month"
            ),
            default=DataClass.INTERNAL,
            fields={"created_by": DataClass.PERSONAL, "undo": DataClass.PERSONAL},
            activity=READING,
            subject=("created_by",),
            withheld=frozenset({"undo", "names", "messages"}),
            sweep="imports",
        ),
        "agenda.importdocument": Privacy(
            purpose=_IMPORT,
            retention=_("with its batch"),
            default=DataClass.INTERNAL,
            fields={"read": DataClass.PERSONAL, "messages": DataClass.PERSONAL},
            activity=READING,
            no_subject=_PRINTED,
            sweep="imports",
        ),
        "agenda.importitem": Privacy(
            purpose=_IMPORT,
            retention=_("with its batch"),
            default=DataClass.INTERNAL,
            fields={"fields": DataClass.PERSONAL, "differences": DataClass.PERSONAL},
            activity=READING,
            no_subject=_PRINTED,
            sweep="imports",
        ),
        "agenda.measure": _PROFILE,
        "agenda.meeting": Privacy(
            purpose=_("deciding about reports and projects in meetings, with minutes"),
            retention=_WITH_AGENDA,
            default=DataClass.INTERNAL,
            fields={"minutes": DataClass.PERSONAL},
            activity=PUBLISHING,
            no_subject=_WRITTEN,
            no_rule="minutes of a public body are kept with the agenda and then offered to the archive",
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
            activity=PUBLISHING,
            subject=("lead", "deputy"),
            no_rule=_PUBLISHED,
        ),
        "agenda.projectalias": Privacy(
            purpose="recognising other spellings in imported reports",
            retention=_WITH_PROJECT,
            default=DataClass.INTERNAL,
        ),
        "agenda.projectslug": _PROFILE,
        "agenda.publishedreport": _PROGRAMME,
        "agenda.remark": Privacy(
            purpose=_("talking about a report before it is published"),
            retention=_("400 days"),
            default=DataClass.INTERNAL,
            fields={
                "text": DataClass.PERSONAL,
                "author": DataClass.PERSONAL,
                "settled_by": DataClass.PERSONAL,
            },
            activity=PUBLISHING,
            subject=("author", "settled_by"),
            kept=Kept(days=400, since="created"),
        ),
        "agenda.report": Privacy(
            purpose=_("one project in one month, a draft until it is published"),
            retention=_WITH_AGENDA,
            default=DataClass.INTERNAL,
            fields={"lead": DataClass.PERSONAL, "handed_in_by": DataClass.PERSONAL},
            activity=PUBLISHING,
            subject=("lead", "handed_in_by"),
            no_rule=_PUBLISHED,
        ),
        "agenda.strategydocument": _PROGRAMME,
        "agenda.verdict": Privacy(
            purpose=_("which reports the steering group approved, and why others went back"),
            retention=_WITH_AGENDA,
            default=DataClass.INTERNAL,
        ),
    }
)
name_tables(
    {
        "agenda.bodymember": _("Member of a group"),
        "agenda.cost": _("Cost of a project"),
        "agenda.decision": _("Decision about a project"),
        "agenda.goal_projects": _("Project of a goal"),
        "agenda.importdocument": _("File of an import"),
        "agenda.importitem": _("Part of an import"),
        "agenda.measure": _("Figure of a project or goal"),
        "agenda.milestone": _("Milestone"),
        "agenda.milestoneshift": _("Shift of a milestone"),
        "agenda.monthversion": _("Version of a month"),
        "agenda.party": _("Partner of a project"),
        "agenda.projectalias": _("Other name of a project"),
        "agenda.projectslug": _("Former address of a project"),
        "agenda.publishedreport": _("Published report"),
        "agenda.remark": _("Remark on a report"),
        "agenda.verdict": _("Decision about a report"),
        "imports": _("Imports that are over"),
    }
)
name_fields(
    {
        "agenda.meeting.minutes": _("Minutes"),
        "agenda.remark.author": _("Author of the remark"),
        "agenda.remark.settled_by": _("Settled by"),
        "agenda.remark.text": _("Remark"),
        "agenda.report.handed_in_by": _("Handed in by"),
    }
)
