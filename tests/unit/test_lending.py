"""Files that another program reads: private, named, gone afterwards, swept after a run that was killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from feather_tui.errors import SettingsInvalid
from feather_tui.lending import lent, lent_directory, sweep

KILLED = """
import os, signal, sys
from pathlib import Path
from feather_tui.lending import lent
with lent(Path(sys.argv[1]), "session.json", b"{}"):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def files(state: Path) -> list[Path]:
    return [path for path in lent_directory(state).rglob("*") if path.is_file()]


def grow_old(state: Path) -> None:
    long_ago = time.time() - 3600
    for directory in lent_directory(state).iterdir():
        os.utime(directory, (long_ago, long_ago))


def test_a_file_is_private_and_there_for_the_time_of_the_block(tmp_path: Path) -> None:
    with lent(tmp_path, "session-1-analysis.json", b"[1]") as file:
        assert file.name == "session-1-analysis.json"
        assert file.read_bytes() == b"[1]"
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.parent.stat().st_mode & 0o777 == 0o700
        (file.parent / ".session.swp").write_text("an editor's own")
    assert files(tmp_path) == []
    assert list(lent_directory(tmp_path).iterdir()) == []


def test_two_programs_may_read_files_of_one_name(tmp_path: Path) -> None:
    with lent(tmp_path, "a.json", b"1") as one, lent(tmp_path, "a.json", b"2") as other:
        assert (one.read_bytes(), other.read_bytes()) == (b"1", b"2")


def test_a_copy_that_a_killed_run_wrote_half_is_swept(tmp_path: Path) -> None:
    half = tmp_path / ".copied.txt.0011223344556677.feather-partial"
    half.touch()
    sweep(tmp_path)
    assert not half.exists()


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(files(tmp_path)) == 1
    sweep(tmp_path)
    assert len(files(tmp_path)) == 1  # it might have been made a moment ago, and not be locked yet
    grow_old(tmp_path)
    sweep(tmp_path)
    assert files(tmp_path) == []


def test_what_is_lent_is_not_swept_however_old(tmp_path: Path) -> None:
    with lent(tmp_path, "a.json", b"1") as file:
        grow_old(tmp_path)
        sweep(tmp_path)
        assert file.exists()
    assert files(tmp_path) == []


def test_only_what_was_lent_is_swept(tmp_path: Path) -> None:
    kept = lent_directory(tmp_path) / "notes"
    kept.mkdir(parents=True)
    lent_directory(tmp_path).chmod(0o700)
    (kept / "mine.txt").write_text("mine")
    grow_old(tmp_path)
    sweep(tmp_path)
    assert files(tmp_path) == [kept / "mine.txt"]
    sweep(tmp_path / "nothing here")


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "0123456789abcdef").mkdir(parents=True)
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    lent_directory(state).symlink_to(elsewhere)
    with pytest.raises(SettingsInvalid, match="symbolic link"):
        sweep(state)
    assert (elsewhere / "0123456789abcdef").exists()


def test_what_cannot_be_removed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", refuse)
        with pytest.raises(SettingsInvalid, match="cannot be removed: Permission denied"):  # noqa: SIM117 - what is left of the block is what raises
            with lent(tmp_path, "a.json", b"1"):
                pass
    shutil.rmtree(lent_directory(tmp_path))
