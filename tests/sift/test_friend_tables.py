"""The top of the friend's report."""

from __future__ import annotations

import re
from collections import Counter

from beside.sift import wording
from beside.sift.counts import Counts, Tally
from beside.sift.friend_tables import crisis_note, files_table, kinds_table


def cells(html):
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr.*?</tr>", html)]


def test_a_row_for_each_file_and_one_for_all():
    html = files_table(Tally([Counts(1, 2, 3, 4), Counts(1000, 0, 0, 1)]), ["a.csv", "b.csv"])
    assert cells(html) == [
        ["File", "Rows in the file", "Delivered", "Held", "Declined", "Could not be read"],
        ["a.csv", "10", "1", "2", "3", "4"],
        ["b.csv", "1,001", "1,000", "0", "0", "1"],
        ["All files", "1,011", "1,001", "2", "3", "5"],
    ]
    assert html.count('<tr class="sum">') == 1
    assert wording.FRIEND_COUNTS_NOTE in html


def test_one_file_needs_no_sum():
    html = files_table(Tally([Counts(1)]), ["a.csv"])
    assert [row[0] for row in cells(html)] == ["File", "a.csv"]


def test_a_file_name_is_escaped():
    html = files_table(Tally([Counts()]), ["<b>\"'&.csv"])
    assert '<th scope="row">&lt;b&gt;&quot;&#x27;&amp;.csv</th>' in html


def test_kinds_lead_to_the_page_where_they_begin():
    html = kinds_table(Tally([], Counter(unsure=1, hate=200, minimizing=201, crisis=1)))
    assert re.findall(r'href="(.*?)">(.*?)</a>.*?width:(\d+)%.*?<td>(\d+)</td>', html) == [
        ("report.html#crisis", "May be in danger", "1", "1"),
        ("report.html#hate", "Hate", "100", "200"),
        ("report-2.html#minimizing", "Makes the loss smaller", "100", "201"),
        ("report-3.html#unsure", "Not sure", "1", "1"),
    ]


def test_a_kind_that_begins_exactly_on_a_new_page():
    html = kinds_table(Tally([], Counter(hate=200, unsure=1)))
    assert 'href="report-2.html#unsure"' in html


def test_kinds_that_are_not_there_are_not_named():
    html = kinds_table(Tally([], Counter(hate=1, spam=0)))
    assert "Advertising" not in html


def test_nothing_kept_back():
    assert kinds_table(Tally([])) == "<h2>What was kept back, by kind</h2><p>Nothing was kept back.</p>"


def test_the_crisis_note_says_all_of_it_and_leads_there():
    html = crisis_note()
    for words in (wording.CRISIS_HEADING, *wording.CRISIS_NOTE, *wording.CRISIS_STEPS):
        assert words in html
    assert html.count("<li>") == len(wording.CRISIS_STEPS) == 4
    assert f'<a href="#crisis">{wording.CRISIS_GO}</a>' in html
