"""What tenancy stores about people, why and for how long."""

from django.utils.translation import gettext_lazy as _

from wurt.core.db.privacy import Activity, DataClass, Kept, Privacy, name_tables, register

PEOPLE = Activity(
    name=_("People and roles"),
    people=_("project leads, members of bodies, staff, residents with an account"),
    recipients=_("the county's administrators; the public, with the person's consent"),
    basis=_("Art. 6 (1) e GDPR: public task; Art. 6 (1) a GDPR: consent to show the name"),
)
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
            purpose=_("naming who leads a project or sits in a body; holding roles"),
            retention=_(
                "until erasure is asked for, or two years after the last login, role, project or seat ended"
            ),
            default=DataClass.PERSONAL,
            fields={
                "id": DataClass.INTERNAL,
                "public_id": DataClass.INTERNAL,
                "salt": DataClass.SECRET,
                "is_example": DataClass.PUBLIC,
                "erased": DataClass.INTERNAL,
                "version": DataClass.INTERNAL,
            },
            activity=PEOPLE,
            subject=("pk",),
            sweep="people",
        ),
        "tenancy.contact": Privacy(
            purpose=_("telling people without e-mail, and knowing them on the phone and at the counter"),
            retention=_("with the person; changed and deleted on request at any time"),
            default=DataClass.PERSONAL,
            fields={
                "id": DataClass.INTERNAL,
                "version": DataClass.INTERNAL,
                "place": DataClass.PERSONAL,
                "created": DataClass.INTERNAL,
                "person": DataClass.PERSONAL,
                "phone": DataClass.PERSONAL,
            },
            activity=PEOPLE,
            subject=("person",),
            no_rule="goes with the person, whose period the sweep “people” knows",
        ),
        "tenancy.office": Privacy(
            purpose="what stands on the letters of a place",
            retention=_WHILE_LISTED,
            default=DataClass.PUBLIC,
            fields={"id": DataClass.INTERNAL, "phone": DataClass.PUBLIC, "email": DataClass.PUBLIC},
        ),
        "tenancy.grant": Privacy(
            purpose=_("deciding who may do what"),
            retention=_("two years after the role ended; the audit trail keeps that it was given"),
            default=DataClass.INTERNAL,
            fields={"person": DataClass.PERSONAL, "granted_by": DataClass.PERSONAL},
            activity=PEOPLE,
            subject=("person",),
            kept=Kept(days=730, since="until"),
        ),
    }
)
name_tables(
    {
        "tenancy.organisationalias": _("Other spelling of an organisation"),
    }
)
