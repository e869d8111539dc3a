"""Letters of other scripts that pass for Latin ones.

Drawn from the table of Unicode Technical Standard 39 (confusables), single letters only, with the lower-case
Cyrillic, Greek, Armenian and Cherokee letters that people use in disguises added by hand.
"""

from __future__ import annotations

_PASSES_FOR = {
    "a": "ΑαАаᎪᗅꓮ𐊠𖽀",
    "b": "ΒβВЬвьᏏᏴᑲᖯᗷꓐ𐊂𐊡𐌁",
    "c": "ϲϹСсᏟⲤⲥꓚꮯ𐊢𐌂𐐕𐐽𐔜𑣩𑣲",
    "d": "ԁᎠᏧᑯᗞᗪꓒꓓ",
    "e": "ΕεЕеєҽᎬⴹꓰ𐊆𑢦𑢮𑣆𑣎",
    "f": "Ϝϝքᖴꓝ𐊇𐊥𐔥𑢢𑣂",
    "g": "ԌԍցᏀᏳꓖ",
    "h": "ΗНнһհᎻᏂᕼⲎⲏꓧ𐋏",
    "i": "ιіᎥιꙇꭵ𑣃",
    "j": "ͿϳЈјᎫᒍꓙ",
    "k": "ΚκКкᏦᛕⲔⲕꓗ𐔘",
    "l": "ΙІӀӏ۱ᏞᒪᛁℐℑⅠⅰⲒⲓⳐⳑⵏꓡꓲ𐊊𐌉𐌠𐐛𐑃𐔦𑢣𑢲𑣒𖼖𖼨🯱",
    "m": "ΜϺϻМмᎷᗰᛖⲘⲙꓟ𐊰𐌑",
    "n": "ΝηпոռⲚⲛꓠ𐔓",
    "o": "ΟοσОоՕօ۵०০੦૦ଠ୦௦౦೦ഠ൦๐໐ဝ၀ჿዐⲞⲟⵔ〇ꓳ𐊒𐊫𐐄𐐬𐓂𐓪𐔖𑓐𑢵𑣈𑣕𑣗𑣠🯰",
    "p": "ΡρϱРрᏢᑭⲢⲣꓑ𐊕",
    "q": "ԛգզⵕ",
    "r": "гᎡᎱᏒᖇᴦⲅꓣꮁ𐒴𐓜𖼵",
    "s": "ЅѕՏտᏕᏚꓢꮪ𐊖𐐠𐑈𑣁𖼺",
    "t": "ΤτТтᎢⲦⲧꓔ𐊗𐊱𐌕𑢼𑣜𖼊",
    "u": "μυцՍսሀᑌꓴ𐓎𐓶𑢸𑣘𖽂",
    "v": "νѴѵ۷Ꮩᐯⴸꓦꛟꮩ𐔝𑜆𑢠𑣀𖼈",
    "w": "ωшѡԜԝաᎳᏔꓪꮃ𑜊𑜎𑜏𑣦𑣯",
    "x": "ΧχХхᕁᕽᚷⲬⲭⵝꓫ𐊐𐊴𐌗𐌢𐔧𑣬",
    "y": "ΥγϒУуҮүყᎩᎽℽⲨⲩꓬ𐊲𑢤𑣄𖽃",
    "z": "ΖζᏃꓜꮓ𐋵𑢩𑣉𑣥",
}

LOOKALIKES: dict[str, str] = {
    lookalike: letter for letter, lookalikes in _PASSES_FOR.items() for lookalike in lookalikes
}
