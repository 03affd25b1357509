"""Names of the desk's actions, for the audit trail and the history of a case."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: dict[str, str | Promise] = {
    "moderation.close_expired": _("Closed a case after six months"),
    "moderation.complain": _("Complained about a decision"),
    "moderation.confirm_report": _("Confirmed a notice by mail"),
    "moderation.correction_done": _("Made a correction"),
    "moderation.decide": _("Decided a case"),
    "moderation.decide_complaint": _("Decided a complaint"),
    "moderation.dismiss": _("Dismissed an automatic message"),
    "moderation.end_absence": _("Ended an absence"),
    "moderation.end_suspension": _("Ended a suspension"),
    "moderation.forget": _("Deleted the texts of old cases"),
    "moderation.forget_misuse": _("Deleted an old warning"),
    "moderation.hand_over": _("Handed a case over"),
    "moderation.is_human": _("Found that a person sent a notice"),
    "moderation.lift_expired": _("Ended a measure on its last day"),
    "moderation.open_own": _("Opened a case"),
    "moderation.report": _("Notified content"),
    "moderation.set_absence": _("Named a deputy"),
    "moderation.suspend": _("Suspended an address"),
    "moderation.take": _("Took a case"),
    "moderation.tell_complaint": _("Confirmed a complaint"),
    "moderation.tell_decision": _("Told a decision"),
    "moderation.tell_misuse": _("Told a warning or suspension"),
    "moderation.tell_received": _("Confirmed a notice"),
    "moderation.warn": _("Warned an address"),
}
EVENTS: dict[str, str | Promise] = {
    "opened": _("case opened"),
    "reported": _("notice arrived"),
    "confirmed": _("confirmed by mail"),
    "taken": _("taken"),
    "handed_over": _("handed over"),
    "is_human": _("a person sent it"),
    "dismissed": _("taken for an automatic message"),
    "decided": _("decided"),
    "complained": _("complaint arrived"),
    "upheld": _("decision upheld"),
    "reversed": _("decision reversed"),
    "corrected": _("correction made"),
    "lifted": _("measure ended on its last day"),
    "closed": _("closed: the time for a complaint is over"),
}
