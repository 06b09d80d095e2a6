"""What was laid for tables, kept beside the programs: one file for each program, its readings and shape of table."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from guiju.compiler.ir import Program, Undefined
from guiju.engine.columnar.answers import Gates
from guiju.engine.columnar.circuit import Kernel
from guiju.engine.columnar.laid import Aside, Laid, Order
from guiju.engine.columnar.leaf import Compared, Member, Options, Sets, Sides, Verdicts
from guiju.engine.columnar.letters import May, Stated, Values
from guiju.kept import files, store
from guiju.kept.form import Form, NotWritableError

_VERSION = "kept-kernel/2"
_FORM = Form(
    (Undefined, Verdicts, Options, Member, Sets, Sides, Compared, Values, Stated, May, Kernel, Gates, Aside, Laid)
)


@dataclass(frozen=True)
class Kernels:
    """What was laid for one program under one choice of readings; `of` tells these two from all others."""

    of: str

    def find(self, order: Order) -> Laid | None:
        """What was kept for an order."""
        key = self._key(order)
        data = files.find(_file(key), key)
        # whatever is wrong with it, it can still be laid anew
        with suppress(Exception):
            laid = None if data is None else _FORM.read(data["laid"])
            return laid if isinstance(laid, Laid) and laid.kernel.is_plain else None
        return None

    def keep(self, order: Order, laid: Laid) -> None:
        """Write what was laid, as far as it can be written."""
        with suppress(NotWritableError):
            key = self._key(order)
            files.keep(_file(key), key, {"laid": _FORM.written(laid)})

    def _key(self, order: Order) -> str:
        shape = [sorted(order.shape.present), sorted(order.shape.bits), order.shape.is_open]
        return files.digest(f"{_VERSION}\0{_engine()}\0{self.of}\0{shape}\0{order.wanted}\0{order.beside}")


def kernels_of(program: Program, readings: Mapping[str, str]) -> Kernels | None:
    """Where what is laid for a program is kept; None of a program that is not kept itself."""
    digest = store.digest_of(program) if files.is_on() else None
    return None if digest is None else Kernels(files.digest(f"{digest}\0{sorted(readings.items())}"))


def _file(key: str) -> Path:
    return _folder() / f"{key}.json"


def _folder() -> Path:
    return files.folder() / "kernels"


@lru_cache(maxsize=1)
def _engine() -> str:
    import guiju.engine
    import guiju.kept

    return files.state_of(guiju.engine, guiju.kept)
