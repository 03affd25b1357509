"""What the audit trail stores: ids and harmless values, so that it need not forget."""

from wurt.core.db.privacy import DataClass, Privacy, register

register(
    {
        "audit.auditentry": Privacy(
            purpose="showing who did what, and that nobody changed the record of it",
            retention="ten years, then by sealed segments",
            default=DataClass.INTERNAL,
            fields={"actor": DataClass.PERSONAL, "acting_for": DataClass.PERSONAL},
        ),
        "audit.auditseal": Privacy(
            purpose="proving that the trail is whole",
            retention="for ever",
            default=DataClass.INTERNAL,
        ),
    }
)
