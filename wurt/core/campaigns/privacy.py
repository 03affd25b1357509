"""What campaigns store about people: who answers for one, and the press list."""

from django.utils.translation import gettext_lazy as _

from wurt.core.db.privacy import Activity, DataClass, Privacy, name_tables, register

PRESS = Activity(
    name=_("Campaigns and press work"),
    people=_("people of the press who agreed to be written to; staff who answer for a campaign"),
    recipients=_("the county's press office; whoever carries mail for the county"),
    basis=_("Art. 6 (1) e GDPR: task in the public interest; for the press list Art. 6 (1) a: consent"),
)
_WITH = "with the campaign"

register(
    {
        "campaigns.campaign": Privacy(
            purpose="planning how a service or project is made known",
            retention="history of the county's press work",
            default=DataClass.INTERNAL,
            fields={"owner": DataClass.PERSONAL, "contact": DataClass.INTERNAL},
            activity=PRESS,
            subject=("owner",),
            no_rule="only the reference to who answers for it; it goes with the person",
        ),
        "campaigns.campaign_places": Privacy(
            purpose="where a campaign is seen", retention=_WITH, default=DataClass.INTERNAL
        ),
        "campaigns.channel": Privacy(
            purpose="channels of a campaign and what they cost", retention=_WITH, default=DataClass.INTERNAL
        ),
        "campaigns.presscontact": Privacy(
            purpose=_("sending press releases to those who agreed"),
            retention=_("until the contact is taken off the list"),
            default=DataClass.PERSONAL,
            fields={
                "id": DataClass.INTERNAL,
                "public_id": DataClass.INTERNAL,
                "email": DataClass.PERSONAL,
                "is_example": DataClass.INTERNAL,
            },
            activity=PRESS,
            no_subject="people of the press have no login here; the desk deletes them on request",
            no_rule="a list that staff keep; whoever wants off it is deleted at once",
        ),
        "campaigns.pressmail": Privacy(
            purpose=_("sending a release to everybody on the list once"),
            retention=_("with the contact or the campaign"),
            default=DataClass.INTERNAL,
            fields={"contact": DataClass.INTERNAL},
        ),
    }
)
name_tables(
    {
        "campaigns.campaign_places": _("Place of a campaign"),
        "campaigns.pressmail": _("Mail to the press"),
    }
)
