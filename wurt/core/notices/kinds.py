"""Kinds of notices: modules register theirs in ``AppConfig.ready``, with texts, sample and defaults."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
Data = Mapping[str, Any]


class Channel(TextChoices):
    """How a notice reaches a person."""

    IN_APP = "in_app", _("on these pages")
    EMAIL = "email", _("by e-mail")
    PUSH = "push", _("on my devices")
    LETTER = "letter", _("by letter")
    CALL = "call", _("by phone")


class Frequency(TextChoices):
    """When a notice goes out on a channel."""

    NOW = "now", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    NEVER = "never", _("never")


CHOSEN_CHANNELS = (Channel.IN_APP, Channel.EMAIL, Channel.PUSH)
"""Channels that a person chooses a frequency for. Letters and calls are made by staff whenever some wait."""


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a notice: shown to those who follow one of ``topics`` (pairs of kind and key)."""

    topics: tuple[tuple[str, str], ...]
    data: Data


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """``subject`` makes the subject from the notice's data. ``text`` and ``html`` are templates of the body;
    they see ``notice`` (the data), ``parts`` (data of the parts for this reader) and ``base`` (address of the
    site, without slash). The text's paragraphs are parted by blank lines, lists begin with "- ": letters are
    made of it too. ``sample`` gives data and parts for the style guide. ``direct``: goes to one recipient who
    is owed it (``direct.py``); nobody follows it, and nobody chooses when or whether."""

    key: str
    label: Text
    meaning: Text
    subject: Callable[[Data], str]
    text: str
    html: str
    sample: Callable[[], tuple[Data, Sequence[Part]]]
    defaults: Mapping[Channel, Frequency] = field(default_factory=dict)
    direct: bool = False

    def default(self, channel: Channel) -> Frequency:
        """The frequency for whoever has chosen none."""
        return self.defaults.get(channel, Frequency.NOW)


_kinds: dict[str, NoticeKind] = {}


def register(*kinds: NoticeKind) -> None:
    """Add kinds; registering one again replaces it, so that ``ready`` may run again."""
    _kinds.update({kind.key: kind for kind in kinds})


def kinds() -> tuple[NoticeKind, ...]:
    """All kinds in the order of their registration."""
    return tuple(_kinds.values())


def chosen_kinds() -> tuple[NoticeKind, ...]:
    """Kinds for which people choose how and when they are told."""
    return tuple(kind for kind in _kinds.values() if not kind.direct)


def optional_kinds() -> tuple[NoticeKind, ...]:
    """Kinds that nobody gets who has not switched them on."""
    return tuple(kind for kind in chosen_kinds() if kind.default(Channel.EMAIL) is Frequency.NEVER)


def kind_of(key: str) -> NoticeKind | None:
    """The kind, or None if no module speaks for it any more."""
    return _kinds.get(key)


def frequency(choices: Mapping[str, Mapping[str, str]], kind: str, channel: Channel) -> Frequency:
    """What a person has chosen (``choices[kind][channel]``), else the kind's default."""
    chosen = choices.get(kind, {}).get(channel.value)
    if chosen in Frequency.values:
        return Frequency(chosen)
    known = kind_of(kind)
    return known.default(channel) if known else Frequency.NOW
