"""``python -m wurt`` is the ``wurt`` command."""

from wurt.cli import main

if __name__ == "__main__":
    main()
