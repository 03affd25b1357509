"""What the desk stores about people: who notified, who wrote, what they said; later figures alone."""

from django.utils.translation import gettext_lazy as _

from wurt.core.db.privacy import Activity, DataClass, Kept, Privacy, name_tables, register

MODERATING = Activity(
    name=_("Moderation of content"),
    people=_("those who notify content, those who wrote it, moderators"),
    recipients=_(
        "moderators and administrators; author and notifier read the decision, never each other's name"
    ),
    basis=_("Art. 6 (1) c GDPR with Art. 16, 17, 20 and 23 of Regulation (EU) 2022/2065"),
)
_SIX = _("six months after the case is closed; what came from a program thirty days")
_CASE = "goes with the texts of its case"
_IDS = {"id": DataClass.INTERNAL, "public_id": DataClass.INTERNAL}

register(
    {
        "moderation.case": Privacy(
            purpose=_("deciding about content that was notified or waits for approval"),
            retention=_(
                "texts and people six months after the case is closed; dates and measures for the figures"
            ),
            default=DataClass.INTERNAL,
            fields={
                "title": DataClass.PERSONAL,
                "excerpt": DataClass.PERSONAL,
                "author": DataClass.PERSONAL,
                "taken_by": DataClass.PERSONAL,
                "decided_by": DataClass.PERSONAL,
            },
            activity=MODERATING,
            subject=("author",),
            withheld=frozenset({"taken_by", "decided_by"}),
            sweep="moderation",
        ),
        "moderation.report": Privacy(
            purpose=_("looking into what somebody notified (Art. 16)"),
            retention=_("texts six months after the case is closed; category and date for the figures"),
            default=DataClass.INTERNAL,
            fields={"explanation": DataClass.PERSONAL, "where": DataClass.PERSONAL},
            activity=MODERATING,
            subject=("party__person",),
            sweep="moderation",
        ),
        "moderation.party": Privacy(
            purpose=_("telling who notified and who wrote what was decided"),
            retention=_SIX,
            default=DataClass.PERSONAL,
            fields={
                **{"id": DataClass.INTERNAL, "role": DataClass.INTERNAL, "language": DataClass.INTERNAL},
                "person": DataClass.PERSONAL,
                "email": DataClass.PERSONAL,
            },
            activity=MODERATING,
            subject=("person",),
            sweep="moderation",
        ),
        "moderation.decision": Privacy(
            purpose=_("the decision with its reasons (Art. 17)"),
            retention=_(
                "reasons six months after the case is closed; measure, date and decider for the figures"
            ),
            default=DataClass.INTERNAL,
            fields={"facts": DataClass.PERSONAL, "by": DataClass.PERSONAL},
            activity=MODERATING,
            subject=("case__author",),
            withheld=frozenset({"by"}),
            sweep="moderation",
        ),
        "moderation.complaint": Privacy(
            purpose=_("deciding about a complaint (Art. 20)"),
            retention=_("the text six months after the case is closed"),
            default=DataClass.INTERNAL,
            fields={"text": DataClass.PERSONAL},
            activity=MODERATING,
            subject=("report__party__person",),
            sweep="moderation",
        ),
        "moderation.event": Privacy(
            purpose=_("showing what happened in a case"),
            retention=_SIX,
            default=DataClass.INTERNAL,
            fields={"by": DataClass.PERSONAL},
            activity=MODERATING,
            subject=("by",),
            no_rule=_CASE,
        ),
        "moderation.restriction": Privacy(
            purpose=_("keeping a person from contributing for a while, by a decision"),
            retention=_SIX,
            default=DataClass.PERSONAL,
            fields={"id": DataClass.INTERNAL, "person": DataClass.PERSONAL},
            activity=MODERATING,
            subject=("person",),
            no_rule=_CASE,
        ),
        "moderation.correction": Privacy(
            purpose="a correction that a decision asks for",
            retention="with the case",
            default=DataClass.INTERNAL,
        ),
        "moderation.absence": Privacy(
            purpose=_("knowing who has the cases of a moderator who is away"),
            retention=_("thirty days after the last day"),
            default=DataClass.INTERNAL,
            fields={"person": DataClass.PERSONAL, "deputy": DataClass.PERSONAL},
            activity=MODERATING,
            subject=("person", "deputy"),
            kept=Kept(days=30, since="last"),
        ),
        "moderation.misuse": Privacy(
            purpose=_("warning and suspending who often sends notices without any ground (Art. 23)"),
            retention=_("a year after the warning"),
            default=DataClass.PERSONAL,
            fields=_IDS,
            activity=MODERATING,
            no_subject="a keyed hash of an address; nothing leads from it to a person",
            sweep="misuse",
        ),
    }
)
name_tables(
    {
        "moderation.absence": _("Absence from the moderation"),
        "moderation.complaint": _("Complaint about a decision"),
        "moderation.correction": _("Correction that was asked for"),
        "moderation.decision": _("Decision of the moderation"),
        "moderation.event": _("Step of a case"),
        "moderation.misuse": _("Measure against misuse"),
        "moderation.party": _("Person in a case"),
        "moderation.report": _("Notice of content"),
        "moderation.restriction": _("Restriction of a login"),
        "moderation": _("Cases of moderation that are over"),
        "misuse": _("Measures against misuse that are over"),
    }
)
