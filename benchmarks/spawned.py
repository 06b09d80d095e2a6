"""Prints what a command took: seconds by the clock and of processors, and peak memory in bytes: `spawned.py COMMAND…`.

A process inherits the peak of the one that starts it; this one is small, so that the figure is the command's own.
"""

import os
import sys
import time

start = time.perf_counter()
child = os.spawnv(os.P_NOWAIT, sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(child, 0)
print(f"{time.perf_counter() - start} {usage.ru_utime + usage.ru_stime} {usage.ru_maxrss * 1024}")
sys.exit(os.waitstatus_to_exitcode(status))
