"""The documentation of the rules is what their records say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import feather_tui.findings
from feather_tui.findings.catalogue import BY_ID
from feather_tui.findings.table import table

README = Path(feather_tui.findings.__file__).with_name("README.md").read_text(encoding="utf-8")


def test_the_readme_holds_the_table_made_from_the_records() -> None:
    _, _, rest = README.partition("<!-- table -->\n")
    assert rest.partition("<!-- /table -->")[0] == table(), "run python -m feather_tui.findings.table"


def test_the_command_prints_the_table() -> None:
    command = [sys.executable, "-X", "utf8", "-m", "feather_tui.findings.table"]
    printed = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    assert printed.stdout == table()


def test_every_rule_has_one_line() -> None:
    lines = table().splitlines()[2:]
    assert [line.split(" | ")[0].removeprefix("| ") for line in lines] == list(BY_ID)
    assert all(line.count(" | ") == 5 for line in lines)


def test_the_changes_name_rules_that_exist() -> None:
    changes = README.partition("first draft")[2]
    named = set(re.findall(r"`([A-Z_]+)`", changes))
    assert named <= set(BY_ID)
    assert "TOOL_IGNORED" in named
