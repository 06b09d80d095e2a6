"""The command `guiju`, and `python -m guiju`: what takes a moment to import may be interrupted, too."""

import sys


def main() -> None:
    """Run the command; end without a word where it is interrupted, from the first moment on."""
    try:
        from guiju.cli.main import main as command

        command()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
