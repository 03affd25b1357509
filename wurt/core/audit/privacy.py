"""What the audit trail stores: ids and harmless values, so that it need not forget."""

from django.utils.translation import gettext_lazy as _

from wurt.core.db.privacy import Activity, DataClass, Privacy, name_tables, register

TRAIL = Activity(
    name=_("Audit trail"),
    people=_("whoever changes something in Wurt"),
    recipients=_("the county's administrators"),
    basis=_("Art. 5 (2) and Art. 32 GDPR: accountability and security"),
)

register(
    {
        "audit.auditentry": Privacy(
            purpose=_("showing who did what, and that nobody changed the record of it"),
            retention=_("for ever: ids without content, which belong to nobody once the person is erased"),
            default=DataClass.INTERNAL,
            fields={"actor": DataClass.PERSONAL, "acting_for": DataClass.PERSONAL},
            activity=TRAIL,
            subject=("actor", "acting_for"),
            no_rule="a chain of hashes: it holds ids only, and a gap in it would look like a forgery",
        ),
        "audit.auditseal": Privacy(
            purpose="proving that the trail is whole",
            retention="for ever",
            default=DataClass.INTERNAL,
        ),
    }
)
name_tables(
    {
        "audit.auditentry": _("Entry of the audit trail"),
        "audit.auditseal": _("Seal of the audit trail"),
    }
)
