from __future__ import annotations

import errno
import fcntl
import os
import stat
from typing import TYPE_CHECKING

import pytest

from feather_tui import private_files
from feather_tui.errors import SettingsInvalid
from feather_tui.private_files import (
    check_own_file,
    ensure_private_directory,
    ensure_private_file,
    read_owned,
    read_private,
    sweep,
    write_private,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.fixture
def umask_against_ourselves() -> Iterator[None]:
    before = os.umask(0o777)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def private(path: Path, content: bytes = b"secret") -> Path:
    path.write_bytes(content)
    path.chmod(0o600)
    return path


@pytest.mark.usefixtures("umask")
def test_a_new_directory_and_its_new_parents_are_closed_to_others(tmp_path: Path) -> None:
    ensure_private_directory(tmp_path / "a" / "b" / "c")
    assert [mode(tmp_path / part) for part in ("a", "a/b", "a/b/c")] == [0o700] * 3


def test_a_directory_that_is_already_there_is_kept_with_what_it_holds(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    private(tmp_path / "kept")
    ensure_private_directory(tmp_path)
    assert read_private(tmp_path / "kept") == b"secret"


def test_a_directory_others_may_read_is_tightened_and_its_parent_left_alone(tmp_path: Path) -> None:
    directory = tmp_path / "readable"
    directory.mkdir()
    directory.chmod(0o755)
    tmp_path.chmod(0o755)
    ensure_private_directory(directory)
    assert (mode(directory), mode(tmp_path)) == (0o700, 0o755)


@pytest.mark.parametrize("wide", [0o770, 0o702, 0o777])
def test_a_directory_others_may_write_to_is_refused_untouched(tmp_path: Path, wide: int) -> None:
    directory = tmp_path / "shared"
    directory.mkdir()
    directory.chmod(wide)
    with pytest.raises(SettingsInvalid, match="Other users may write"):
        ensure_private_directory(directory)
    assert mode(directory) == wide


def test_a_symbolic_link_in_place_of_a_directory_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    for link in (tmp_path / "link", tmp_path / "dangling"):
        with pytest.raises(SettingsInvalid, match="symbolic link"):
            ensure_private_directory(link)


def test_a_file_in_place_of_a_directory_is_refused(tmp_path: Path) -> None:
    private(tmp_path / "file")
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(SettingsInvalid, match="cannot be used: Not a directory"):
            ensure_private_directory(path)


@pytest.mark.parametrize("check", [ensure_private_directory, ensure_private_file, read_private])
def test_what_belongs_to_another_user_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check: Callable[[Path], object]
) -> None:
    tmp_path.chmod(0o700)
    path = tmp_path if check is ensure_private_directory else private(tmp_path / "file")
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    with pytest.raises(SettingsInvalid, match="belongs to another user"):
        check(path)


@pytest.mark.usefixtures("umask")
def test_a_new_private_file_is_empty_and_closed_to_others(tmp_path: Path) -> None:
    ensure_private_file(tmp_path / "new")
    assert (tmp_path / "new").read_bytes() == b""
    assert mode(tmp_path / "new") == 0o600


def test_a_private_file_that_is_there_keeps_its_bytes_and_is_tightened(tmp_path: Path) -> None:
    file = private(tmp_path / "file")
    file.chmod(0o644)
    ensure_private_file(file)
    assert (file.read_bytes(), mode(file)) == (b"secret", 0o600)


@pytest.mark.parametrize("check", [ensure_private_file, read_private])
def test_what_is_not_a_plain_file_is_refused(tmp_path: Path, check: Callable[[Path], object]) -> None:
    (tmp_path / "link").symlink_to(private(tmp_path / "real"))
    (tmp_path / "directory").mkdir()
    os.mkfifo(tmp_path / "pipe", 0o600)
    for name, why in (
        ("link", "symbolic link"),
        ("directory", "not a regular file"),
        ("pipe", "not a regular file"),
    ):
        with pytest.raises(SettingsInvalid, match=why):
            check(tmp_path / name)


def test_a_private_file_cannot_be_made_where_there_is_no_directory(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match="No such file"):
        ensure_private_file(tmp_path / "missing" / "file")


@pytest.mark.usefixtures("umask")
def test_what_is_written_can_be_read_by_nobody_else(tmp_path: Path) -> None:
    write_private(tmp_path / "key", b"first")
    write_private(tmp_path / "key", b"second")
    assert read_private(tmp_path / "key") == b"second"
    assert mode(tmp_path / "key") == 0o600
    assert os.listdir(tmp_path) == ["key"]  # noqa: PTH208 - names are what is compared


@pytest.mark.usefixtures("umask_against_ourselves")
def test_what_is_written_can_be_read_by_us(tmp_path: Path) -> None:
    write_private(tmp_path / "key", b"content")
    ensure_private_file(tmp_path / "empty")
    assert mode(tmp_path / "key") == mode(tmp_path / "empty") == 0o600


def test_writing_tightens_a_file_that_others_could_read(tmp_path: Path) -> None:
    private(tmp_path / "key").chmod(0o644)
    write_private(tmp_path / "key", b"new")
    assert read_private(tmp_path / "key") == b"new"


def test_writing_replaces_a_symbolic_link_and_spares_what_it_points_to(tmp_path: Path) -> None:
    victim = private(tmp_path / "victim", b"untouched")
    (tmp_path / "key").symlink_to(victim)
    write_private(tmp_path / "key", b"new")
    assert victim.read_bytes() == b"untouched"
    assert read_private(tmp_path / "key") == b"new"


def test_a_write_that_cannot_finish_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "key").mkdir()  # a file cannot replace a directory, which shows only at the very end
    with pytest.raises(SettingsInvalid, match="cannot be used"):
        write_private(tmp_path / "key", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = private(tmp_path / "key", b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingsInvalid, match="No space left on device"):
        write_private(file, b"new")
    assert file.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_writing_into_a_missing_directory_is_explained(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match="No such file"):
        write_private(tmp_path / "missing" / "key", b"new")


def test_an_absent_file_is_told_from_a_bad_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_private(tmp_path / "absent")


@pytest.mark.parametrize("wide", [0o640, 0o604, 0o620, 0o644])
def test_a_file_others_may_read_or_change_is_not_read(tmp_path: Path, wide: int) -> None:
    file = private(tmp_path / "key")
    file.chmod(wide)
    with pytest.raises(SettingsInvalid, match="Other users may read or change") as caught:
        read_private(file)
    assert f"chmod 600 {file}" in caught.value.advice


def test_a_link_made_after_the_look_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "link").symlink_to(private(tmp_path / "real"))
    monkeypatch.setattr(private_files, "_refuse_link", lambda _path: None)
    with pytest.raises(SettingsInvalid, match="symbolic links"):
        read_private(tmp_path / "link")


def killed_writer(directory: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Leave the file that a writer killed before its end leaves."""

    def killed(_descriptor: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", killed)
        patch.setattr("pathlib.Path.unlink", lambda _path: None)
        with pytest.raises(KeyboardInterrupt):
            write_private(directory / "key", b"secret")
    (leftover,) = (path for path in directory.iterdir() if path.name != "key")
    return leftover


def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the file system one that knows no locks."""

    def unknown(_descriptor: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", unknown)


def test_a_killed_write_is_swept_away_at_once_and_nothing_else_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private(tmp_path / "key", b"old")
    leftover = killed_writer(tmp_path, monkeypatch)
    assert (leftover.read_bytes(), mode(leftover)) == (b"secret", 0o600)
    sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_a_write_still_going_on_is_not_swept_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _descriptor: sweep(tmp_path))
    write_private(tmp_path / "key", b"new")
    assert read_private(tmp_path / "key") == b"new"


def test_without_locks_a_leftover_is_told_by_its_age(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    leftover = killed_writer(tmp_path, monkeypatch)
    sweep(tmp_path)
    assert leftover.exists()
    os.utime(leftover, (0, 0))
    sweep(tmp_path)
    assert not leftover.exists()


def test_a_missing_directory_needs_no_sweeping(tmp_path: Path) -> None:
    sweep(tmp_path / "missing")


def test_a_linked_directory_is_not_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "real").mkdir()
    leftover = killed_writer(tmp_path / "real", monkeypatch)
    (tmp_path / "link").symlink_to("real")
    with pytest.raises(SettingsInvalid, match="symbolic link"):
        sweep(tmp_path / "link")
    assert leftover.exists()


@pytest.mark.parametrize("locks", [True, False])
def test_another_process_may_sweep_at_the_same_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, locks: bool
) -> None:
    leftovers = [killed_writer(tmp_path, monkeypatch)]
    if not locks:
        without_locks(monkeypatch)
    leftovers[0].unlink()
    monkeypatch.setattr("pathlib.Path.iterdir", lambda _directory: iter(leftovers))
    sweep(tmp_path)


def test_a_leftover_that_cannot_be_removed_is_reported(tmp_path: Path) -> None:
    stuck = tmp_path / ".key.0.feather-partial"
    stuck.mkdir()  # unlink refuses a directory, whoever asks
    with pytest.raises(SettingsInvalid, match="cannot be used"):
        sweep(tmp_path)


@pytest.mark.parametrize("read", [read_private, read_owned])
def test_a_file_in_a_directory_that_others_could_change_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Callable[[Path], bytes]
) -> None:
    directory = tmp_path / "directory"
    directory.mkdir(mode=0o700)
    private(directory / "file")
    (tmp_path / "link").symlink_to("directory")
    with pytest.raises(SettingsInvalid, match=r"link is a symbolic link"):
        read(tmp_path / "link" / "file")
    directory.chmod(0o770)
    with pytest.raises(SettingsInvalid, match="Other users may write to"):
        read(directory / "file")
    directory.chmod(0o755)
    assert read(directory / "file") == b"secret"
    monkeypatch.setattr(os, "geteuid", lambda: directory.stat().st_uid + 1)
    with pytest.raises(SettingsInvalid, match="directory belongs to another user"):
        read(directory / "file")


def test_a_file_that_others_may_read_is_ours_until_they_may_change_it(tmp_path: Path) -> None:
    file = private(tmp_path / "config.toml")
    file.chmod(0o644)
    assert read_owned(file) == b"secret"
    file.chmod(0o664)
    with pytest.raises(SettingsInvalid, match="Other users may change") as caught:
        read_owned(file)
    assert f"chmod go-w {file}" in caught.value.advice


def test_a_disk_that_cannot_sync_a_directory_keeps_the_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync

    def files_only(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", files_only)
    write_private(tmp_path / "key", b"new")
    assert read_private(tmp_path / "key") == b"new"


def test_what_is_beside_a_file_of_ours_is_ours_or_nothing(tmp_path: Path) -> None:
    check_own_file(tmp_path / "absent")
    check_own_file(private(tmp_path / "file"))
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SettingsInvalid, match="not a regular file"):
        check_own_file(tmp_path / "pipe")
    with pytest.raises(SettingsInvalid, match="cannot be used: Not a directory"):
        check_own_file(tmp_path / "file" / "below")
