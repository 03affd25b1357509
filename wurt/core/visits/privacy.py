"""Numbers in which nobody is; and for the exact number of active accounts one row per person and month."""

from django.utils.translation import gettext_lazy as _

from wurt.core.db.privacy import Activity, DataClass, Kept, Privacy, name_tables, register

COUNTING = Activity(
    name=_("Counting how the site is used"),
    people=_("visitors of the site (in memory only, until midnight) and people with an account"),
    recipients=_("nobody; published are sums per month without small figures"),
    basis=_("Art. 6 (1) e GDPR: showing the public and the council what the programme achieves"),
)
_NUMBERS = "how many people came on a day to pages of an area and place: a number without anybody in it"

register(
    {
        "visits.visitorcount": Privacy(
            purpose=_NUMBERS,
            retention="three years; published only as sums of a month, small ones hidden",
            default=DataClass.INTERNAL,
            kept=Kept(days=1125, since="day"),
        ),
        "visits.counterrun": Privacy(
            purpose="telling days that were counted from days that were not",
            retention="three years",
            default=DataClass.INTERNAL,
            kept=Kept(days=1125, since="day"),
        ),
        "visits.activeaccount": Privacy(
            purpose=_("counting exactly how many accounts were active in a month"),
            retention=_("until the month is counted, at most 75 days from its beginning"),
            default=DataClass.PERSONAL,
            fields={"id": DataClass.INTERNAL, "person": DataClass.PERSONAL},
            activity=COUNTING,
            subject=("person",),
            kept=Kept(days=75, since="month"),
        ),
        "visits.activemonth": Privacy(
            purpose="the exact number of active accounts of a month",
            retention="as long as the site, since it is a number",
            default=DataClass.INTERNAL,
        ),
    }
)
name_tables(
    {
        "visits.activeaccount": _("Active account of a month"),
        "visits.activemonth": _("Active accounts of a month"),
        "visits.counterrun": _("Run of the visitor count"),
        "visits.visitorcount": _("Visitors of a day"),
    }
)
