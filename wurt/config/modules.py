"""The list of Wurt's modules. All are always installed; a county switches them on by data."""

MODULES = ["wurt.modules.agenda"]

CORE = [
    "wurt.core.backup",
    "wurt.core.operate",
    "wurt.core.web",
    "wurt.core.notices",
    "wurt.core.pages",
    "wurt.core.search",
    "wurt.core.privacy",
    "wurt.core.files",
    "wurt.core.accounts",
    "wurt.core.tenancy",
    "wurt.core.action",
    "wurt.core.audit",
    "wurt.core.outbox",
    "wurt.core.db",
]
