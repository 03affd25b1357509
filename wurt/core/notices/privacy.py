"""What following stores about people: an address, topics, dates; nothing else."""

from django.utils.translation import gettext_lazy as _

from wurt.core.db.privacy import Activity, DataClass, Kept, Privacy, name_tables, register

TELLING = Activity(
    name=_("Notices and letters"),
    people=_("residents and staff who follow a topic"),
    recipients=_("the county's administrators; whoever carries mail for the county"),
    basis=_("Art. 6 (1) a GDPR: consent, taken back with one click"),
)
ANSWERING = Activity(
    name=_("Answers to single people"),
    people=_("residents and staff who are owed an answer"),
    recipients=_("the county's administrators and coordinators; whoever carries mail for the county"),
    basis=_(
        "Art. 6 (1) c GDPR: legal duty to tell, for example Art. 16, 17 and 20 of Regulation (EU) 2022/2065"
    ),
)
_FORGETS = "notices.forget deletes what is over every six hours"

register(
    {
        "notices.subscriber": Privacy(
            purpose=_("telling people what they asked to be told, the way they chose"),
            retention=_(
                "deleted with the last topic or on unsubscribing; unconfirmed after seven days; "
                "ninety days after mail came back for good"
            ),
            default=DataClass.PERSONAL,
            fields={
                "id": DataClass.INTERNAL,
                "public_id": DataClass.INTERNAL,
                "person": DataClass.PERSONAL,
                "email": DataClass.PERSONAL,
                "language": DataClass.INTERNAL,
            },
            activity=TELLING,
            subject=("person",),
            no_rule=_FORGETS,
        ),
        "notices.follow": Privacy(
            purpose=_("knowing whom to tell about which topic"),
            retention=_("until the person stops following; unconfirmed seven days"),
            default=DataClass.PERSONAL,
            fields={"id": DataClass.INTERNAL, "public_id": DataClass.INTERNAL},
            activity=TELLING,
            subject=("subscriber__person",),
            no_rule=_FORGETS,
        ),
        "notices.pushdevice": Privacy(
            purpose=_("telling people on the devices that they chose"),
            retention=_(
                "until the device is taken off, its push service does not know it any more, or the "
                "subscriber goes"
            ),
            default=DataClass.PERSONAL,
            fields={
                "id": DataClass.INTERNAL,
                "public_id": DataClass.INTERNAL,
                "digest": DataClass.INTERNAL,
                "auth": DataClass.SECRET,
                "p256dh": DataClass.SECRET,
                "endpoint": DataClass.SECRET,
            },
            activity=TELLING,
            subject=("subscriber__person",),
            no_rule=_FORGETS,
        ),
        "notices.notice": Privacy(
            purpose="what there was to tell, made of public facts only",
            retention="180 days",
            default=DataClass.PUBLIC,
            fields={"id": DataClass.INTERNAL},
        ),
        "notices.dispatch": Privacy(
            purpose=_("telling everybody once, and showing people what they were told"),
            retention=_("180 days, or with the subscriber"),
            default=DataClass.PERSONAL,
            fields={
                "id": DataClass.INTERNAL,
                "claim": DataClass.INTERNAL,
                "state": DataClass.INTERNAL,
                "told": DataClass.INTERNAL,
            },
            activity=TELLING,
            subject=("subscriber__person",),
            no_rule=_FORGETS,
        ),
        "notices.direct": Privacy(
            purpose=_("telling one person what they are owed: a receipt, a decision with its reasons"),
            retention=_("180 days"),
            default=DataClass.PERSONAL,
            fields={
                "id": DataClass.INTERNAL,
                "public_id": DataClass.INTERNAL,
                "person": DataClass.PERSONAL,
                "email": DataClass.PERSONAL,
                "kind": DataClass.INTERNAL,
                "state": DataClass.INTERNAL,
                "language": DataClass.INTERNAL,
            },
            activity=ANSWERING,
            subject=("person",),
            kept=Kept(days=180, since="created"),
        ),
    }
)
name_tables(
    {
        "notices.direct": _("Notice to a single person"),
        "notices.dispatch": _("Sending of a notice"),
        "notices.pushdevice": _("Device for notices"),
        "notices.subscriber": _("Recipient of notices"),
    }
)
