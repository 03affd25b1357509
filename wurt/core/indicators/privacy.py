"""Figures are public; values that count few people are stored only as "fewer than n"."""

from django.utils.translation import gettext_lazy as _

from wurt.core.db.privacy import Activity, DataClass, Privacy, name_tables, register

ENTERING = Activity(
    name=_("Entering figures"),
    people=_("people who enter figures for the county"),
    recipients=_("staff of the county; readers do not see who enters a figure"),
    basis=_("Art. 6 (1) e GDPR: public task"),
)
_VALUES = Privacy(
    purpose=_("showing month by month what the programme achieves"),
    retention=_("as long as the agenda is published; then offered to the archive"),
    default=DataClass.PUBLIC,
)

register(
    {
        "indicators.computation": _VALUES,
        "indicators.value": _VALUES,
        "indicators.manualindicator": Privacy(
            purpose=_("figures that a person enters, because no system measures them yet"),
            retention=_("as long as the agenda is published; then offered to the archive"),
            default=DataClass.PUBLIC,
            fields={"keeper": DataClass.PERSONAL},
            activity=ENTERING,
            subject=("keeper",),
            no_rule="a person stops keeping a figure when staff name another, or with their erasure",
        ),
    }
)
name_tables(
    {
        "indicators.value": _("Value of a figure"),
    }
)
