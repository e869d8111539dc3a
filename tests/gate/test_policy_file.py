"""Policy files: golden errors with line, caret and hint."""

import pytest

from beside.gate.policy import Policy, PolicyError
from beside.gate.policy_file import problem_in, read_policy

GOOD = """\
# our rules
preset = "no faith"
caution = "very careful"
languages = ["en"]

[labels]
advice = "welcome"
"""


def test_a_good_file_has_no_problem_and_loads(tmp_path):
    path = tmp_path / "policy.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert problem_in(GOOD, "policy.toml") == ""
    assert Policy.load(path) == Policy.from_dict(
        {
            "preset": "no faith",
            "caution": "very careful",
            "languages": ["en"],
            "labels": {"advice": "welcome"},
        }
    )


GOLDEN = [
    (
        'caution = "wild"\n',
        "p.toml:1:1: 'wild' is not a level of caution\n"
        '1 | caution = "wild"\n'
        "    ^^^^^^^\n"
        'hint: Write one of "open", "careful", "very careful"',
    ),
    (
        '# faith is hard\n[labels]\nfaith = "hold"\n  threat = "welcome"  # no\n',
        "p.toml:4:3: 'threat' is never softer than hold\n"
        '4 |   threat = "welcome"  # no\n'
        "      ^^^^^^\n"
        'hint: Write "hold"',
    ),
    (
        'labels.crisis = "decline"\n',
        "p.toml:1:8: 'crisis' is met with help, never declined\n"
        '1 | labels.crisis = "decline"\n'
        "           ^^^^^^\n"
        'hint: Write "hold"',
    ),
    (
        "[labels]\nfaith = hold\n",
        "p.toml:2:9: invalid value\n"
        "2 | faith = hold\n"
        "            ^\n"
        'hint: Each line is a setting, such as caution = "careful"; rules stand below a line [labels]',
    ),
    (
        'caution = "careful',
        "p.toml:1:19: unterminated string\n"
        '1 | caution = "careful\n'
        "                      ^\n"
        'hint: Each line is a setting, such as caution = "careful"; rules stand below a line [labels]',
    ),
]


@pytest.mark.parametrize(("source", "expected"), GOLDEN)
def test_a_bad_file_shows_the_place(source, expected, tmp_path):
    assert problem_in(source, "p.toml") == expected
    path = tmp_path / "p.toml"
    path.write_text(source, encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        Policy.load(path)
    assert str(caught.value) == expected


def test_a_file_that_is_not_text_says_so(tmp_path):
    path = tmp_path / "p.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PolicyError, match="Name a UTF-8 text file"):
        read_policy(path)


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(PolicyError, match="cannot be read"):
        Policy.load(tmp_path / "none.toml")
