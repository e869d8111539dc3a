"""One canonical form of a text, whatever tricks were played on it.

The canonical form is for reading only: what is stored and shown stays as written. Each character of it
keeps the place in the written text that it came from, so that marked words can be shown as written.

In: any `str` of up to `LONGEST` characters. Out: `Canonical`. Add a trick's test to
`tests/gate/test_canonical.py` and to `tests/hostile/`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from beside.gate.lookalikes import LOOKALIKES
from beside.gate.words import SHORTHAND, UNITS

LONGEST = 20_480
LONGEST_NORMALIZED = 40_960

_LEET = {
    "0": "o",
    "1": "i",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "8": "b",
    "@": "a",
    "$": "s",
    "!": "i",
    "|": "i",
}
_LEET.update({"€": "e", "¡": "i"})
_PUNCTUATION = ".,;:!?\"'()[]{}<>…-–—*_~`“”‘’/\\&=^%#"
_ENDS = ".,!?;:'\"()"
_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u00ad\u034f\u061c\u17b4\u17b5\u180e")
_QUOTES = {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "´": "'"}
_HEARTS = {"<3": "heart", "</3": "broken heart"}
_SMALL_ODD = {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "µ": "mu"}
_LONGEST_WORD = 64
_FEWEST_TO_JUDGE = 4
_MOSTLY = 0.66


@dataclass(frozen=True, slots=True)
class Canonical:
    """A text as the model reads it.

    `offsets[i]` is the index in the written text of the character that `text[i]` came from.
    `rewritten` counts the words that had to be undone from a disguise, `mixed` those that mix scripts.
    """

    text: str
    offsets: Sequence[int]
    words: int
    rewritten: int
    mixed: int
    too_long: bool = False

    @property
    def disguised(self) -> bool:
        """Whether so much is written in disguise that nobody should rely on the reading."""
        return self.mixed > 0 or self.rewritten >= 2 or self.rewritten * 4 >= max(self.words, 1)


def canonical(text: str, known: Container[str] = frozenset()) -> Canonical:
    """The canonical form of a text; a text over the length limits comes back empty and `too_long`.

    `known` holds the words that the reader knows: they tell what a stretched word stands for.
    """
    if len(text) > LONGEST:
        return Canonical("", (), 0, 0, 0, too_long=True)
    if text.isascii() and _is_plain(text.lower()):
        return Canonical(text.lower(), range(len(text)), text.count(" ") + 1, 0, 0)
    visible, places = _visible(text)
    if len(visible) > LONGEST_NORMALIZED:
        return Canonical("", (), 0, 0, 0, too_long=True)
    return _Rewriter(visible, places, known).run()


def garbled(form: Canonical, known: Container[str]) -> bool:
    """Whether most of the longer words are no words: a slip in nearly each of them, or another tongue."""
    longer = [
        word
        for word in (part.strip(_ENDS) for part in form.text.split())
        if len(word) >= 4 and word.isascii() and word.isalpha()
    ]
    strange = sum(word not in known for word in longer)
    return len(longer) >= _FEWEST_TO_JUDGE and strange >= _MOSTLY * len(longer)


def _is_plain(lower: str) -> bool:
    """Whether nothing is to be undone: ordinary words with single spaces, which is what most people write."""
    words = lower.split(" ")
    if any(not word.strip(_ENDS).replace("'", "").isalpha() for word in words):
        return False
    return sum(len(word) == 1 for word in words) < 4 and not any(letter * 3 in lower for letter in set(lower))


def _visible(text: str) -> tuple[str, list[int]]:
    if text.isascii() and text.isprintable():
        return text.lower(), list(range(len(text)))
    out: list[str] = []
    places: list[int] = []
    last = ""
    for place, char in enumerate(text):
        shown = _shown(char)
        if not shown:
            continue
        if shown == last and shown[0] == " " != shown and "".join(out[-2 * len(shown) :]) == shown * 2:
            continue  # a row of the same emoji says no more than two of it
        last = shown
        out.extend(shown)
        places.extend([place] * len(shown))
    return "".join(out), places


@lru_cache(maxsize=8192)
def _shown(char: str) -> str:
    """What one character contributes to the canonical form: nothing, itself, letters, or a name."""
    if char in " \n\r\t\x0b\x0c\x85\u2028\u2029":
        return " "
    if char in _QUOTES:
        return _QUOTES[char]
    if char in _BLANKS:
        return ""
    category = unicodedata.category(char)
    if category[0] in "CM":
        return ""
    if category[0] == "Z":
        return " "
    if category in ("So", "Sk") and not char.isascii():
        return _named(char, category)
    return _letters(char)


def _named(char: str, category: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    if plain != char and plain.isascii() and plain.isalnum():
        return plain.casefold()
    name = unicodedata.name(char, "symbol").casefold()
    if category == "Sk" or "variation" in name:
        return ""
    if name.startswith("regional indicator"):
        return " flag "
    if name.startswith(("negative ", "squared ", "circled ", "parenthesized ")) and name[-2] == " ":
        return name[-1]
    return f" {name} "


def _letters(char: str) -> str:
    decomposed = unicodedata.normalize("NFKD", char)
    kept = "".join(part for part in decomposed if unicodedata.category(part)[0] not in "MC").casefold()
    return "".join(_base(part) for part in kept)


def _base(char: str) -> str:
    if char.isascii():
        return char
    if char in _SMALL_ODD:
        return _SMALL_ODD[char]
    if char.isspace():
        return " "
    name = unicodedata.name(char, "")
    if name.startswith("LATIN") and "LETTER" in name:
        word = name.split(" LETTER ")[-1].removeprefix("SMALL CAPITAL ").split(" ")[0]
        if len(word) == 1:
            return word.lower()
    return char


class _Rewriter:
    """Goes through the words of a visible text once and undoes leetspeak, look-alikes and spacing."""

    def __init__(self, visible: str, places: list[int], known: Container[str]) -> None:
        self._visible, self._places, self._known = visible, places, known
        self._out: list[str] = []
        self._from: list[int] = []
        self._words = self._rewritten = self._mixed = 0

    def run(self) -> Canonical:
        spans = _word_spans(self._visible)
        latin = _mostly_latin(self._visible)
        index = 0
        while index < len(spans):
            taken = self._spaced(spans, index)
            if not taken:
                self._word(*spans[index], latin)
                taken = 1
            index += taken
        return Canonical("".join(self._out), tuple(self._from), self._words, self._rewritten, self._mixed)

    def _emit(self, word: str, places: list[int]) -> None:
        if self._out:
            self._out.append(" ")
            self._from.append(places[0])
        self._out.append(word)
        self._from.extend(places)
        self._words += 1

    def _spaced(self, spans: list[tuple[int, int]], index: int) -> int:
        """Joins `k i l l` to `kill`; says how many words that took (0 if fewer than four)."""
        end = index
        while (
            end < len(spans) and spans[end][1] - spans[end][0] == 1 and self._visible[spans[end][0]].isalnum()
        ):
            end += 1
        count = end - index
        letters = [self._visible[spans[i][0]] for i in range(index, end)]
        if count < 4 or set(letters) <= {"x", "o"}:  # kisses and hugs
            return 0
        self._rewritten += 2 * (count >= 5)
        self._emit("".join(letters), [self._places[spans[i][0]] for i in range(index, end)])
        return count

    def _word(self, start: int, end: int, latin: bool) -> None:
        word, places = self._visible[start:end], self._places[start:end]
        if not (word.isascii() and word.isalpha()):
            word, places = self._odd(word, places, latin)
        word, places = _unstretched(word, places, self._known)
        self._emit(word, places)

    def _odd(self, word: str, places: list[int], latin: bool) -> tuple[str, list[int]]:
        known = SHORTHAND.get(word.strip(_PUNCTUATION)) or _HEARTS.get(word)
        if known:
            return known, [places[0]] * len(known)
        if word.startswith(("http", "www.")):
            return word, places
        if len(word) > _LONGEST_WORD:
            self._rewritten += 2
            return word[:_LONGEST_WORD], places[:_LONGEST_WORD]
        if not word.isascii():
            word = self._unmasked(word, latin)
        bare = _undotted(word)
        if bare != word:
            self._rewritten += len(bare) >= 5
            return bare, [place for place, char in zip(places, word, strict=True) if char.isalnum()]
        return self._unleeted(word), places

    def _unmasked(self, word: str, latin: bool) -> str:
        if not any(char in LOOKALIKES for char in word):
            return word
        plain = "".join(LOOKALIKES.get(char, char) for char in word)
        if any("a" <= char <= "z" for char in word):
            self._mixed += 1
            return plain
        letters = [char for char in plain if char.isalpha()]
        if latin and all("a" <= char <= "z" for char in letters):
            self._rewritten += len(letters) > 1
            return plain
        return word

    def _unleeted(self, word: str) -> str:
        if not _is_leet(word):
            return word
        self._rewritten += 1
        first = next(i for i, char in enumerate(word) if char.isalnum() or char in "@$")
        last = max(i for i, char in enumerate(word) if char.isalnum() or char in "@$")
        inner = "".join(_LEET.get(char, char) for char in word[first : last + 1])
        return word[:first] + inner + word[last + 1 :]


def _word_spans(text: str) -> list[tuple[int, int]]:
    spans = []
    start = 0
    for word in text.split():
        start = text.index(word, start)
        spans.append((start, start + len(word)))
        start += len(word)
    return spans


def _mostly_latin(text: str) -> bool:
    letters = sum(char.isalpha() for char in text)
    other = 0 if text.isascii() else sum(char.isalpha() and not "a" <= char <= "z" for char in text)
    return other * 2 <= letters


def _undotted(word: str) -> str:
    """`k.i.l.l` or `k-i-l-l` without its separators; any other word unchanged."""
    if len(word) < 5 or not word[0].isalnum() or word[1].isalnum():
        return word
    trimmed = word.rstrip(_PUNCTUATION)
    evens, odds = trimmed[::2], set(trimmed[1::2])
    if len(evens) >= 3 and evens.isalpha() and len(odds) == 1 and odds <= set(".-_*~/+,"):
        return "".join(char for char in word if char.isalnum())
    return word


def _is_leet(word: str) -> bool:
    core = word.strip(_PUNCTUATION)
    letters = sum("a" <= char <= "z" for char in core)
    if letters < 1 or letters == len(core) or core.startswith("@"):
        return False
    if any(not ("a" <= char <= "z" or char in _LEET) for char in core) or _is_measure(core):
        return False
    inside = sum(
        char in _LEET and "a" <= core[i - 1] <= "z" and "a" <= core[i + 1] <= "z"
        for i, char in enumerate(core[1:-1], start=1)
    )
    odd = len(core) - letters
    return inside > 0 or (letters >= 3 and odd == 1 and core[0] in _LEET) or (letters >= 2 and odd >= 2)


def _is_measure(core: str) -> bool:
    """Whether a word is numbers with units, such as `24wks`, `9w2d`, `3rd` or `6lb4oz`."""
    letters = ""
    for char in core + "0":
        if char.isalpha():
            letters += char
        elif letters:
            if letters not in UNITS:
                return False
            letters = ""
    return core[0].isdigit()


def _unstretched(word: str, places: list[int], known: Container[str]) -> tuple[str, list[int]]:
    """A stretched word as the known word that it stands for, or else with no letter over twice in a row."""
    if not any(word[i] == word[i + 1] == word[i + 2] for i in range(len(word) - 2)):
        return word, places
    once = [i for i, char in enumerate(word) if i < 1 or char != word[i - 1] or not char.isalpha()]
    twice = [
        i
        for i, char in enumerate(word)
        if i < 2 or not (char == word[i - 1] == word[i - 2]) or char.isdigit()
    ]
    for kept in (twice, *_between(word, once), once):
        if _spelled(word, kept).strip(_PUNCTUATION) in known:
            return _spelled(word, kept), [places[i] for i in kept]
    return _spelled(word, twice), [places[i] for i in twice]


def _between(word: str, once: list[int]) -> Iterator[list[int]]:
    """The letters once each, but one of the repeated ones twice (`aaandd sooorrryy` holds `sorry`)."""
    for place in range(1, len(word)):
        if word[place] == word[place - 1] and place - 1 in once:
            yield sorted({*once, place})


def _spelled(word: str, kept: list[int]) -> str:
    return "".join(word[i] for i in kept)
