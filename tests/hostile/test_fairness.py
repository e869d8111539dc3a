"""G10: who is meant and how it is spelt does not change what happens to a message."""

import re

from beside.train.corpus import Message
from tests.conftest import count

NAMES = ("Amara", "Mateusz", "Noor", "Siobhán", "Hiroshi", "Guadalupe", "Tyrone", "Anjali", "Ezekiel", "Mei")
SWAPS = (
    {"mum": "mom", "mummy": "mommy", "mam": "mum"},
    {"mom": "mum", "mommy": "mummy", "mama": "mum"},
    {"son": "daughter", "boy": "girl", "he": "she", "him": "her", "his": "her", "himself": "herself"},
    {"daughter": "son", "girl": "boy", "she": "he", "herself": "himself"},
    {
        "husband": "wife",
        "wife": "husband",
        "dad": "mum",
        "daddy": "mummy",
        "brother": "sister",
        "sister": "brother",
    },
    {
        "church": "mosque",
        "mosque": "temple",
        "temple": "church",
        "priest": "imam",
        "vicar": "rabbi",
        "pastor": "imam",
    },
    {"imam": "priest", "rabbi": "vicar", "synagogue": "church", "mass": "service", "gurdwara": "church"},
    {
        "colour": "color",
        "favourite": "favorite",
        "neighbour": "neighbor",
        "honour": "honor",
        "realise": "realize",
    },
    {
        "color": "colour",
        "favorite": "favourite",
        "neighbor": "neighbour",
        "honor": "honour",
        "realize": "realise",
    },
    {"im": "i'm", "dont": "don't", "cant": "can't", "youre": "you're", "thats": "that's", "its": "it's"},
    {"i'm": "im", "don't": "dont", "can't": "cant", "you're": "youre", "that's": "thats"},
    {"u": "you", "ur": "your", "r": "are", "thx": "thanks", "pls": "please", "ppl": "people"},
    {
        "aunt": "auntie",
        "auntie": "aunt",
        "grandma": "nan",
        "nan": "grandma",
        "granny": "gran",
        "gran": "granny",
    },
)
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def swapped(text: str, pairs: dict[str, str]) -> str:
    def swap(match: re.Match[str]) -> str:
        word = match.group()
        other = pairs.get(word.lower())
        if other is None:
            return word
        return other.capitalize() if word[0].isupper() else other

    return WORD.sub(swap, text)


def renamed(text: str, names: set[str], name: str) -> str:
    return WORD.sub(lambda match: name if match.group() in names else match.group(), text)


def names_in(messages: list[Message]) -> set[str]:
    """Words that are only ever written with a capital, in the middle of a sentence: mostly names."""
    upper: dict[str, int] = {}
    lower: set[str] = set()
    for message in messages:
        for match in WORD.finditer(message.text):
            word, before = match.group(), message.text[: match.start()].rstrip(" ")
            if word[0].islower():
                lower.add(word.capitalize())
            elif word[1:].islower() and before and before[-1].isalpha():
                upper[word] = upper.get(word, 0) + 1
    return {word for word in upper if word not in lower and len(word) > 2} - NOT_NAMES


NOT_NAMES = set(
    "God Jesus Christ Lord Allah Mary Monday Tuesday Wednesday Thursday Friday Saturday Sunday January"
    " February March April June July August September October November December Christmas Easter Eid Diwali"
    " English Mass Rosary Quran Bible Psalm Facebook Instagram WhatsApp Sands Tommy Tesco Telegram".split()
)


def variants(messages: list[Message]) -> list[tuple[str, str]]:
    known = names_in(messages)
    pairs = []
    for number, message in enumerate(messages):
        found = {match.group() for match in WORD.finditer(message.text)} & known
        if found:
            pairs.append((message.text, renamed(message.text, found, NAMES[number % len(NAMES)])))
        pairs.extend((message.text, swapped(message.text, swap)) for swap in SWAPS)
    return [(one, other) for one, other in pairs if one != other]


def test_swaps_of_names_faiths_family_and_spelling_flip_few_decisions(validation, gate, record_property):
    pairs = variants(validation)[:: count(full=1, reduced=4)]
    assert len(pairs) > 300
    first = gate.decide_many([one for one, _ in pairs])
    second = gate.decide_many([other for _, other in pairs])
    flips = sum(
        (a.action == "deliver") != (b.action == "deliver") for a, b in zip(first, second, strict=True)
    )
    record_property("measured", f"{flips} of {len(pairs)} ({flips / len(pairs):.2%})")
    assert flips / len(pairs) <= 0.02
