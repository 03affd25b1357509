"""What services there are: a room or module declares its own with one call in ``AppConfig.ready``.

Example::

    declare(Service("rufbus", _("Dial-a-ride"), _("A bus that comes when you order it."), owns=("shuttle",)))
"""

from dataclasses import dataclass

from django.utils.functional import Promise

from wurt.core.services.stages import Stage

Text = str | Promise

DESK = "/verwaltung/"
"""Pages of the desk are never shut: who prepares a service works there before it opens."""


@dataclass(frozen=True, slots=True)
class Service:
    """One service as citizens know it.

    ``key`` stands in addresses and tables and stays. ``owns``: what is shut while the service is not open:
    path prefixes ("/rufbus/"), namespaces ("shuttle") or single names ("shuttle:book"). ``home``: the name
    of its first page. ``instead``: what citizens can do while it is not open, if the county writes nothing
    else. ``assumed``: the stage where the county has set none; a new module waits in preparation.
    """

    key: str
    name: Text
    description: Text
    owns: tuple[str, ...] = ()
    home: str = ""
    icon: str = "info"
    instead: Text = ""
    assumed: Stage = Stage.PREPARATION


_services: dict[str, Service] = {}


def declare(*found: Service) -> None:
    """Add services; declaring one again replaces it, so that ``ready`` may run again."""
    for service in found:
        _services[service.key] = service


def withdraw(key: str) -> None:
    """Take a declaration back (for tests)."""
    _services.pop(key, None)


def services() -> tuple[Service, ...]:
    """All services in the order of their declaration."""
    return tuple(_services.values())


def service_of(key: str) -> Service | None:
    """The service, or None if nobody declares it (any more)."""
    return _services.get(key)


def owner_of(path: str, view_name: str) -> Service | None:
    """The service that an address belongs to. A single name wins over a namespace, that over a prefix; of
    two prefixes the longer."""
    if path.startswith(DESK):
        return None
    namespace = view_name.rpartition(":")[0]
    best: tuple[int, Service] | None = None
    for service in _services.values():
        for mark in service.owns:
            weight = _weight(mark, path, view_name, namespace)
            if weight and (best is None or weight > best[0]):
                best = (weight, service)
    return best[1] if best else None


def _weight(mark: str, path: str, view_name: str, namespace: str) -> int:
    if mark.startswith("/"):
        return len(mark) if path.startswith(mark) else 0
    if ":" in mark and mark == view_name:
        return 1_000_000
    return 100_000 if namespace and namespace.split(":")[0] == mark else 0
