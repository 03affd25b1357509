"""What following stores about people: an address, topics, dates; nothing else."""

from django.utils.translation import gettext_lazy as _

from wurt.core.db.privacy import Activity, DataClass, Privacy, register

FOLLOWING = Activity(
    name=_("Telling people what they follow"),
    people=_("people who follow a topic, by e-mail, on the pages or by letter"),
    recipients=_("the mail server of the county; staff that prints letters"),
    basis=_("Art. 6 (1) a GDPR: consent, given by confirming"),
)

register(
    {
        "notices.subscriber": Privacy(
            purpose=_("telling people what they asked to be told, the way they chose"),
            retention=_(
                "deleted with the last topic or on unsubscribing; unconfirmed after seven days; ninety days "
                "after mail came back for good"
            ),
            default=DataClass.PERSONAL,
            activity=FOLLOWING,
            subject=("person",),
            sweep="notices",
            fields={
                "id": DataClass.INTERNAL,
                "public_id": DataClass.INTERNAL,
                "person": DataClass.PERSONAL,
                "email": DataClass.PERSONAL,
                "language": DataClass.INTERNAL,
            },
        ),
        "notices.follow": Privacy(
            purpose=_("knowing whom to tell about which topic"),
            retention=_("until the person stops following; unconfirmed seven days"),
            default=DataClass.PERSONAL,
            activity=FOLLOWING,
            subject=("subscriber__person",),
            sweep="notices",
            fields={"id": DataClass.INTERNAL, "public_id": DataClass.INTERNAL},
        ),
        "notices.notice": Privacy(
            purpose=_("what there was to tell, made of public facts only"),
            retention=_("180 days"),
            activity=FOLLOWING,
            sweep="notices",
            default=DataClass.PUBLIC,
            fields={"id": DataClass.INTERNAL},
        ),
        "notices.dispatch": Privacy(
            purpose=_("telling everybody once, and showing people what they were told"),
            retention=_("180 days, or with the subscriber"),
            default=DataClass.PERSONAL,
            activity=FOLLOWING,
            subject=("subscriber__person",),
            sweep="notices",
            fields={"id": DataClass.INTERNAL, "claim": DataClass.INTERNAL, "state": DataClass.INTERNAL},
        ),
    }
)
