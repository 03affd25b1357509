"""``wurt doctor``: what is wrong with this installation, and what to do."""

import dataclasses
import json
import os
import secrets
import sys
from typing import TYPE_CHECKING

import click

from wurt.cli.boot import boot
from wurt.config import env

if TYPE_CHECKING:
    from wurt.core.operate.doctor import Result


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def command(as_json: bool) -> None:
    """Say in plain words what is wrong and what to do about it.

    Exit code 0: nothing is wrong (hints do not count); 1: something is.

    \b
    Example:  wurt doctor
              wurt doctor --json | jq '.results[].findings[]'
    """
    _make_no_key()
    try:
        boot()
    except click.ClickException as error:
        _unusable("configuration", error.message, as_json)
    except OSError as error:
        _unusable("folder", f"WURT_VAR cannot be used: {error}", as_json)
    from wurt.core.operate.doctor import examine, is_well

    results = examine()
    well = is_well(results)
    if as_json:
        click.echo(
            json.dumps(
                {"well": well, "results": [dataclasses.asdict(one) for one in results]}, ensure_ascii=False
            )
        )
    else:
        for one in results:
            _tell(one)
        click.echo("\nNothing is wrong." if well else "\nSomething is wrong; see above.")
    sys.exit(0 if well else 1)


def _make_no_key() -> None:
    """Who only looks must not make a key: where one was lost, a new one would hide the loss, and the server
    would start with it."""
    from wurt.core.operate.keys import IS_MISSING

    if not env.text("WURT_SECRET_KEY") and not (env.var_folder() / "secret_key").exists():
        os.environ.update({IS_MISSING: "yes", "WURT_SECRET_KEY": secrets.token_urlsafe(64)})


def _tell(result: "Result") -> None:
    if result.skipped:
        click.echo(f"  -      {result.name}: not asked, the database comes first")
    elif not result.findings:
        click.echo(click.style("  ok", fg="green") + f"     {result.name}")
    for finding in result.findings:
        colour = {"fault": "red", "hint": "yellow"}[finding.grade]
        click.echo(click.style(f"  {finding.grade:<5}", fg=colour) + f"  {result.name}: {finding.problem}")
        click.echo(f"         → {finding.remedy}")


def _unusable(name: str, problem: str, as_json: bool) -> None:
    """Wurt cannot even start: say so in the same form, and end."""
    finding = {
        "grade": "fault",
        "problem": problem,
        "remedy": "Repair it; `wurt config` lists every variable.",
    }
    if as_json:
        one = {"name": name, "findings": [finding], "skipped": False}
        click.echo(json.dumps({"well": False, "results": [one]}, ensure_ascii=False))
    else:
        click.echo(click.style("  fault", fg="red") + f"  {name}: {problem}\n         → {finding['remedy']}")
    sys.exit(1)
