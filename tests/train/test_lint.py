"""The corpus holds to its own rules."""

from collections import Counter

from beside.codebook import BY_NAME, MARKED, NAMES, Group
from beside.train.corpus import Message, load
from beside.train.lint import Seen, findings, near_duplicates, templates
from tests.conftest import ROOT

CORPUS = ROOT / "corpus"


def message(text, author="a", pair=None):
    return Message(text, frozenset(), author=author, pair=pair)


def test_the_corpus_has_no_repetition():
    assert list(findings(CORPUS)) == []


def test_the_corpus_is_as_large_as_it_says():
    train, validation = load(CORPUS / "train"), load(CORPUS / "validation")
    assert len(train) >= 12_000
    assert len(validation) >= 1500
    counts = Counter(name for one in train for name in one.labels)
    wanted = {name: 600 if BY_NAME[name].group is Group.HURT else 400 for name in NAMES}
    assert {name: counts[name] for name in NAMES if counts[name] < wanted[name]} == {}


def test_the_validation_has_what_is_hard_and_was_labelled_twice():
    validation = load(CORPUS / "validation")
    assert all(one.second_labels is not None for one in validation)
    assert sum("crisis" in one.labels for one in validation) >= 200
    assert sum(str(one.rule) == "decline" for one in validation) >= 200
    kind = {"comfort", "practical_help", "shared_loss", "faith"}
    assert sum(bool(one.spans) and bool(one.labels & kind) for one in validation) >= 200
    authors = {one.author for one in load(CORPUS / "train")}
    assert authors & {one.author for one in validation} == set()


def test_only_marked_labels_have_spans():
    for one in [*load(CORPUS / "train"), *load(CORPUS / "validation")]:
        assert all(span.label in MARKED and span.label in one.labels for span in one.spans), one.text


def test_near_duplicates_are_found_across_case_and_punctuation():
    first = message("I am so very sorry to hear about little Noah today")
    second = message("i am so very sorry to hear about little NOAH!!", author="b")
    other = message("We will bring the soup round on Thursday evening then")
    assert list(near_duplicates([first, other, second])) == [(first, second)]
    assert Seen([first]).near(other) is None


def test_twins_of_one_author_may_be_alike():
    first = message("You are 43 and nobody gets to say a thing about it now", pair=2)
    second = message("You are 43 and nobody gets to say a thing about it ever", pair=2)
    assert list(near_duplicates([first, second])) == []
    assert list(near_duplicates([first, message(second.text, author="b", pair=2)])) != []


def test_templates_are_openings_that_recur():
    many = [message(f"I just wanted to say how sorry {number}") for number in range(5)]
    assert templates([*many, *(message(f"word{n} of quite another kind here {n}") for n in range(50))]) == [
        ("i just wanted to say", 5)
    ]
