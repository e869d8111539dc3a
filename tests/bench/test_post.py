"""The made-up famous post: exactly 40 % distinct, and the same whenever it is made."""

import csv
from collections import Counter

import pytest
from bench.post import distinct_texts, key, post, senders, sentences, write

PARTS = [f"Sentence {word} of {other}." for word in "abcdefghij" for other in "klmnopqrst"]


@pytest.mark.parametrize("count", [10, 1_000, 5_000])
def test_exactly_two_fifths_are_distinct(count):
    comments = post(count, PARTS, seed=3)
    assert len(comments) == count
    assert len({key(comment) for comment in comments}) == count * 2 // 5


def test_the_same_seed_makes_the_same_post():
    assert post(500, PARTS, seed=3) == post(500, PARTS, seed=3)
    assert post(500, PARTS, seed=3) != post(500, PARTS, seed=4)


def test_a_few_comments_are_said_far_more_often_than_most():
    counts = sorted(Counter(post(10_000, PARTS, seed=3)).values(), reverse=True)
    assert counts[0] > 300
    assert counts[1] < 0.7 * counts[0]
    assert counts[len(counts) // 2] <= 2


def test_copies_are_spread_over_the_post():
    comments = post(10_000, PARTS, seed=3)
    often = Counter(comments).most_common(1)[0][0]
    assert 0.3 < comments[:5_000].count(often) / comments.count(often) < 0.7


def test_distinct_texts_differ_in_letters_or_digits():
    texts = distinct_texts(2_000, ["So sorry.", "so sorry", "Love.", *PARTS], seed=1)
    assert len({key(text) for text in texts}) == len(texts) == 2_000


def test_too_few_sentences_are_said_so():
    with pytest.raises(ValueError, match="2 sentences are too few for 5"):
        distinct_texts(5, ["One.", "Two."], seed=1)


def test_sentences_are_cut_and_told_apart():
    texts = ["So sorry. Love to you both!\nCall me?", "so sorry!", "🕊️", "x" * 500]
    assert sentences(texts) == ["So sorry.", "Love to you both!", "Call me?", "🕊️"]


@pytest.mark.parametrize("names", [[], ["ann_lee1", "b,c_d2"]])
def test_a_post_comes_back_from_its_csv(tmp_path, names):
    write(tmp_path / "post.csv", ['She said "no", twice.', "Two\nlines"], names)
    with (tmp_path / "post.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["text"] for row in rows] == ['She said "no", twice.', "Two\nlines"]
    assert [row["author"] for row in rows if "author" in row] == names
    assert [row["id"] for row in rows] == ["1", "2"]


def test_senders_are_seeded_and_some_write_again():
    names = senders(1_000, ["maple otter river stone"], seed=3)
    assert names == senders(1_000, ["maple otter river stone"], seed=3)
    assert len(names) == 1_000
    assert 100 < len(set(names)) < 500
