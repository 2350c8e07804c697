"""How values are written in a row, and the digest that tells a true row from a damaged one.

Text is written as bytes. So nothing the API sends can fail to be written (NUL, lone surrogates), and
a damaged byte fails one row's digest instead of the decoding of a whole query.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Column = bytes | int | None
"""What a column may hold."""

_DIGEST_BYTES = 16
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FIRST_TIME = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
LAST_TIME = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
"""The greatest packed time."""


def pack_text(text: str) -> bytes:
    """Encode any text, lone surrogates included."""
    return text.encode("utf-8", "surrogatepass")


def unpack_text(packed: bytes) -> str:
    """Undo `pack_text`."""
    return packed.decode("utf-8", "surrogatepass")


def pack_time(moment: datetime) -> int:
    """Count the microseconds from 1970 to an aware time.

    A time that its offset puts outside the years 1 to 9999 UTC becomes the nearest one inside.
    """
    return max(_FIRST_TIME, min((moment - _EPOCH) // _MICROSECOND, LAST_TIME))


def unpack_time(packed: int) -> datetime:
    """Undo `pack_time`; the time is in UTC."""
    return _EPOCH + timedelta(microseconds=packed)


def digest_of_body(body: bytes) -> bytes:
    """Digest a document's bytes."""
    return blake2b(body, digest_size=_DIGEST_BYTES).digest()


def digest_of_columns(columns: Iterable[Column]) -> bytes:
    """Digest a row: everything that says whose it is and what it holds, in a fixed order.

    `ascii` of a tuple keeps each value's type and both its ends; unlike `repr` it does not change
    with the Unicode tables of the Python that runs.
    """
    return blake2b(ascii(tuple(columns)).encode("ascii"), digest_size=_DIGEST_BYTES).digest()
