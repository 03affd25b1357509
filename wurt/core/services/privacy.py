"""What services store about people: who tries them out and who works for their operator."""

from django.utils.translation import gettext_lazy as _

from wurt.core.db.privacy import Activity, DataClass, Kept, Privacy, name_tables, register

RUNNING = Activity(
    name=_("Services: tests, operators, hand-overs"),
    people=_("people who try a service out; staff of its operators"),
    recipients=_("the county's administrators and coordinators; the operators of the service"),
    basis=_("Art. 6 (1) e GDPR: task in the public interest; for testers Art. 6 (1) a: consent"),
)
_STAYS = "history of the county's services"

register(
    {
        "services.servicestage": Privacy(
            purpose="telling citizens how far a service is, when it comes and what to do instead",
            retention=_STAYS,
            default=DataClass.PUBLIC,
            fields={"id": DataClass.INTERNAL},
        ),
        "services.serviceoperator": Privacy(
            purpose="telling citizens who runs a service and how to reach that body",
            retention=_STAYS,
            default=DataClass.PUBLIC,
            fields={"id": DataClass.INTERNAL, "email": DataClass.PUBLIC, "phone": DataClass.PUBLIC},
        ),
        "services.handover": Privacy(
            purpose=_("proving who handed a service over to whom, with what, and who signed"),
            retention=_("history of the county's services; the names of erased people go at once"),
            default=DataClass.PUBLIC,
            fields={
                "id": DataClass.INTERNAL,
                "email": DataClass.PUBLIC,
                "phone": DataClass.PUBLIC,
                "giver_signer": DataClass.PERSONAL,
                "taker_signer": DataClass.PERSONAL,
            },
            activity=RUNNING,
            subject=("giver_signer", "taker_signer"),
            no_rule="a protocol of an office; who signed is a reference, and the name goes with the person",
        ),
        "services.handoveritem": Privacy(
            purpose="the protocol of a hand-over: what was moved, by number or title, never by person",
            retention=_STAYS,
            default=DataClass.INTERNAL,
        ),
        "services.servicepromise": Privacy(
            purpose="telling which project promised a service",
            retention="until somebody takes the link away",
            default=DataClass.PUBLIC,
            fields={"id": DataClass.INTERNAL},
        ),
        "services.tester": Privacy(
            purpose=_("letting invited people try a service out"),
            retention=_("until the invitation is taken back, the person is erased or two years have gone"),
            default=DataClass.PERSONAL,
            fields={"id": DataClass.INTERNAL, "public_id": DataClass.INTERNAL, "person": DataClass.PERSONAL},
            activity=RUNNING,
            subject=("person",),
            kept=Kept(days=730, since="created"),
        ),
        "services.servicestaff": Privacy(
            purpose=_("knowing who works for the operator of a service"),
            retention=_("two years after the work ended"),
            default=DataClass.PERSONAL,
            fields={"id": DataClass.INTERNAL, "public_id": DataClass.INTERNAL, "person": DataClass.PERSONAL},
            activity=RUNNING,
            subject=("person",),
            kept=Kept(days=730, since="ends"),
        ),
    }
)
name_tables(
    {
        "services.handover": _("Hand-over of a service"),
        "services.handoveritem": _("Item of a hand-over"),
        "services.servicepromise": _("Promise of a service"),
        "services.servicestaff": _("Person in charge of a service"),
        "services.tester": _("Tester of a service"),
    }
)
