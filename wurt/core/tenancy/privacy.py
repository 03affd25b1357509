"""What tenancy stores about people, why and for how long."""

from wurt.core.db.privacy import DataClass, Privacy, register

_WHILE_LISTED = "as long as the place or organisation is listed"

register(
    {
        "tenancy.place": Privacy(
            purpose="the tree of places that answers who may do what where",
            retention=_WHILE_LISTED,
            default=DataClass.PUBLIC,
        ),
        "tenancy.organisation": Privacy(
            purpose="who leads projects, takes part in them or is concerned",
            retention=_WHILE_LISTED,
            default=DataClass.PUBLIC,
            fields={"id": DataClass.INTERNAL},
        ),
        "tenancy.organisationalias": Privacy(
            purpose="recognising other spellings in imported reports",
            retention=_WHILE_LISTED,
            default=DataClass.INTERNAL,
        ),
        "tenancy.person": Privacy(
            purpose="naming who leads a project or sits in a body; holding roles",
            retention="until erasure is asked for, or two years after the last role or project ended",
            default=DataClass.PERSONAL,
            fields={
                "id": DataClass.INTERNAL,
                "public_id": DataClass.INTERNAL,
                "salt": DataClass.SECRET,
                "is_example": DataClass.PUBLIC,
                "erased": DataClass.INTERNAL,
                "version": DataClass.INTERNAL,
            },
        ),
        "tenancy.grant": Privacy(
            purpose="deciding who may do what",
            retention="two years after the role ended; the audit trail keeps that it was given",
            default=DataClass.INTERNAL,
            fields={"person": DataClass.PERSONAL, "granted_by": DataClass.PERSONAL},
        ),
    }
)
