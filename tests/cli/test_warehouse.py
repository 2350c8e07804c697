"""What `triage --format jsonl` prints, in the tools that take over: its documented fields, and DuckDB."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import triage_incident
from command_line import Feather
from loopback import LoopbackApi
from loopback_answers import failure

from feather_tui.export.cases import COLUMNS

README = (Path(__file__).parents[2] / "README.md").read_text()
SAMPLES = tuple(triage_incident.sessions(3))


def test_the_documented_fields_are_those_that_are_printed() -> None:
    table = README.partition("<!-- cases -->")[2].partition("<!-- /cases -->")[0]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert tuple(name for cell in first_cells for name in re.findall("`(.*?)`", cell)) == COLUMNS


def asked(directory: Path, query: str) -> list[list[Any]]:
    """Ask DuckDB in a process of its own: some of its releases complain when Python ends."""
    program = "import duckdb, json, sys; print(json.dumps(duckdb.sql(sys.argv[1]).fetchall(), default=str))"
    done = subprocess.run(
        [sys.executable, "-c", program, query], cwd=directory, capture_output=True, check=True
    )
    answer: list[list[Any]] = json.loads(done.stdout)
    return answer


@pytest.mark.skipif(find_spec("duckdb") is None, reason="duckdb has no wheel for this platform")
def test_the_query_of_the_readme_finds_the_planted_cause(
    feather: Feather, server: LoopbackApi, tmp_path: Path
) -> None:
    for sample in SAMPLES:
        server.serve(sample.session_id, analysis=sample.analysis, extraction=sample.extraction)
    server.serve(SAMPLES[-1].session_id, analysis=failure(404))  # its row is empty but for the reason
    ids = "\n".join(sample.session_id for sample in SAMPLES).encode()
    printed = feather("triage", "-", "--rate", "50", "--format", "jsonl", piped=ids).out
    (tmp_path / "cases.jsonl").write_text(printed)

    line = next(line for line in README.splitlines() if line.startswith("duckdb -c"))
    _, _, query = shlex.split(line)
    first, *_ = asked(tmp_path, f"SELECT tool, error, sessions, CAST(since AS VARCHAR) FROM ({query})")  # noqa: S608 - our own

    planted = [row for row in map(triage_incident.case_from, SAMPLES[:-1]) if "ERP" in str(row.errors)]
    since = min(row.started_at for row in planted if row.started_at)
    assert first[:3] == [*triage_incident.SIGNATURE.split(": ", 1), len(planted)]
    assert first[3].startswith(f"{since:%Y-%m-%d %H:%M:%S}")
    assert asked(tmp_path, "SELECT count(*) FROM 'cases.jsonl' WHERE failed IS NULL") == [[1]]
    columns = asked(tmp_path, "SELECT column_name FROM (DESCRIBE SELECT * FROM 'cases.jsonl')")
    assert [name for (name,) in columns] == list(COLUMNS)
