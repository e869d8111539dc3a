"""Each setting is described where the operator looks."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_setting_is_in_the_table_and_nothing_else():
    code = (ROOT / "src/beside/server/settings.py").read_text(encoding="utf-8")
    known = {f"BESIDE_{name}" for name in re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', code)}
    table = (ROOT / "docs/run-it.md").read_text(encoding="utf-8").split("## Settings")[1].split("## ")[0]
    described = {
        name
        for row in table.splitlines()
        for name in re.findall(r"`(BESIDE_\w+)`", row.split("|")[1] if "|" in row else "")
    }
    assert described == known
