"""Where Java is, and how it comes to be there: `python -m tests.spark.java` installs it where it is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGE = "default-jre-headless"


def installed() -> bool:
    """Whether Spark will find a Java: the one that JAVA_HOME names, or the one on the path."""
    home = os.environ.get("JAVA_HOME")
    return (Path(home) / "bin" / "java").is_file() if home else shutil.which("java") is not None


def install() -> None:
    """Install it by the package manager where that may be done, else say what to do."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        sys.exit("Spark needs Java 17 or newer: install one, or let JAVA_HOME name it.")
    for command in (["update"], ["install", "--yes", "--no-install-recommends", PACKAGE]):
        subprocess.run(["apt-get", "-qq", *command], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__" and not installed():
    install()
