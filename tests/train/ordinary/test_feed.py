"""What an epoch sees of each source."""

from __future__ import annotations

from random import Random

from beside.api.scores import ORDINARY
from beside.gate.weights import SHIPPED
from beside.train.encode import tokenizer
from beside.train.ordinary.comments import UNKNOWN, Comment, nothing, wanted
from beside.train.ordinary.feed import CommentFeed, joined

PIECES = tokenizer(SHIPPED / "tokenizer.json")


def test_ours_are_seen_four_times_and_large_sets_in_part():
    mine = [Comment("Mine is fine", nothing(), "news")]
    theirs = [Comment(f"number {number}", nothing(), "goemotions") for number in range(7_100)]
    feed = CommentFeed(mine + theirs, PIECES)
    drawn = [tuple(example.ids) for example in feed.draw(Random(1))]
    assert len(feed) == len(drawn) == 6_004
    assert len(set(drawn)) > 5_000


def test_a_small_set_is_seen_more_often():
    feed = CommentFeed([Comment("only one", nothing(), "surge")], PIECES)
    assert len(list(feed.draw(Random(1)))) == 1_400


def test_an_example_carries_its_targets():
    comment = Comment("Only this", nothing(insult=1), "news")
    feed = CommentFeed([comment], PIECES)
    example = feed.example(comment.text, comment)
    assert PIECES.decode(example.ids.tolist()) == "only this"
    assert example.targets.tolist() == comment.wanted.tolist()
    assert example.tokens.shape == (len(example.ids), 0)


def test_two_comments_as_one_are_as_rude_as_the_ruder():
    rude = Comment("You idiot", nothing(insult=1, toxicity=1), "news")
    fine, unsaid = Comment("See the docs", nothing(), "talk"), Comment("And so on", wanted(threat=0), "edos")
    both = joined(fine, rude, Random(1))
    assert sorted(both.text.replace(".", "").split()) == sorted("You idiot See the docs".split())
    assert both.wanted.tolist() == rude.wanted.tolist()
    known = dict(zip(ORDINARY, joined(rude, unsaid, Random(1)).wanted.tolist(), strict=True))
    assert (known["insult"], known["toxicity"], known["threat"], known["sexual"]) == (1, 1, 0, UNKNOWN)
    long = Comment("word " * 140, nothing(), "news")
    assert joined(long, rude, Random(1)) is long
