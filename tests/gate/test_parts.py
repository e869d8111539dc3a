"""A short blow does not hide behind kind sentences."""

from __future__ import annotations

import pytest

from beside.gate import Action
from beside.gate.canonical import canonical
from beside.gate.parts import in_lines, in_pieces, parts, without_emoji
from beside.gate.reader import Reader
from beside.gate.weights import SHIPPED, load

KIND = "I am so sorry for your loss. Thinking of you both."


def cut(text):
    return [text[start:end] for start, end in parts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one sentence, with a comma", ["one sentence, with a comma"]),
        ("", []),
        ("so sorry. you idiot", ["so sorry.", "you idiot"]),
        ("so sorry\nyou idiot", ["so sorry", "you idiot"]),
        ("so sorry (you idiot) xx", ["so sorry", "you idiot", "xx"]),
        ("so sorry - you idiot", ["so sorry", "you idiot"]),
        ("a well-known 3.5 mile walk", ["a well-known 3.5 mile walk"]),
        ("wait... what?! no", ["wait...", "what?!", "no"]),
        ("! - .", []),
    ],
)
def test_parts_are_sentences_lines_and_asides(text, expected):
    assert cut(text) == expected


def test_no_part_is_lost_or_read_twice():
    text = "Dear both, we heard. (From Ann!) So sorry\nso sad - love\n\nB & T"
    assert "".join(cut(text)).replace(" ", "") == "Dearboth,weheard.FromAnn!Sosorrysosad love B&T".replace(
        " ", ""
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("So sorry\nyou idiot", "so sorry\nyou idiot"),
        ("So sorry \n\n  you idiot", "so sorry\nyou idiot"),
        ("So sorry you idiot", "so sorry you idiot"),
        ("\nSo sorry\n", "so sorry"),
    ],
)
def test_lines_stand_in_the_canonical_text_again(written, expected):
    assert in_lines(canonical(written), written) == expected


@pytest.mark.parametrize(
    ("blow", "label"),
    [
        ("You are an idiot and a liar.", "hostility"),
        ("I know where you live and I will hurt you.", "threat"),
        ("Stupid attention seeking cow.", "hostility"),
    ],
)
@pytest.mark.parametrize("form", ["{} {}", "{}\n{}", "{}\n\n{}", "{} ({})"])
def test_a_blow_after_kind_words_is_never_delivered(gate, form, blow, label):
    decision = gate.decide(form.format(KIND, blow))
    assert decision.action is Action.DECLINE
    assert label in decision.labels
    assert any(span.label == label for span in decision.spans)


def test_the_words_of_the_part_are_marked_as_written(gate):
    text = f"{KIND}\nYou are an IDIOT and a liar."
    (span,) = gate.decide(text).spans
    assert text[span.start : span.end] == "You are an IDIOT and a liar."


@pytest.mark.parametrize(
    "text",
    [
        f"{KIND} Fuck cancer. Fuck all of this.",
        f"{KIND}\nAuntie Bea and Uncle Dick",
        f"{KIND} It was never your fault. None of it.",
        f"{KIND} (Rusty and the five-a-side lads)",
    ],
)
def test_kind_asides_are_delivered(gate, text):
    assert gate.decide(text).action is Action.DELIVER


def test_without_reading_parts_some_blows_would_be_delivered():
    text = f"{KIND}\nYou are an idiot and a liar."
    weights = load(SHIPPED)
    with_parts, without = Reader(weights), Reader(weights, apart=False)
    assert with_parts.read(text).scores["hostility"] > 0.5
    assert without.read(text).scores["hostility"] < 0.5
    assert with_parts.read(KIND) == without.read(KIND)


def test_a_text_of_nothing_but_suspected_parts_is_read_in_bounded_time(gate, monkeypatch):
    ran = []
    run = Reader._run
    monkeypatch.setattr(Reader, "_run", lambda self, ids: ran.append(len(ids)) or run(self, ids))
    gate.read(f"{KIND} " + " ".join(f"damn hell number {place}." for place in range(900)))
    assert len(ran) <= 65


def test_ranges_of_letters_become_ranges_of_word_pieces():
    offsets = [(0, 2), (3, 6), (6, 9), (10, 12)]
    assert in_pieces([(0, 2), (3, 9), (9, 10), (10, 12)], offsets) == [(0, 1), (1, 3), (3, 4)]
    assert in_pieces([], offsets) == in_pieces([(0, 3)], []) == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Thinking of you 💔 go to hell", ["thinking of you", "go to hell"]),
        ("💔 loser", ["loser"]),
        ("Café au lait for José", ["café au lait for josé"]),
        ("gr8 news", ["great news"]),
    ],
)
def test_what_stands_beside_an_emoji_stands_by_itself(written, expected):
    form = canonical(written)
    bare = without_emoji(form, written, form.text)
    assert len(bare) == len(form.text)
    assert [bare[start:end] for start, end in parts(bare)] == [canonical(part).text for part in expected]


def test_the_same_words_with_and_without_an_emoji_are_read_apart(gate):
    name = canonical("💔").text
    texts = ["So sorry 💔 go to hell", f"So sorry {name} go to hell"]
    alone = [Reader(load(SHIPPED)).read(text) for text in texts]
    assert [gate.read(text) for text in texts] == alone
    assert [gate.read(text) for text in reversed(texts)] == alone[::-1]
