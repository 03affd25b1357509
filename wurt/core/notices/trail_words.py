"""Names of the actions of notices, for the audit trail."""

from collections.abc import Collection, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wurt.core.audit.words import name_actions, name_things, names_from
from wurt.core.notices import topics
from wurt.core.notices.kinds import kind_of
from wurt.core.notices.models import Follow, Notice

ACTIONS: dict[str, str | Promise] = {
    "notices.add_device": _("Named a device for notices"),
    "notices.add_letter_reader": _("Noted somebody who is told by letter"),
    "notices.announce": _("Told all followers"),
    "notices.call_back": _("Put a call back unmade"),
    "notices.call_given_up": _("Gave a call up"),
    "notices.call_letter": _("Ordered a letter instead of a call"),
    "notices.call_missed": _("Noted that somebody was not reached"),
    "notices.call_told": _("Told somebody on the phone"),
    "notices.confirm_follow": _("Confirmed a follow"),
    "notices.follow_as_person": _("Followed a topic"),
    "notices.device_gone": _("Forgot a device that its push service does not know"),
    "notices.forget": _("Deleted old notices and addresses"),
    "notices.forget_person": _("Deleted the follows of an erased person"),
    "notices.letters_posted": _("Noted letters as posted"),
    "notices.move_waiting": _("Let notices go the way that the person chose"),
    "notices.note_call": _("Noted how a call ended"),
    "notices.mark_lost": _("Found mails of a lost worker"),
    "notices.mark_seen": _("Read notices"),
    "notices.note_bounce": _("Noted that mail came back"),
    "notices.remove_device": _("Took a device off"),
    "notices.remove_letter_reader": _("Deleted somebody who was told by letter"),
    "notices.request_follow": _("Asked to follow a topic"),
    "notices.resume_address": _("Let mail to an address go on"),
    "notices.save_preferences": _("Changed how notices come"),
    "notices.send_again": _("Sent mails of a notice again"),
    "notices.send_direct_again": _("Sent a mail to one recipient again"),
    "notices.single_letters_posted": _("Noted single letters as posted"),
    "notices.spread": _("Spread a notice to followers"),
    "notices.stop_all": _("Stopped following everything"),
    "notices.take_back": _("Told that a notice holds no longer"),
    "notices.take_call": _("Began to call somebody"),
    "notices.try_device": _("Tried whether notices reach a device"),
    "notices.unfollow": _("Stopped following a topic"),
    "notices.unsubscribe": _("Wanted no more mails"),
}


def connect() -> None:
    """Called once by the app's ``ready``."""
    name_actions(ACTIONS)
    name_things("notices.notice", _("Notice"), names_from(Notice.objects.all, show=_told))
    name_things("notices.follow", _("Followed topic"), _followed)


def _told(row: Notice) -> str:
    kind = kind_of(row.kind)
    return kind.subject(row.data) if kind else ""


def _followed(keys: Collection[str]) -> Mapping[str, str]:
    """Topics by the public id of the follow; who follows is not told."""
    pairs = {
        str(public_id): (kind, key)
        for public_id, kind, key in Follow.objects.filter(public_id__in=keys).values_list(
            "public_id", "kind", "key"
        )
    }
    found = topics.named(pairs.values())
    return {key: found[pair].title for key, pair in pairs.items() if pair in found}
