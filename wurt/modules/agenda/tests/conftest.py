"""What is kept in memory of published months must not reach the next test, whose rows have the same
numbers.
"""

from collections.abc import Iterator

import pytest

from wurt.modules.agenda.actions import imports_run
from wurt.modules.agenda.queries import public_projects, public_published


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    public_projects.forget()
    public_published.forget()
    yield
    public_projects.forget()
    public_published.forget()


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a busy machine cannot read in time goes to the worker; tests want to see the result."""
    monkeypatch.setattr(imports_run, "PATIENCE", 600.0)
    monkeypatch.setattr(imports_run, "PATIENCE_SEVERAL", 600.0)
