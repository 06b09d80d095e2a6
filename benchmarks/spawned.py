"""Runs a command, then prints its seconds and its peak of memory in bytes: `python spawned.py COMMAND…`.

A process inherits the peak of the one that starts it; this one is small, so that the figure is the command's own.
"""

import os
import sys
import time

start = time.perf_counter()
child = os.spawnv(os.P_NOWAIT, sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(child, 0)
print(f"{time.perf_counter() - start} {usage.ru_maxrss * 1024}")
sys.exit(os.waitstatus_to_exitcode(status))
