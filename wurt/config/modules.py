"""The list of Wurt's modules. All are always installed; a county switches them on by data."""

MODULES = ["wurt.modules.agenda"]

CORE = [
    "wurt.core.backup",
    "wurt.core.operate",
    "wurt.core.web",
    "wurt.core.campaigns",
    "wurt.core.services",
    "wurt.core.assisted",
    "wurt.core.moderation",
    "wurt.core.notices",
    "wurt.core.spamguard",
    "wurt.core.links",
    "wurt.core.visits",
    "wurt.core.pages",
    "wurt.core.search",
    "wurt.core.indicators",
    "wurt.core.privacy",
    "wurt.core.files",
    "wurt.core.accounts",
    "wurt.core.tenancy",
    "wurt.core.action",
    "wurt.core.audit",
    "wurt.core.outbox",
    "wurt.core.db",
]
