"""What people write who mean harm to a terminal, and what is to be seen in its place.

The rules are written down here once more, in another way than in the program, so that one mistake is not
made in both.
"""

from __future__ import annotations

import unicodedata
from random import Random
from typing import Final

_C0: Final = [chr(code) for code in range(0x20) if chr(code) not in "\t\n\r"]
_C1: Final = [chr(code) for code in range(0x80, 0xA0)]
_DIRECTIONS: Final = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_WITHOUT_WIDTH: Final = "\u00ad\u200b\u200c\u2060\ufeff\u180e\u2061"
_TAGS: Final = "\U000e0001\U000e0041\U000e0074\U000e007f\U000e0100"
_UNSEEN: Final = "\u2028\u2029\u3164\u115f\u1160\uffa0\u034f\u2800"
_NOBODYS: Final = "\ue000\uf8ff\U000f0000\U0010fffd\ufdd0\uffff\u0378"
_LEFT_OUT: Final = {"\u200d", "\ufe0e", "\ufe0f", *map(chr, range(0x1F3FB, 0x1F400))}
_BY_NUMBER: Final = {*_C1, *_DIRECTIONS, *_WITHOUT_WIDTH, *_TAGS, *_UNSEEN, *_NOBODYS}

SEQUENCES: Final = (
    *("\x1b]52;c;UE9JU09O\x07", "\x1b]52;c;UE9JU09O\x1b\\", "\x1b]0;owned\x07", "\x1b]2;owned\x1b\\"),
    *("\x1b]8;;file:///etc/passwd\x07here\x1b]8;;\x07", "\x1b]1337;File=:AA==\x07", "\x1b]10;?\x07"),
    *("\x1bP+q544e\x1b\\", "\x1bP$q\x22p\x1b\\", "\x1bPtmux;\x1b\x1b]52;c;AA==\x07\x1b\\", "\x1b_G\x1b\\"),
    *("\x1b[2J", "\x1b[31;41;5m", "\x1b[17;39Hhere", "\x1b[?1049l", "\x1b[?1000h", "\x1b[c", "\x1b[6n"),
    *("\x1b[21t", "\x1b[7;3r", "\x1b[!p", "\x1b[4h", "\x1b[99S", "\x1b[2K", "\x1b[?2026h", "\x1b[>4;2m"),
    *("\x1bc", "\x1b(0", "\x1b#8", "\x1bD", "\x1bM", "\x1b7", "\x1b8", "\x1b%G", "\x1b", "\x1b[", "\x1b]"),
    *("\x9b31m", "\x9d52;c;UE9JU09O\x9c", "\x90+q\x9c", "\x9f\x9c", "\x98x\x9c", "\x85", "\x8d"),
)
MARKUP: Final = (
    *("[/x]", "[@click=app.quit]go[/]", "[link=file:///etc]x[/link]", "[bold red]", "[", "]", "[[", "\\["),
    *("**bold** `code`", "# head", "[a](javascript:1)", "<script>alert(1)</script>", "&lt;", "$(id)", "`id`"),
    *("{0}", "%s %n", "{{x}}", "'; --", "\\x1b[31m", "\\u202e"),
)
SCRIPTS: Final = (
    *("שלום", "مرحبا", "漢字かな", "한국어", "ﬁ", "\uff57\uff49\uff44\uff45", "ไทย", "ß", "İ", "Ǆ"),
    *("👩🏽\u200d👩🏽\u200d👧", "❤\ufe0f", "🇩🇪", "e" + "\u0301" * 9, "\u0301\u0301\u0301\u0301\u0301"),
)
HARMFUL: Final = (*_C0, "\x7f", *_C1, *_DIRECTIONS, *_WITHOUT_WIDTH, *_TAGS, *_UNSEEN, *_NOBODYS, *SEQUENCES)
"""What must not come to a terminal as it is."""
LINES: Final = ("\t", "\r", "\r\n", "\n", "a\rb", "\n\n")
BROKEN: Final = ("\ud800", "\udc1b\ud800", "\udc1b")

_SIGNS_IN_LINES: Final = {"\n": "", "\t": "", "\r": "␍", "\x7f": "␡"}


def stand_in(text: str) -> str:
    """Return what is to be seen of a text, without its blanks: how lines are broken is not its business."""
    text = text.encode("utf-16", "surrogatepass").decode(
        "utf-16", "surrogatepass"
    )  # halves that meet are whole
    seen = "".join(_limited(text.replace("\r\n", "\n")))
    return "".join(seen.split())


def _limited(text: str) -> list[str]:
    signs: list[str] = []
    marks = 3
    for character in text:
        is_mark = unicodedata.category(character) in {"Mn", "Me"} and _sign(character) == character
        if is_mark and marks >= 3:
            signs.append(f"<{ord(character):02X}>")
        else:
            signs.append(_sign(character))
        marks = marks + 1 if is_mark else 0
        marks = 3 if character == "\n" else marks
    return signs


def _sign(character: str) -> str:
    code = ord(character)
    if character in _SIGNS_IN_LINES:
        return _SIGNS_IN_LINES[character]
    if character in _LEFT_OUT:
        return ""
    if code < 0x20:
        return chr(0x2400 + code)
    if 0xD800 <= code < 0xE000:
        return "\ufffd"
    if 0x1F1E6 <= code < 0x1F200:
        return chr(0x24B6 + code - 0x1F1E6)
    return f"<{code:02X}>" if character in _BY_NUMBER else character


def hostile_text(chance: Random, *, lines: bool = True) -> str:
    """Return a text of a few pieces; every kind comes up often."""
    kinds = [HARMFUL, SEQUENCES, MARKUP, SCRIPTS, BROKEN, ("word", " ", "x" * 70, "漢" * 40)]
    kinds += [LINES] if lines else []
    return "".join(chance.choice(chance.choice(kinds)) for _ in range(chance.randint(1, 5)))


def hostile_line(chance: Random) -> str:
    """Return one that has no ends of lines in it."""
    return hostile_text(chance, lines=False)
