"""What a process of our own does so that it never outlives the one that started it."""

from __future__ import annotations

import os
import threading


def end_with_the_starter() -> None:
    """From now on this process ends as soon as the one that started it is gone, whatever it is at."""
    threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    """Wait for the starter to be gone, be it killed: it has nobody left then to tell this process."""
    import multiprocessing

    starter = multiprocessing.parent_process()
    if starter is not None:
        starter.join()
    os._exit(1)
