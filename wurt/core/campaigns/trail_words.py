"""Names of the actions of campaigns, for the audit trail."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: dict[str, str | Promise] = {
    "campaigns.create_campaign": _("Planned a campaign"),
    "campaigns.edit_campaign": _("Changed a campaign"),
    "campaigns.set_texts": _("Changed the texts of a campaign"),
    "campaigns.add_channel": _("Added a channel to a campaign"),
    "campaigns.set_costs": _("Changed the costs of a channel"),
    "campaigns.release_campaign": _("Released a campaign"),
    "campaigns.close_campaign": _("Ended a campaign"),
    "campaigns.add_press_contact": _("Added a press contact"),
    "campaigns.remove_press_contact": _("Deleted a press contact"),
    "campaigns.call_followers": _("Ordered the mail to followers of a campaign"),
    "campaigns.send_press": _("Sent a press release"),
    "campaigns.claim_mail": _("Took a mail to the press"),
    "campaigns.note_mail": _("Noted what became of a mail to the press"),
    "campaigns.find_lost": _("Found mails to the press of a lost worker"),
}
