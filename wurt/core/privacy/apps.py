from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wurt.core.accounts.my_page import Section
from wurt.core.accounts.my_page import register as add_section
from wurt.core.audit.words import name_actions, name_systems, name_things, names_from, table_word
from wurt.core.web import desk
from wurt.core.web.menu import MenuEntry, register


class PrivacyConfig(AppConfig):
    name = "wurt.core.privacy"
    label = "privacy"

    def ready(self) -> None:
        # Models exist only now, and these modules need them.
        from wurt.core.accounts.queries import may_manage_people  # noqa: PLC0415
        from wurt.core.privacy import disk, field_words, handlers, people  # noqa: F401, PLC0415
        from wurt.core.privacy.models import Disposal  # noqa: PLC0415

        add_section(Section("data", _("Your data"), "privacy/mine.html", lambda actor: {}, order=90))
        name_systems({"retention": _("Daily deletion")})
        name_actions(
            {
                "accounts.erase_person": _("Erased a person's data"),
                "privacy.erase_person": _("Erased a person's data"),
                "privacy.erase_myself": _("Deleted the own account"),
                "privacy.export_person": _("Downloaded a person's data"),
                "privacy.export_myself": _("Downloaded the own data"),
                "privacy.dispose": _("Deleted what is no longer kept"),
                "privacy.remove_strays": _("Deleted files that nothing needs"),
                "privacy.empty_cache": _("Deleted what the cache no longer gives out"),
                "privacy.warn_of_end": _("Warned that a login ends"),
                "privacy.end_login": _("Ended a login that nobody used"),
                "privacy.begin_periods": _("Noted who has no tie any more"),
            }
        )

        name_things(
            "privacy.disposal",
            _("Daily deletion of what is no longer kept"),
            names_from(Disposal.objects.all, "pk", lambda row: f"{table_word(row.rule)} ({row.number})"),
        )

        def manages(request: HttpRequest) -> bool:
            return may_manage_people(request.actor)  # type: ignore[attr-defined]

        register(
            MenuEntry(
                _("Data protection"),
                "privacy:register",
                order=820,
                audience="staff",
                parent=desk.ADMINISTRATION,
                permission=manages,
            )
        )
