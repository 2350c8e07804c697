"""The package as strangers get it: sdist, the wheel made from it, and that wheel installed elsewhere."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from pty_terminal import SECONDS, Terminal

import feather_tui
from feather_tui.demo import incident
from feather_tui.ui.app import style_sheet

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, and the wheel from the sdist; give the directory of both."""
    directory = tmp_path_factory.mktemp("built")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(directory), str(REPOSITORY)]
    subprocess.run(build, check=True, capture_output=True, timeout=SECONDS)
    return directory


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an environment of its own; give the directory of its programs.

    Its dependencies are those of this environment, put behind it on the path, so that no network is needed.
    """
    home = tmp_path_factory.mktemp("installed")
    has_pip = importlib.util.find_spec("pip") is not None
    venv.create(home, with_pip=not has_pip, symlinks=True)
    python = home / "bin" / "python"
    pip = [sys.executable if has_pip else str(python), "-m", "pip", "--isolated", "--python", str(python)]
    (wheel,) = built.glob("*.whl")
    install = [*pip, "install", "--no-deps", "--no-index", "--quiet", str(wheel)]
    subprocess.run(install, check=True, capture_output=True, timeout=SECONDS)
    (packages,) = home.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return python.parent


def in_checkout() -> set[str]:
    """Name the modules of the checkout, and the style sheets where the package has them."""
    modules = {str(path.relative_to(REPOSITORY)) for path in (REPOSITORY / "feather_tui").rglob("*.py")}
    return (
        modules
        | {"feather_tui/py.typed", "feather_tui/findings/README.md"}
        | {f"feather_tui/styles/{path.name}" for path in (REPOSITORY / "styles").glob("*.tcss")}
    )


def test_the_wheel_has_every_module_and_style_sheet_and_nothing_else(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}

    assert "feather_tui/styles/app.tcss" in names
    assert names == in_checkout()


def test_the_sdist_has_the_tests_and_the_style_sheets(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    assert {"styles/app.tcss", "tests/conftest.py", "pyproject.toml", "LICENSE"} <= names


def test_the_installed_program_says_its_version(installed: Path) -> None:
    done = subprocess.run(
        [installed / "feather-tui", "--version"], check=True, capture_output=True, text=True, timeout=SECONDS
    )

    assert done.stdout == f"feather-tui {feather_tui.__version__}\n"


def test_the_installed_program_finds_its_style_sheet_and_shows_the_demo(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    where = "import feather_tui.ui.app as app; print(app.style_sheet())"
    found = subprocess.run(
        [installed / "python", "-c", where],
        check=True,
        capture_output=True,
        cwd=installed,
        text=True,
        timeout=SECONDS,
    )
    assert Path(found.stdout.strip()).is_relative_to(installed.parent)

    program = str(installed / "feather-tui")
    with Terminal([program, "--demo", incident.session_id("headset-refund")]) as terminal:
        terminal.wait_for("✗ escalated", "Hi, I sent my headset back", "? help")


def test_the_style_sheet_is_found_from_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)

    assert style_sheet().is_file()
