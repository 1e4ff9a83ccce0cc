"""Runs every check over the tree, to the end even when one fails, and sums up.

python -m tests.tooling.lint [CHECK…]
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from detect_secrets.core.secrets_collection import SecretsCollection
from detect_secrets.settings import default_settings

from tests.tooling.tree import PLUGIN, TOP

# Copied word for word, made-up examples included: nothing can be marked in it.
_CONTRACT = "tests/simulator/contract/"
_PYTEST = ("-m", "pytest", "-q", "-p", "no:pytest_qgis")
_COMMANDS: dict[str, tuple[str, ...]] = {
    "ruff": ("-m", "ruff", "check", "--output-format=concise", "."),
    "layout": ("-m", "ruff", "format", "--check", "--output-format=concise", "."),
    "mypy": ("-m", "mypy"),
    "python 3.9": ("-c", "from vermin import main; main()", "-t=3.9-", "--no-tips", "--violations", PLUGIN.name),
    "flake8-qgis": ("-m", "flake8", PLUGIN.name, "tests"),
    # As the plugin store runs it: any finding counts.
    "bandit": ("-m", "bandit", "--quiet", "--recursive", PLUGIN.name),
    "house": (
        *_PYTEST,
        "tests/unit/test_house.py",
        "tests/unit/test_floors.py",
        "tests/unit/test_docs.py",
        "tests/unit/test_metadata.py",
        "tests/unit/test_translations.py",
    ),
}


def run_command(name: str) -> bool:
    """Run one of the commands; whether it found nothing."""
    return subprocess.run((sys.executable, *_COMMANDS[name]), cwd=TOP, check=False).returncode == 0


def find_secrets() -> bool:
    """Look for secrets in all files of the tree as the plugin store does; whether there are none.

    A made-up one in the tests is allowed on its line, with the reason: `# pragma: allowlist secret - made up`.
    """
    secrets = SecretsCollection(root=str(TOP))
    with default_settings():
        for file in _tree_files():
            secrets.scan_file(file)
    for file, secret in sorted(secrets, key=lambda found: (found[0], found[1].line_number)):
        print(f"{file}:{secret.line_number}: {secret.type}")
    return not secrets


def _tree_files() -> list[str]:
    listing = subprocess.run(
        ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"),
        cwd=TOP,
        check=True,
        capture_output=True,
        text=True,
    )
    names = (name for name in listing.stdout.split("\0") if name and not name.startswith(_CONTRACT))
    return sorted(name for name in names if Path(TOP, name).is_file())


def main(names: list[str]) -> None:
    """Run the checks and end with their sum."""
    checks: dict[str, Callable[[], bool]] = {name: partial(run_command, name) for name in _COMMANDS}
    checks["detect-secrets"] = find_secrets
    verdicts = {}
    for name in names or checks:
        print(f"\n=== {name} ===", flush=True)
        verdicts[name] = checks[name]()
    print("\n=== sum ===")
    for name, is_good in verdicts.items():
        print(f"{name:15} {'ok' if is_good else 'FAILED'}")
    if not all(verdicts.values()):
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
