"""House rules that can be counted, and what the repository must not carry.

A rule is broken by a file and a line, and the failing test names both.
"""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "site_builder"
NAMES_THAT_SAY_NOTHING = {
    "data",
    "handle",
    "handler",
    "helper",
    "helpers",
    "manager",
    "process",
    "util",
    "utils",
}
# The patterns are written so that they do not match themselves.
UNFINISHED = re.compile(r"\b(?:TO[D]O|FIX[M]E)\b|NotImplemented[E]rror")
MACHINE_PATH = re.compile(r"(?<![\w.~/*-])/(?:home|root|tmp|Users|work)/\w")
REGISTRY_HOST = re.compile(
    r"[\w.-]*(?:mirror|npm|pypi|pythonhosted|registry|yarn)[\w-]*\.(?:cn|com|dev|io|net|org)\b"
)
UNTRACKED_FOLDERS = {".cache", ".git", ".venv", "__pycache__", "dist", "node_modules"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_every_module_says_what_it_is_and_what_it_promises() -> None:
    assert [where(path) for path in modules() if not says_what_it_promises(path)] == []


def test_no_module_is_longer_than_three_hundred_lines() -> None:
    assert [where(path) for path in modules() if len(lines(path)) > 300] == []


def test_no_function_is_longer_than_forty_lines() -> None:
    found = [
        f"{where(path, node.lineno)}: {node.name}"
        for path, node in functions()
        if (node.end_lineno or node.lineno) - node.lineno >= 40
    ]
    assert found == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    named = [path for path in PACKAGE.rglob("*") if path.is_dir() or path.suffix == ".py"]
    assert [where(path) for path in named if path.stem in NAMES_THAT_SAY_NOTHING] == []


def test_nothing_is_left_unfinished() -> None:
    assert matches(UNFINISHED) == []


def test_no_file_speaks_of_one_machine() -> None:
    assert matches(MACHINE_PATH) == []


def test_no_file_names_a_package_registry() -> None:
    assert matches(REGISTRY_HOST) == []


def test_every_locked_package_has_one_version_and_its_hashes() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        entries = locked(lock)
        assert entries
        assert [name for name, entry in entries.items() if "--hash=sha256:" not in entry] == []


def test_the_python_locks_name_no_index() -> None:
    addresses = re.compile(r"://|--(?:extra-)?index-url|--find-links|--trusted-host")
    for lock in ("requirements.lock", "requirements-dev.lock"):
        assert addresses.search((ROOT / lock).read_text(encoding="utf-8")) is None


def test_the_tests_run_on_the_versions_that_the_site_runs_on() -> None:
    runtime, development = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {name: version(entry) for name, entry in runtime.items()} == {
        name: version(development[name]) for name in runtime if name in development
    }


def test_every_dependency_of_the_project_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    runtime = {bare_name(text) for text in project["dependencies"] + extras["build"]}
    development = runtime | {bare_name(text) for text in extras["dev"]}
    assert runtime <= locked("requirements.lock").keys()
    assert development <= locked("requirements-dev.lock").keys()


def test_the_npm_lock_keeps_hashes_and_no_addresses() -> None:
    lock = json.loads((ROOT / "tests/browser/package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    assert [name for name, package in packages.items() if "integrity" not in package] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_the_wheel_carries_the_templates_and_every_file_of_the_package(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    carried = set(zipfile.ZipFile(wheel).namelist())
    templates = {f"site_builder/{path.relative_to(ROOT).as_posix()}" for path in under("templates")}
    package = {path.relative_to(ROOT).as_posix() for path in under("site_builder")}
    assert templates
    assert (package | templates) - carried == set()


def modules() -> list[Path]:
    found = sorted(PACKAGE.rglob("*.py"))
    assert found
    return found


def functions() -> Iterator[tuple[Path, Function]]:
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, Function):
                yield path, node


def says_what_it_promises(path: Path) -> bool:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    if path.name == "__init__.py" and "\n" not in docstring:
        return True
    first, _, rest = docstring.partition("\n\n")
    return bool(first and rest.strip()) and "\n" not in first


def matches(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{where(path, number)}: {line.strip()}"
        for path in tracked_files()
        for number, line in enumerate(lines(path), start=1)
        if pattern.search(line)
    ]


def lines(path: Path) -> list[str]:
    content = path.read_bytes()
    return [] if b"\0" in content else content.decode(errors="replace").splitlines()


def tracked_files() -> list[Path]:
    """What git knows of, or would with the next ``git add``; without git, every file but output."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        return list(under("."))
    listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    found = [ROOT / os.fsdecode(name) for name in listing.split(b"\0") if name]
    return [path for path in found if path.is_file()]


def under(folder: str) -> Iterator[Path]:
    for base, folders, names in os.walk(ROOT / folder):
        is_site = Path(base, "config.yaml").is_file()
        skipped = UNTRACKED_FOLDERS | ({"output"} if is_site else set())
        folders[:] = sorted(set(folders) - skipped)
        yield from (Path(base, name) for name in names)


def where(path: Path, line: int = 1) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def locked(lock: str) -> dict[str, str]:
    """Each package of a lock file with its whole entry, hashes included."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"(?m)^#.*\n", "", text))
    return {entry.partition("==")[0]: entry for entry in entries}


def version(entry: str) -> str:
    return entry.partition("==")[2].split()[0]


def bare_name(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement)[0].lower()
