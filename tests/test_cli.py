"""The command, as somebody at a terminal meets it."""

import click
import pytest
from click.testing import CliRunner

from beside import Decision, Span
from beside.cli import main, marked
from beside.gate.reading import Action


@pytest.fixture
def run():
    return lambda *arguments, **more: CliRunner().invoke(main, [str(part) for part in arguments], **more)


def test_read_shows_decision_reasons_marked_words_and_scores(run):
    got = run("read", "I'm so sorry. At least it was early.")
    assert got.exit_code == 0
    lines = [line.strip() for line in got.output.splitlines() if line.strip()]
    assert lines[0].startswith("hold  (support 0.")
    assert lines[0].endswith("policy: support only)")
    assert "It makes the loss or the grief smaller." in lines
    assert any("[At least it was early" in line and "(minimizing" in line for line in lines)


def test_read_takes_standard_input_and_presets(run):
    got = run("read", "-", "--policy", "no faith", input="Praying for you both, God hold you close")
    assert got.output.splitlines()[0].startswith("hold")
    assert "It speaks of faith." in got.output
    assert run("read", "Praying for you both, God hold you close").output.startswith("deliver")


def test_an_unknown_policy_is_explained(run):
    got = run("read", "x", "--policy", "mild")
    assert got.exit_code == 1
    assert got.output == (
        "Error: there is no preset and no file 'mild'. Presets: support only, no faith, rainbow stories "
        "welcome, no stories of other losses, quiet; or name a TOML file\n"
    )


def test_policy_check_says_yes_or_shows_the_place(run, tmp_path):
    good, bad, binary = tmp_path / "good.toml", tmp_path / "bad.toml", tmp_path / "bin.toml"
    good.write_text('preset = "quiet"\n', encoding="utf-8")
    bad.write_text('[labels]\nfaith = "never"\n', encoding="utf-8")
    binary.write_bytes(b"\xff\xfe")
    assert run("policy", "check", good).output == "good.toml is a policy.\n"
    got = run("policy", "check", bad)
    assert got.exit_code == 1
    assert got.output == (
        "bad.toml:2:1: 'never' is not a rule for 'faith'\n"
        '2 | faith = "never"\n'
        "    ^^^^^\n"
        'hint: Write "welcome", "hold" or "decline"\n'
    )
    assert run("policy", "check", binary).output == (
        "Error: bin.toml is not UTF-8 text. Save it as UTF-8 and try again.\n"
    )
    assert run("read", "x", "--policy", bad).exit_code == 1


def test_presets_are_listed(run):
    assert run("policy", "presets").output.splitlines() == [
        "support only",
        "no faith",
        "rainbow stories welcome",
        "no stories of other losses",
        "quiet",
    ]


def test_damaged_weights_are_explained(run, tmp_path):
    got = run("read", "x", "--weights", tmp_path)
    assert got.exit_code == 1
    assert "cannot be read" in got.output


def test_sift_puts_a_file_where_it_belongs(run, tmp_path):
    source = tmp_path / "replies.csv"
    source.write_text("id,comment\n1,So sorry for your loss.\n2,At least it was early.\n", encoding="utf-8")
    got = run("sift", source, "--out", tmp_path / "out")
    assert got.exit_code == 0, got.output
    delivered = (tmp_path / "out" / "delivered" / "replies.csv").read_text(encoding="utf-8")
    assert delivered == "id,comment\n1,So sorry for your loss.\n"
    assert (tmp_path / "out" / "report.html").exists()
    assert "early" not in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    again = run("sift", source, "--out", tmp_path / "out")
    assert again.exit_code == 1
    assert again.output.strip()


def test_overlapping_spans_are_shown_once_with_both_labels():
    decision = Decision(
        Action.HOLD, spans=(Span("minimizing", 0, 5), Span("blaming", 2, 8), Span("spam", 9, 11))
    )
    assert click.unstyle(marked("abcdefgh ij!", decision)) == "[abcdefgh](minimizing, blaming) [ij](spam)!"
