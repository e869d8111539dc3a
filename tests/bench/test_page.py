"""The page: every system is a row, every figure has its count, and odd text breaks no table."""

from dataclasses import replace

import pytest
from bench.page import page, percent, spread, table
from bench.results import Quality, Results, Sifted, Speed, Spread, System

from beside.train.measure import Figure, share

ONE = Spread(1.0, 2.0, 3.0)
SPEED = Speed(
    Spread(1.234, 1.5, 2.0), ONE, Spread(812.4, 950.6, 1024.0), ONE, ONE, ONE, 484, Spread(90, 95, 99)
)
QUALITY = Quality(share(2, 100), share(6, 80), Figure(0.981, 180, 0.97, 0.99))
OURS = System("Beside", "0.1.0", "delivered", QUALITY, SPEED)
GONE = System("tox-block", "", "under 0.5", missing="not installed")
BROKEN = System("other", "1.0", "no", missing="failed: KeyError: 'a|b'")
CROSSED = System("Beside, crossed", "", "the same", QUALITY)
PART = Sifted("comments alone", 50_000, 20_000, 10, ONE, ONE)
FOUND = Results(
    date="2026-11-25",
    command="python -m bench",
    tiny=False,
    repeats=5,
    sifts=3,
    machine=[("processor", "Fast | Faster")],
    messages=180,
    characters=(119.2, 101.7),
    systems=[OURS, CROSSED, GONE, BROKEN],
    posts=[PART],
)


def rows(text, start):
    return [line for line in text.splitlines() if line.startswith(f"| {start}")]


def test_a_system_has_leak_hush_and_auc_with_count_and_interval():
    line = rows(page(FOUND), "Beside 0.1.0")[0]
    assert "2.0 % (0.6 to 7.0; n = 100)" in line
    assert "7.5 % (3.5 to 15.4; n = 80)" in line
    assert "0.981 (0.970 to 0.990; n = 180)" in line


def test_a_system_has_its_speeds():
    line = rows(page(FOUND), "Beside 0.1.0")[1]
    assert "1.23 / 1.50 / 2.00" in line
    assert "812 / 951 / 1,024" in line
    assert "Beside 484 and 95." in page(FOUND)


@pytest.mark.parametrize(("name", "why"), [("tox-block", "not installed"), ("other 1.0", "failed: KeyError")])
def test_what_is_missing_is_listed_in_both_tables(name, why):
    assert [why in line for line in rows(page(FOUND), name)] == [True, True]


def test_a_row_for_quality_alone_has_no_speed():
    assert len(rows(page(FOUND), "Beside, crossed")) == 1


def test_the_date_and_the_command_are_told():
    assert "Measured on 2026-11-25" in page(FOUND)
    assert "`python -m bench`" in page(FOUND)


def test_a_part_of_the_post_is_scaled_and_said_so():
    text = page(FOUND)
    assert "| 1.00 / 2.00 / 3.00 | 10.0 / 20.0 / 30.0 (scaled) |" in text
    assert "Scaled: a part of the post" in text


def test_the_whole_post_is_not_scaled():
    text = page(replace(FOUND, posts=[replace(PART, share=1, comments=500_000)]))
    assert "scaled" not in text.lower()


def test_every_number_of_repeats_is_told():
    assert "of 5 repeats" in page(FOUND)
    assert "of 3 repeats" in " ".join(page(FOUND).split())


def test_a_trial_is_called_one():
    assert "trial" not in page(FOUND)
    assert "no figure on this page means anything" in page(replace(FOUND, tiny=True))


def test_every_row_of_every_table_has_as_many_cells_as_its_head():
    for block in page(FOUND).split("\n\n"):
        lines = block.splitlines()
        if block.startswith("|"):
            assert {line.replace("\\|", "").count("|") for line in lines} == {lines[0].count("|")}


def test_a_bar_or_a_break_does_not_end_a_cell():
    assert table(["a"], [["x|y\nz"]]).splitlines()[-1] == "| x\\|y z |"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.034, "0.03"), (9.994, "9.99"), (9.996, "10.0"), (99.94, "99.9"), (99.96, "100"), (27034.2, "27,034")],
)
def test_a_number_has_three_digits_or_more(value, shown):
    assert spread(Spread(value, value, value)) == f"{shown} / {shown} / {shown}"


def test_no_messages_give_no_share():
    assert percent(share(0, 0)) == "–"
