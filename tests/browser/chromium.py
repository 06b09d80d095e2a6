"""Where Chromium is, and how it comes to be there: `python -m tests.browser.chromium` installs it where it is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def installed() -> str | None:
    """The browser of this machine: the one named by GUIJU_CHROMIUM, or one of the usual names."""
    return os.environ.get("GUIJU_CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)


def arguments() -> list[str]:
    """How it is started: without talking to anybody, and as root without a sandbox, which it has none for."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*QUIET, *(["--no-sandbox"] if is_root else [])]


def install() -> None:
    """Install it by the package manager where that may be done, else let Playwright fetch its own."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium", "fonts-noto-cjk"]):
            subprocess.run(["apt-get", "-qq", *command], check=True, stdout=subprocess.DEVNULL)
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__" and installed() is None:
    install()
