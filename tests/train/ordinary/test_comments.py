"""Comments from many sources, each saying what it knows and no more."""

from __future__ import annotations

import pytest

from beside.api.scores import ORDINARY
from beside.train.corpus import Message
from beside.train.ordinary.comments import (
    SETS,
    UNKNOWN,
    Comment,
    missing,
    nothing,
    ours,
    parted,
    public,
    replies,
    wanted,
)


def known(comment):
    row = zip(ORDINARY, comment.wanted.tolist(), strict=True)
    return {name: round(value, 3) for name, value in row if value != UNKNOWN}


def test_what_is_not_said_is_unknown_or_does_not_apply():
    assert known(Comment("", wanted(threat=1), "")) == {"threat": 1.0}
    assert known(Comment("", nothing(threat=1), "")) == {name: float(name == "threat") for name in ORDINARY}


def test_our_own_are_labelled_in_full(tmp_path):
    (tmp_path / "news.jsonl").write_text('{"text": "Idiot.", "labels": ["toxicity", "insult"]}\n')
    (comment,) = ours(tmp_path / "news.jsonl")
    assert (comment.text, comment.source) == ("Idiot.", "news")
    assert known(comment) == {name: float(name in ("toxicity", "insult")) for name in ORDINARY}


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (
            {"comfort"},
            dict.fromkeys(
                ("toxicity", "severe_toxicity", "insult", "identity_attack", "threat", "sexual"), 0.0
            ),
        ),
        (
            {"hostility"},
            {"toxicity": 1.0, "insult": 1.0, "identity_attack": 0.0, "threat": 0.0, "sexual": 0.0},
        ),
        ({"hate"}, {"toxicity": 1.0, "identity_attack": 1.0, "threat": 0.0, "sexual": 0.0}),
        ({"shaming"}, {"identity_attack": 0.0, "threat": 0.0, "sexual": 0.0}),
    ],
)
def test_replies_to_the_bereaved_say_what_they_can(labels, expected):
    (comment,) = replies([Message("x", frozenset(labels))])
    assert known(comment) == expected


def test_the_public_sets_are_read_as_they_lie(tmp_path):
    files = {
        "davidson/labeled_data.csv": ",count,hate_speech,offensive_language,neither,class,tweet\n"
        '0,3,3,0,0,0,"RT hate &amp; all https://x.example"\n1,3,0,0,3,2,a plain one\n',
        "edos/edos_labelled_aggregated.csv": "rewire_id,text,label_sexist,label_category\n"
        'e1,threatening,sexist,"1. threats, plans to harm and incitement"\ne2,other,not sexist,none\n',
        "goemotions/train.tsv": "thanks a lot\t15\tid1\nfuckwords rule\t27\tid2\nso angry\t2\tid3\n",
        "surge-toxicity/toxicity_en.csv": "text,is_toxic\nawful,Toxic\nfine,Not Toxic\n",
        "surge-profanity/profanity_en.csv": "text,severity_rating\nfuckwords,2.4\nmild,1\n",
        "youtube-spam/Youtube05-Shakira.csv": "CONTENT,CLASS\nnice song,0\n",
    }
    assert set(files) == set(SETS)
    assert len(missing(tmp_path)) == len(files)
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert missing(tmp_path) == []
    found = {comment.text: known(comment) for comment in public(tmp_path)}
    hate = {"toxicity": 1.0, "identity_attack": 0.9, "insult": 0.8, "profanity": 0.0}
    assert found["hate & all"] == hate
    assert found["a plain one"] == dict.fromkeys(ORDINARY, 0.0)
    assert found["threatening"]["threat"] == 0.9
    assert found["other"] == {"threat": 0.0, "identity_attack": 0.1, "profanity": 0.0}
    assert found["thanks a lot"]["toxicity"] == 0.03
    assert found["fuckwords rule"] == {"profanity": 1.0, "threat": 0.02}
    assert "so angry" not in found
    assert (found["awful"]["toxicity"], found["fine"]["toxicity"]) == (1.0, 0.0)


def test_some_are_kept_from_training_and_like_texts_stay_together():
    comments = [Comment(f"text {number}", wanted(), "") for number in range(400)]
    train, kept = parted(comments)
    assert len(train) + len(kept) == 400
    assert 25 < len(kept) < 80
    again, kept_again = parted([Comment(f" TEXT {number} ", wanted(), "") for number in range(400)])
    assert [comment.text.strip().lower() for comment in kept_again] == [comment.text for comment in kept]
    assert len(again) == len(train)
