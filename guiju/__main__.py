"""`python -m guiju`: the same as the command `guiju`."""

from guiju.cli.main import main

if __name__ == "__main__":
    main()
