from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from wurt.core.visits.areas import Area
from wurt.core.visits.areas import register as add_areas
from wurt.core.web.menu import MenuEntry, register


class VisitsConfig(AppConfig):
    name = "wurt.core.visits"
    label = "visits"

    def ready(self) -> None:
        # Models exist only now, and these need them.
        from wurt.core.visits import checks  # noqa: F401, PLC0415
        from wurt.core.visits.accounts import take_part  # noqa: PLC0415
        from wurt.core.visits.figures import register_figures  # noqa: PLC0415

        add_areas(
            Area("pages", _("Information pages"), ("pages", "tenancy")),
            Area("search", _("Searching"), ("search",)),
            Area("notices", _("Following and notices"), ("notices",)),
            Area("services", _("Services and their stage"), ("services",)),
            Area("figures", _("Figures"), ("indicators", "visits")),
            Area("accounts", _("Account and my page"), ("accounts", "privacy")),
        )
        register(MenuEntry(_("Use of this site"), "visits:usage", order=920, audience="footer"))
        take_part()
        register_figures()
