"""A link knows who answers for it; of those who open it nothing is kept but a number per day."""

from django.utils.translation import gettext_lazy as _

from wurt.core.db.privacy import Activity, DataClass, Privacy, name_tables, register

MAKING = Activity(
    name=_("Short links"),
    people=_("staff who make short links"),
    recipients=_("the county's staff"),
    basis=_("Art. 6 (1) e GDPR: informing the public"),
)

register(
    {
        "links.link": Privacy(
            purpose=_("short addresses and QR codes for pages of the site, and who answers for them"),
            retention=_("as long as printed copies may be about; the owner goes with the person's erasure"),
            default=DataClass.INTERNAL,
            fields={"owner": DataClass.PERSONAL},
            activity=MAKING,
            subject=("owner",),
            no_rule="a printed code must say for ever that it is over and lead nowhere else",
        ),
        "links.tally": Privacy(
            purpose="how often a link was opened and led to a finished result: totals per day",
            retention="with the link",
            default=DataClass.INTERNAL,
        ),
    }
)
name_tables(
    {
        "links.tally": _("Count of a short link"),
    }
)
