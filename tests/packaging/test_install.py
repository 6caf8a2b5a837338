"""What is built and installed is whole: from a wheel, an sdist and a checkout, used from elsewhere.

Each installation has a virtual environment of its own, which borrows the dependencies (and only
those) from the environment that runs the tests.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

from adcli.language import tables

CHECKOUT = Path(__file__).resolve().parents[2]
HOW = ("wheel", "sdist", "editable")

pytestmark = pytest.mark.xdist_group("packaging")


def run(*command: str | Path, cwd: Path) -> str:
    """The standard output of a command that must succeed, run where no checkout is in sight."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    env["ADCLI_NO_STATE"] = "1"
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


class Built(NamedTuple):
    wheel: Path
    sdist: Path


class Installation(NamedTuple):
    how: str
    bin: Path
    elsewhere: Path

    def python(self, code: str) -> str:
        return run(self.bin / "python", "-c", code, cwd=self.elsewhere).strip()

    def adcli(self, *arguments: str) -> str:
        return run(self.bin / "adcli", *arguments, cwd=self.elsewhere)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """An sdist, and a wheel made from that sdist."""
    folder = tmp_path_factory.mktemp("built")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, CHECKOUT, cwd=folder)
    return Built(next(folder.glob("*.whl")), next(folder.glob("*.tar.gz")))


@pytest.fixture(scope="module", params=HOW)
def installed(
    request: pytest.FixtureRequest, built: Built, tmp_path_factory: pytest.TempPathFactory
) -> Installation:
    how: str = request.param
    what = {"wheel": [built.wheel], "sdist": [built.sdist], "editable": ["-e", CHECKOUT]}[how]
    room = tmp_path_factory.mktemp(how)
    home = room / "venv"
    venv.create(home, symlinks=os.name != "nt")
    paths = sysconfig.get_paths(scheme="venv", vars={"base": str(home), "platbase": str(home)})
    # A path that a .pth file adds comes last, and .pth files found along it are not read: the adcli
    # that the tests themselves were installed with stays out of sight.
    Path(paths["purelib"], "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", home, "--disable-pip-version-check"]
    run(*pip, "install", "--no-deps", "--no-build-isolation", "--no-index", *what, cwd=room)
    elsewhere = room / "elsewhere"
    elsewhere.mkdir()
    return Installation(how, Path(paths["scripts"]), elsewhere)


def test_the_first_example_is_answered(installed: Installation) -> None:
    answer = json.loads(installed.adcli("grad", "x^2*y+2*y", "--at", "x=1,y=2", "--json"))
    assert answer["value"] == 6
    assert answer["gradient"] == {"x": 4, "y": 3}


def test_it_imports_from_where_it_was_installed(installed: Installation) -> None:
    home = Path(installed.python("import adcli; print(adcli.__file__)")).resolve()
    assert home.is_relative_to(CHECKOUT) == (installed.how == "editable")
    assert home.is_relative_to(installed.elsewhere.parent) == (installed.how != "editable")


def test_its_version_is_that_of_the_package(installed: Installation) -> None:
    versions = installed.python(
        "import adcli, importlib.metadata as m; print(m.version('adcli'), adcli.__version__)"
    )
    assert len(set(versions.split())) == 1


def test_the_grammar_lies_inside_the_package_unless_editable(installed: Installation) -> None:
    files = set(
        installed.python(
            "import importlib.resources as r\n"
            "folder = r.files('adcli') / 'grammars'\n"
            "if folder.is_dir(): print(*(file.name for file in folder.iterdir()))"
        ).split()
    )
    grammars = {path.name for path in (CHECKOUT / "grammars").glob("*.lark")}
    assert files == (set() if installed.how == "editable" else grammars | {tables.TABLES})


def test_a_gradient_starts_without_lark(installed: Installation) -> None:
    code = "import sys, adcli; adcli.grad('x^2', {'x': 1}); print('lark' in sys.modules)"
    assert installed.python(code) == "False"


def test_no_package_named_grammars_or_tests_is_installed(installed: Installation) -> None:
    # An editable install puts the whole checkout on the path; a folder there is no package.
    found = installed.python(
        "import importlib.util as u\n"
        "specs = [u.find_spec(name) for name in ('grammars', 'tests')]\n"
        "print([spec.name for spec in specs if spec and spec.origin])"
    )
    assert found == "[]"


def test_the_wheel_carries_the_tables_of_its_grammar(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as wheel:
        assert wheel.read(f"adcli/grammars/{tables.TABLES}").decode("utf-8") == tables.build()


def test_the_wheel_carries_every_file_of_the_package_and_nothing_else(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    package = {
        path.relative_to(CHECKOUT).as_posix()
        for path in (CHECKOUT / "adcli").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    grammars = {f"adcli/grammars/{path.name}" for path in (CHECKOUT / "grammars").glob("*.lark")}
    assert names == package | grammars | {f"adcli/grammars/{tables.TABLES}"}
    assert {"adcli/py.typed", "adcli/fonts/DejaVuSans.ttf"} <= names
    assert any(name.startswith("adcli/schema/") and name.endswith(".json") for name in names)


def test_the_wheel_carries_its_licences(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as wheel:
        licences = {name.partition("/licenses/")[2] for name in wheel.namelist()}
    assert {"LICENSE", "NOTICE", "adcli/fonts/LICENSE-DejaVu.txt"} <= licences


def test_the_sdist_carries_what_is_needed_to_build_and_test(built: Built) -> None:
    with tarfile.open(built.sdist) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "NOTICE", "CHANGELOG.md"} <= names
    assert {"grammars/adcli.lark", "grammars/hatch_build.py", "adcli/py.typed"} <= names
    assert "tests/packaging/test_install.py" in names


def test_two_builds_give_the_same_wheel(built: Built, tmp_path: Path) -> None:
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation")
    run(*build, "--outdir", tmp_path, CHECKOUT, cwd=tmp_path)
    assert next(tmp_path.glob("*.whl")).read_bytes() == built.wheel.read_bytes()
