"""The canonical form: each trick undone, each place remembered."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beside.gate.canonical import LONGEST, canonical, garbled


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("I'm so  SORRY\tfor you", "i'm so sorry for you"),
        ("“It’s early”", '"it\'s early"'),
        ("ｙｏｕ ｓｈｏｕｌｄ", "you should"),
        ("𝓎ℴ𝓊 𝐝𝐢𝐝", "you did"),
        ("ⓨⓞⓤ", "you"),
        ("🅱🅰🅳", "bad"),
        ("ﬁne", "fine"),
        ("ca\u0301fe\u0301", "cafe"),
        ("z̷a̸l̵g̶o̴", "zalgo"),
        ("Søren Łukasz Þór", "soren lukasz thor"),
        ("ʏᴏᴜ", "you"),
        ("уоu ѕhоuld", "you should"),
        ("νоtе", "vote"),
        ("k1ll y0urs3lf", "kill yourself"),
        ("f@ck this $hit a$$hole", "fack this shit asshole"),
        ("k i l l him", "kill him"),
        ("j.u.m.p off", "jump off"),
        ("j-u-m-p, now", "jump now"),
        ("s\u200bt\u200du\u2060p\u00adid", "stupid"),
        ("\u202ediputs\u202c", "diputs"),
        ("soooooo sorry!!!!!!", "soo sorry!!"),
        ("hahahaha", "hahahaha"),
        ("gr8 m8 b4", "great mate before"),
        ("<3 xx", "heart xx"),
        ("🤍", "white heart"),
        ("🕊️🤍", "dove of peace white heart"),
        ("😂😂😂😂😂", "face with tears of joy face with tears of joy"),
        ("👩‍👧", "woman girl"),
        ("👍🏽", "thumbs up sign"),
        ("🇮🇪", "flag flag"),
        ("❤️‍🩹", "heavy black heart adhesive bandage"),
    ],
)
def test_tricks_are_undone(written, read):
    assert canonical(written).text == read


@pytest.mark.parametrize(
    "plain",
    [
        "24wks and 3 days, 9w2d, 6lb4oz at 5pm",
        "my 3rd, the 1990s, 2am, 10cm",
        "@jess_m @tom99 thank you",
        "covid-19 ward b12",
        "a+b or c/d",
        "r.i.p. little one",
        "he was 2lb 3oz. 38+4",
        "x x",
        "£5 each, 50% off",
        "nurse's well-meant half-term",
    ],
)
def test_ordinary_writing_is_no_disguise(plain):
    assert canonical(plain).rewritten == 0
    assert not canonical(plain).disguised


@pytest.mark.parametrize(
    "benign",
    [
        "إنا لله وإنا إليه راجعون",
        "המקום ינחם אתכם",
        "ॐ शान्ति शान्ति शान्ति",
        "Siobhán, naïve café, Zoë",
        "Ђорђе",
        "🕊️🤍🙏🏾",
    ],
)
def test_other_scripts_accents_and_emoji_are_no_disguise(benign):
    assert not canonical(benign).disguised


@pytest.mark.parametrize(
    "disguised",
    [
        "уоu ѕhоuld dіе",
        "k1ll y0urself",
        "y o u a r e a b a d m o t h e r",
        "d.i.e n.o.w.b.i.t.c.h y.o.u.u",
        "h4te",
    ],
)
def test_a_disguise_is_noticed(disguised):
    assert canonical(disguised).disguised


def test_a_stretched_word_is_a_known_word_where_there_is_one():
    known = frozenset({"about", "so", "sorry", "good", "god", "see"})
    assert canonical("Sooooo sooorrryyy aaabooooout it", known).text == "so sorry about it"
    assert canonical("goooood seeeee", known).text == "good see"
    assert canonical("zzzzzoooo!!!!", known).text == "zzoo!!"


def test_a_text_of_which_most_words_are_no_words_is_garbled():
    known = frozenset("sorry about your little with love from everyone".split())
    assert garbled(canonical("sroory abuot yuor litlte love"), known)
    assert not garbled(canonical("sorry about your litlte Oluwaseun, with love"), known)
    assert not garbled(canonical("Oluwaseun Adaeze Tobenna"), known)


def test_offsets_point_into_the_text_as_written():
    written = "So\u200b SORRY 🤍 k1ll"
    form = canonical(written)
    assert form.text == "so sorry white heart kill"
    assert written[form.offsets[0]] == "S"
    assert written[form.offsets[form.text.index("sorry")]] == "S"
    assert {written[form.offsets[i]] for i in range(9, 20)} == {"🤍"}
    assert "".join(written[place] for place in form.offsets[-4:]) == "k1ll"


def test_length_is_limited_before_and_after_normalizing():
    assert not canonical("a" * LONGEST).too_long
    assert canonical("a" * (LONGEST + 1)).too_long
    grows = "\ufdfa" * 3000
    assert len(unicodedata.normalize("NFKC", grows)) > 40_960
    assert canonical(grows).too_long
    assert canonical(grows).text == ""


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_any_text_has_a_stable_canonical_form(text):
    form = canonical(text)
    assert len(form.text) == len(form.offsets)
    assert all(0 <= place < len(text) for place in form.offsets)
    assert form == canonical(text)
    assert form.text == form.text.strip()
    assert "  " not in form.text


def test_the_short_way_for_ordinary_writing_leads_to_the_same_form(validation, monkeypatch):
    texts = [message.text for message in validation]
    short = [canonical(text) for text in texts]
    assert sum(isinstance(form.offsets, range) for form in short) > len(texts) / 3
    monkeypatch.setattr("beside.gate.canonical._is_plain", lambda lower: False)
    for form, text in zip(short, texts, strict=True):
        slow = canonical(text)
        assert (form.text, form.words, form.rewritten, form.mixed) == (
            slow.text,
            slow.words,
            slow.rewritten,
            slow.mixed,
        )
        letters = [place for place, char in enumerate(form.text) if char != " "]
        assert [form.offsets[place] for place in letters] == [slow.offsets[place] for place in letters]
