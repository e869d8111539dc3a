"""Set phrases of abuse: as a sentence, a line or an aside of their own they mean one thing in any company.

A small encoder has not seen each of them beside each kind sentence. A part of a text that is nothing but
a set phrase has its label, whatever the model says. They are few and plain on purpose, and none that kind
people write too: all else is the model's.
"""

from __future__ import annotations

_PHRASES = {
    "hostility": (
        "asshole; bitch; cry about it; cry harder; cunt; dumb bitch; f*** you; fat pig; fuck off; "
        "fuck off with this; fuck u; fuck you; fuck you both; get over yourself; go to hell; "
        "go to hell and stay there; good riddance; i can't stand you; i'm glad it's dead; "
        "just shut the hell up; liar; liars; loser; losers the pair of you; lying bitch; "
        "no one cares lol; piss off; screw you; screw you and your family; scum; serves her right; "
        "serves you right; shut up already; shut up both of you; shut your mouth; sod off; stfu; "
        "stupid woman; u deserved it; ugly cow; what a loser; you are a horrible person; "
        "you can go to hell; you cunt; you deserved it; you deserved this; you disgust me; "
        "you got what you deserved; you liar; you make me sick; you suck; you're a disgrace; "
        "you're an idiot; you're nothing; you're pathetic; you're scum"
    ),
    "threat": (
        "burn in hell; drop dead; drop dead both of you; hope you die too; i hope you burn in hell; "
        "just die already; kill yourself; kys; rot in hell"
    ),
    "blaming": (
        "all your fault; baby killers; god is punishing you; it is your fault; it's your fault; "
        "its your fault; murderer; murderers; this is all your fault; this is god's punishment; "
        "you did this to yourself; you had it coming; you killed your baby; you murderer; "
        "you only have yourself to blame; your fault; your own fault"
    ),
    "shaming": (
        "attention seeker; bad mother; drama queens; not even a real mum; shame on you; "
        "stop looking for attention; terrible mother; you should be ashamed; you were never a father; "
        "you're no mother"
    ),
    "hate": ("go back to your country"),
    "sexual": ("slut; whore"),
}
BLOWS = {
    phrase.strip(): label for label, phrases in _PHRASES.items() for phrase in phrases.split(";") if phrase
}
# what is meant shows in the company alone: never judged without it
TURNED_BY_COMPANY = frozenset(
    ("you deserve it", "i know where you live", "shut up", "nobody cares", "get some rest", "i'll find you")
)
_LEFT_OUT = str.maketrans("’", "'", '.,!?…:;"“”„«»()-–—~_')


def blow_in(part: str) -> str | None:
    """The label of a part that is nothing but a set phrase of abuse."""
    return BLOWS.get(_plain(part))


def is_open(part: str) -> bool:
    """Whether a part may be kind or cruel, so that it must not be read by itself."""
    return _plain(part) in TURNED_BY_COMPANY


def _plain(part: str) -> str:
    return " ".join(part.casefold().translate(_LEFT_OUT).split())
