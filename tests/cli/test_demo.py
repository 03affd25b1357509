"""``wurt demo``: one at a time."""

import fcntl
from pathlib import Path

import click
import pytest

from wurt.cli import demo


def test_a_second_start_says_where_the_first_one_is(settings: object, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path  # type: ignore[attr-defined]
    first = demo._only_one()
    first.write("http://localhost:8007")
    first.flush()
    with pytest.raises(click.ClickException) as refused:
        demo._only_one()
    assert "is already running at http://localhost:8007" in refused.value.message
    assert refused.value.exit_code == 1
    fcntl.flock(first, fcntl.LOCK_UN)
    first.close()
    demo._only_one().close()
    assert (tmp_path / "demo.lock").read_text() == ""
