"""What data protection stores about people: ids and counts."""

from django.utils.translation import gettext_lazy as _

from wurt.core.db.privacy import Activity, DataClass, Kept, Privacy, name_tables, register

RIGHTS = Activity(
    name=_("Rights of the people concerned and deletion"),
    people=_("whoever is known to Wurt"),
    recipients=_("the county's administrators"),
    basis=_("Art. 5 (1) e, Art. 15 and Art. 17 GDPR"),
)

register(
    {
        "privacy.erasure": Privacy(
            purpose=_("proving that a person's data was erased"),
            retention=_("three years after the erasure"),
            default=DataClass.INTERNAL,
            fields={"person": DataClass.PERSONAL, "by": DataClass.PERSONAL},
            activity=RIGHTS,
            subject=("person",),
            kept=Kept(days=3 * 365, since="at"),
        ),
        "privacy.disposal": Privacy(
            purpose=_("showing that what is to be deleted is deleted"),
            retention=_("three years"),
            default=DataClass.INTERNAL,
            kept=Kept(days=3 * 365, since="at"),
        ),
        "privacy.deadline": Privacy(
            purpose=_("deleting in time, and warning before"),
            retention=_("until the deadline is over or no longer applies"),
            default=DataClass.INTERNAL,
            fields={"person": DataClass.PERSONAL},
            activity=RIGHTS,
            subject=("person",),
            sweep="people",
        ),
    }
)
name_tables(
    {
        "privacy.deadline": _("Deadline of a login"),
        "privacy.erasure": _("Receipt of an erasure"),
        "logins": _("Logins that nobody uses"),
        "people": _("People without a tie to the county"),
        "files": _("Files that nothing needs"),
        "cache": _("Short-lived entries that are over"),
    }
)
