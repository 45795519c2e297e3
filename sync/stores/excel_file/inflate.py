"""Which deflate do we use? isal where it is installed (several times faster), else zlib."""

from __future__ import annotations

import importlib
import importlib.util
import zlib
from collections.abc import Callable
from typing import Any

_fast: Any = importlib.import_module("isal.isal_zlib") if importlib.util.find_spec("isal") else None

SMALL = 4 * 1024 * 1024  # parts up to here are worth zlib's better ratio

decompressor: Callable[[], Any] = (lambda: _fast.decompressobj(-15)) if _fast else (lambda: zlib.decompressobj(-15))
crc32: Callable[[bytes, int], int] = _fast.crc32 if _fast else zlib.crc32
INFLATE_ERRORS: tuple[type[Exception], ...] = (zlib.error, *((_fast.error,) if _fast else ()))


def compressor(size: int) -> Any:
    """A raw-deflate compressor for a part of about `size` bytes."""
    if size > SMALL and _fast:
        return _fast.compressobj(1, _fast.DEFLATED, -15)
    return zlib.compressobj(1 if size > SMALL else 6, zlib.DEFLATED, -15)
