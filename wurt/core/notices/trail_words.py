"""Names of the actions of notices, for the audit trail."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: dict[str, str | Promise] = {
    "notices.add_letter_reader": _("Noted somebody who is told by letter"),
    "notices.announce": _("Told all followers"),
    "notices.confirm_follow": _("Confirmed a follow"),
    "notices.follow_as_person": _("Followed a topic"),
    "notices.forget": _("Deleted old notices and addresses"),
    "notices.forget_person": _("Deleted the follows of an erased person"),
    "notices.letters_posted": _("Noted letters as posted"),
    "notices.mark_lost": _("Found mails of a lost worker"),
    "notices.note_bounce": _("Noted that mail came back"),
    "notices.remove_letter_reader": _("Deleted somebody who was told by letter"),
    "notices.request_follow": _("Asked to follow a topic"),
    "notices.resume_address": _("Let mail to an address go on"),
    "notices.save_preferences": _("Changed how notices come"),
    "notices.send_again": _("Sent mails of a notice again"),
    "notices.spread": _("Spread a notice to followers"),
    "notices.stop_all": _("Stopped following everything"),
    "notices.unfollow": _("Stopped following a topic"),
    "notices.unsubscribe": _("Wanted no more mails"),
}
