"""What the libraries for packed files (ZIP) and the XML in them raise when a file is not whole: one list for all."""

from __future__ import annotations

import struct
import zlib
from zipfile import BadZipFile

#: RuntimeError is an encrypted member, too, and XML nested without end; SyntaxError is what is no XML, LookupError
#: also an encoding that nobody knows
DAMAGED: tuple[type[Exception], ...] = (
    *(BadZipFile, zlib.error, struct.error, OSError, EOFError, NotImplementedError, RuntimeError, SyntaxError),
    *(LookupError, ValueError, TypeError, AttributeError, ArithmeticError),
)
