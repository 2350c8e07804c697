"""Several programs on one cache, and programs that are killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from store_samples import ANALYSIS, SCOPE, document, opened, session, stored

if TYPE_CHECKING:
    from collections.abc import Iterator

TESTS = Path(__file__).parents[1]

# Says that it is ready, then waits for a line: so several start at one moment.
OPENER = """
import sys
from pathlib import Path
from store_samples import ANALYSIS, NOW, SCOPE, document, opened, session
print("ready", flush=True)
sys.stdin.readline()
with opened(Path(sys.argv[1])) as store:
    number = int(sys.argv[2])
    store.put(SCOPE, session(number), ANALYSIS, document(number), NOW)
    print(store.info().in_memory, *store.notices, flush=True)
"""

# Writes without end, and says after each document that it is in.
WRITER = """
import sys
from itertools import count
from pathlib import Path
from store_samples import ANALYSIS, NOW, SCOPE, document, opened, session
with opened(Path(sys.argv[1])) as store:
    for number in count():
        store.put(SCOPE, session(number), ANALYSIS, document(number, 300_000), NOW)
        print(number, flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "sessions.sqlite3"


def start(program: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=TESTS.parent,
        env={"PYTHONPATH": f"{TESTS.parent}:{TESTS}"},
    )


@pytest.fixture
def openers(path: Path) -> Iterator[list[subprocess.Popen[str]]]:
    processes = [start(OPENER, path, number) for number in range(4)]
    yield processes
    for process in processes:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("content", [None, b"garbage" * 5000], ids=["new", "damaged"])
def test_four_programs_open_one_cache_at_once(
    path: Path, openers: list[subprocess.Popen[str]], content: bytes | None
) -> None:
    if content is not None:
        path.parent.mkdir(mode=0o700)
        path.write_bytes(content)
    for process in openers:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in openers:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    said = [process.communicate()[0] for process in openers]
    assert all(line.startswith("False") for line in said)
    assert sum("set aside" in line for line in said) == (content is not None)
    with opened(path) as store:
        for number in range(4):
            assert store.get(SCOPE, session(number), ANALYSIS) == stored(document(number))


@pytest.mark.parametrize("puts", [0, 7])
def test_a_program_killed_while_it_writes_leaves_every_finished_document(path: Path, puts: int) -> None:
    with start(WRITER, path) as process:
        assert process.stdout is not None
        finished = -1
        while finished < puts:
            finished = int(process.stdout.readline())
        process.kill()
        finished = max([finished, *map(int, process.stdout.read().split())])
    with opened(path) as store:
        for number in range(finished + 1):
            assert store.get(SCOPE, session(number), ANALYSIS) == stored(document(number, 300_000))
        begun = store.get(SCOPE, session(finished + 1), ANALYSIS)
        assert begun in (None, stored(document(finished + 1, 300_000)))
        assert store.get(SCOPE, session(finished + 2), ANALYSIS) is None
        assert store.notices == ()
        assert not store.info().in_memory
