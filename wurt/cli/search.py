"""``wurt search``: rebuild the index, measure it."""

import os
import tempfile
from pathlib import Path

import click

from wurt.cli.boot import boot

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def command() -> None:
    """Rebuild the search index, or measure how good and how fast the search is.

    \b
    Example:  wurt search rebuild
    """


@command.command()
def rebuild() -> None:
    """Empty the search index and fill it again from what is public now.

    The worker keeps it current by itself; this is for after a restore, or when in doubt.

    \b
    Example:  wurt search rebuild
    """
    boot()
    from wurt.core.search import indexing

    click.echo(f"{indexing.rebuild()} documents can be found.")


@command.command()
@click.argument("corpus", type=FILE)
@click.argument("queries", type=FILE, nargs=-1, required=True)
@click.option("--configured", is_flag=True, help="In the configured database instead of a temporary SQLite.")
def evaluate(corpus: Path, queries: tuple[Path, ...], configured: bool) -> None:
    """Index a foreign corpus and print, for each spelling, nDCG@10 and the 95th percentile per query.

    CORPUS: one page a line, {"id", "title", "text", "region"}. QUERIES: one question a line, {"id", "region",
    "relevant": id or {id: grade}} and any number of spellings. Several files of questions are measured each
    by itself and all together. The corpus is taken out again afterwards.

    \b
    Example:  wurt search evaluate corpus.jsonl queries.jsonl
    """
    with tempfile.TemporaryDirectory(prefix="wurt-search-") as folder:
        if not configured:
            os.environ["DATABASE_URL"] = f"sqlite:///{folder}/search.sqlite3"
        boot()
        if not configured:
            from django.core.management import call_command

            call_command("migrate", interactive=False, verbosity=0)
        _measure(corpus, queries)


def _measure(corpus: Path, queries: tuple[Path, ...]) -> None:
    from wurt.core.search import evaluation

    try:
        pages = evaluation.read(corpus)
        asked = {path.name: evaluation.read(path) for path in queries}
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    if len(asked) > 1:
        asked["all"] = [row for rows in asked.values() for row in rows]
    try:
        seconds = evaluation.index_corpus(pages)
        click.echo(f"{len(pages)} documents indexed in {seconds:.1f} s")
        for name, rows in asked.items():
            click.echo(f"\n{name}: {len(rows)} questions\n  {'spelling':<16}{'nDCG@10':>8}{'p95 ms':>9}")
            for outcome in evaluation.evaluate(rows):
                click.echo(f"  {outcome.spelling:<16}{outcome.ndcg:>8.4f}{outcome.p95:>9.1f}")
    finally:
        evaluation.forget_corpus()
