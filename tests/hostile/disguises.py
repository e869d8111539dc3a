"""Ways of writing a text so that a machine reads past it; made here, from nothing but the text."""

from random import Random

INVISIBLE = (
    "\u200b\u200c\u200d\u2060\u00ad\u034f\u180e\u202a\u202e\u2066\ufe0f\ufe01\U000e0061\U000e0020\u3164\u115f"
)
_CYRILLIC = str.maketrans("aceopxyijsh", "асеорхуіјѕһ")
_GREEK = str.maketrans("aoeivnpxukt", "αοεινηρχυκτ")
_LEET = str.maketrans({"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7"})
_SYMBOLS = str.maketrans({"a": "@", "s": "$", "i": "!", "e": "3", "o": "0"})
_NEAR = {
    "a": "s",
    "e": "r",
    "i": "o",
    "o": "p",
    "t": "y",
    "n": "m",
    "s": "d",
    "r": "t",
    "l": "k",
    "h": "j",
    "d": "f",
    "u": "y",
}


def with_invisibles(text: str, chance: Random) -> str:
    out = []
    for char in text:
        out.append(char)
        while chance.random() < 0.4:
            out.append(chance.choice(INVISIBLE))
    return "".join(out)


def full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def circled(text: str) -> str:
    return "".join(chr(0x24D0 + ord(char) - 97) if "a" <= char <= "z" else char for char in text.lower())


def mathematical(text: str) -> str:
    return "".join(chr(0x1D41A + ord(char) - 97) if "a" <= char <= "z" else char for char in text.lower())


def cyrillic(text: str) -> str:
    return text.lower().translate(_CYRILLIC)


def greek(text: str) -> str:
    return text.lower().translate(_GREEK)


def leet(text: str) -> str:
    return text.lower().translate(_LEET)


def symbols(text: str) -> str:
    return text.lower().translate(_SYMBOLS)


def spaced(text: str) -> str:
    return "   ".join(" ".join(word) for word in text.split())


def dotted(text: str) -> str:
    return " ".join(".".join(word) if len(word) > 2 and word.isalpha() else word for word in text.split())


def stretched(text: str, chance: Random) -> str:
    return "".join(char * chance.choice((1, 1, 1, 3, 5)) if char in "aeiou" else char for char in text)


def mistyped(text: str, chance: Random) -> str:
    """One slip in every word of four letters or more."""
    return " ".join(_slip(word, chance) for word in text.split(" "))


def _slip(word: str, chance: Random) -> str:
    if len(word) < 4 or not word.isalpha():
        return word
    place = chance.randrange(1, len(word) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind == 1:
        return word[:place] + word[place + 1 :]
    if kind == 2:
        return word[:place] + word[place] + word[place:]
    return word[:place] + _NEAR.get(word[place], word[place]) + word[place + 1 :]
