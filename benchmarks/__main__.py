"""``make bench``: everything, printed as tables; ``--quick`` with a small world.

Peers in the same run: a bare Django page on the same stack (what any page costs at least), pypdfium2's
plain text
for the importer, and reportlab drawing the same words for the PDF.
"""

import argparse
import os
import tempfile


def main() -> None:
    """Set up a database of its own, then run every part."""
    parser = argparse.ArgumentParser(description="Wurt's benchmarks")
    parser.add_argument(
        "--quick", action="store_true", help="8 projects × 6 months, 1,000 documents to search"
    )
    parser.add_argument(
        "--only",
        default="",
        help="pages, load, papers, imports, search, notices, visits, backup, storm or state",
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wurt-bench-") as folder:
        os.environ.update(
            WURT_VAR=folder, DJANGO_SETTINGS_MODULE="benchmarks.settings", WURT_HOSTS="localhost,testserver"
        )
        if not os.environ.get("WURT_BENCH_POSTGRES"):
            os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from django.core.management import call_command

        from benchmarks import backup, imports, load, notices, pages, papers, search, state, storm, visits
        from benchmarks.world import build

        call_command("migrate", verbosity=0, interactive=False)
        if options.only == "state":
            state.run(options.quick)
            return
        projects, months = (8, 6) if options.quick else (48, 60)
        build(projects, months)
        print(f"\nWorld: {projects} projects × {months} months, {os.cpu_count()} cores\n")
        parts = {
            "pages": pages.run,
            "load": load.run,
            "papers": papers.run,
            "imports": imports.run,
            "search": lambda: search.run((1_000,) if options.quick else (1_000, 100_000)),
            "notices": lambda: notices.run(2_000 if options.quick else 20_000),
            "visits": lambda: visits.run(20_000 if options.quick else 200_000),
            "backup": backup.run,
            "storm": storm.run,
        }
        for name, run in parts.items():
            if options.only in ("", name):
                run()


if __name__ == "__main__":
    main()
