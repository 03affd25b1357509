"""What acting for somebody stores about both."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurt.core.db.privacy import Activity, DataClass, Kept, Privacy, name_tables, register

ASSISTING = Activity(
    name=_("Acting for somebody else (phone, counter, mandate)"),
    people=_("people without internet, their helpers, the staff who act for them"),
    recipients=_("the staff of the office where the person asked; the helper with a mandate"),
    basis=_(
        "Art. 6 (1) e GDPR: public task, at the person's own request; "
        "Art. 6 (1) a GDPR: consent, for mandates"
    ),
)
YEARS = 3 * 365
"""As long as a claim can be raised (§ 195 BGB, three years)."""

register(
    {
        "assisted.assistance": Privacy(
            purpose=_("showing the person who acted for them, when and by which right"),
            retention=_("three years after the end, as long as a claim can be raised"),
            default=DataClass.PERSONAL,
            fields={
                "id": DataClass.INTERNAL,
                "public_id": DataClass.INTERNAL,
                "place": DataClass.INTERNAL,
                "channel": DataClass.INTERNAL,
                "checked": DataClass.INTERNAL,
                "end": DataClass.INTERNAL,
                "way": DataClass.INTERNAL,
                "operator": DataClass.PERSONAL,
                "principal": DataClass.PERSONAL,
            },
            activity=ASSISTING,
            subject=("principal", "operator"),
            kept=Kept(days=YEARS, since="ended"),
        ),
        "assisted.act": Privacy(
            purpose=_("showing the person what was done in their name, and confirming it"),
            retention=_(
                "three years with the session; the sentence of the confirmation until the person was told, "
                "at most thirty days"
            ),
            default=DataClass.PERSONAL,
            fields={"id": DataClass.INTERNAL, "action": DataClass.INTERNAL},
            activity=ASSISTING,
            subject=("assistance__principal",),
            no_rule="goes with the session",
        ),
        "assisted.mandate": Privacy(
            purpose=_("letting a helper act for somebody who wants it"),
            retention=_("three years after its last day; an offer that nobody accepted thirty days"),
            default=DataClass.PERSONAL,
            fields={
                "id": DataClass.INTERNAL,
                "public_id": DataClass.INTERNAL,
                "areas": DataClass.INTERNAL,
                "starts": DataClass.INTERNAL,
                "ends": DataClass.INTERNAL,
                "giver": DataClass.PERSONAL,
                "helper": DataClass.PERSONAL,
                "invited": DataClass.PERSONAL,
                "helper_name": DataClass.PERSONAL,
                "noted_by": DataClass.PERSONAL,
                "revoked_by": DataClass.PERSONAL,
            },
            activity=ASSISTING,
            subject=("giver", "helper"),
            withheld=frozenset({"invited", "helper_name"}),
            kept=Kept(days=YEARS, since="ends"),
        ),
        "assisted.letter": Privacy(
            purpose=_("printing what the person is to have in writing"),
            retention=_("the text until the letter is posted; that there was one, a year"),
            default=DataClass.PERSONAL,
            fields={
                "id": DataClass.INTERNAL,
                "public_id": DataClass.INTERNAL,
                "place": DataClass.INTERNAL,
                "kind": DataClass.INTERNAL,
                "person": DataClass.PERSONAL,
            },
            activity=ASSISTING,
            subject=("person",),
            kept=Kept(days=365, since="posted", only=Q(posted__isnull=False)),
        ),
    }
)
name_tables(
    {
        "assisted.act": _("Step in an act for somebody"),
    }
)
