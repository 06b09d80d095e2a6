"""A guard against blow-ups: what goes over its input again and again takes minutes, and no machine is that slow."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time

#: seconds of processor time: thirty times what any use takes on a slow machine, half of what a blow-up takes
PATIENCE = 30


@contextmanager
def no_blow_up() -> Iterator[None]:
    """What is done inside ends within `PATIENCE`; how fast it is, is for the benchmarks to say."""
    begun = process_time()
    yield
    took = process_time() - begun
    assert took < PATIENCE, f"{took:.0f} seconds of processor time: something goes over its input again and again"
