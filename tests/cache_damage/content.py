"""The bytes of the file are not what they were."""

from __future__ import annotations

import gzip
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Final

from cache_damage.spoil import PAGE, by_name


def _changed(path: Path, change: Callable[[bytearray], object]) -> None:
    content = bytearray(path.read_bytes())
    change(content)
    path.write_bytes(content)


def flipped_bits(path: Path, chance: random.Random) -> None:
    def flip(content: bytearray) -> None:
        for _ in range(chance.choice((1, 1, 1, 8, 64))):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)

    _changed(path, flip)


def flipped_in_header(path: Path, chance: random.Random) -> None:
    def flip(content: bytearray) -> None:
        content[chance.randrange(100)] ^= 1 << chance.randrange(8)

    _changed(path, flip)


def flipped_in_schema(path: Path, chance: random.Random) -> None:
    def flip(content: bytearray) -> None:
        content[chance.randrange(100, PAGE)] ^= 1 << chance.randrange(8)

    _changed(path, flip)


def truncated(path: Path, chance: random.Random) -> None:
    os.truncate(path, chance.randrange(path.stat().st_size))


def cut_at_a_page(path: Path, chance: random.Random) -> None:
    os.truncate(path, PAGE * chance.randrange(path.stat().st_size // PAGE))


def lengthened(path: Path, chance: random.Random) -> None:
    with path.open("ab") as file:
        file.write(chance.randbytes(chance.randrange(1, 3 * PAGE)))


def zeroed_page(path: Path, chance: random.Random) -> None:
    page = chance.randrange(path.stat().st_size // PAGE) * PAGE
    _changed(path, lambda content: content.__setitem__(slice(page, page + PAGE), bytes(PAGE)))


def random_page(path: Path, chance: random.Random) -> None:
    page = chance.randrange(path.stat().st_size // PAGE) * PAGE
    _changed(path, lambda content: content.__setitem__(slice(page, page + PAGE), chance.randbytes(PAGE)))


def swapped_pages(path: Path, chance: random.Random) -> None:
    def swap(content: bytearray) -> None:
        one, other = (PAGE * number for number in chance.sample(range(len(content) // PAGE), 2))
        content[one : one + PAGE], content[other : other + PAGE] = (
            content[other : other + PAGE],
            content[one : one + PAGE],
        )

    _changed(path, swap)


def not_a_database(path: Path, chance: random.Random) -> None:
    contents = (
        b"garbage" * chance.randrange(1, 9000),
        chance.randbytes(chance.randrange(1, 90_000)),
        bytes(chance.randrange(1, 90_000)),
        b"SQLite format 3\x00" + chance.randbytes(20_000),
        b"SQLite format 3\x00",
        gzip.compress(path.read_bytes()),
        b'{"an": "export"}\n',
    )
    path.write_bytes(chance.choice(contents))


def empty(path: Path, chance: random.Random) -> None:
    del chance
    path.write_bytes(b"")


def huge(path: Path, chance: random.Random) -> None:
    if chance.random() < 0.5:
        path.write_bytes(b"garbage")
    os.truncate(path, 20 << 30)


SPOILS: Final = by_name(
    *(flipped_bits, flipped_in_header, flipped_in_schema, truncated, cut_at_a_page, lengthened),
    *(zeroed_page, random_page, swapped_pages, not_a_database, empty, huge),
)
