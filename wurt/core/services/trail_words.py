"""Names of the actions of services, for the audit trail."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: dict[str, str | Promise] = {
    "services.set_stage": _("Set the stage of a service"),
    "services.withdraw_stage": _("Withdrew the stage of a service"),
    "services.set_operator": _("Set the operator of a service"),
    "services.withdraw_operator": _("Withdrew the operator of a service"),
    "services.invite": _("Invited somebody to try a service out"),
    "services.uninvite": _("Took back the invitation to try a service out"),
    "services.add_staff": _("Added somebody who works for an operator"),
    "services.end_staff": _("Ended somebody’s work for an operator"),
    "services.prepare_handover": _("Prepared a hand-over"),
    "services.cancel_handover": _("Cancelled a hand-over"),
    "services.sign_as_giver": _("Signed a hand-over for the old operator"),
    "services.accept_handover": _("Accepted a hand-over for the new operator"),
    "services.begin_handovers": _("Began to move what is handed over"),
    "services.move_batch": _("Moved things of a hand-over"),
    "services.resume_handover": _("Let a hand-over go on"),
    "services.set_promises": _("Said which projects promised a service"),
    "services.tell_begun": _("Told of stages that began"),
}
