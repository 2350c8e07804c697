"""Strategies for personal data that must not survive masking."""

from __future__ import annotations

from hypothesis import strategies as st

_NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789.+_-\u00fc", min_size=5, max_size=14)
_LABELS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", min_size=2, max_size=8)
_TOP = st.sampled_from(("example", "co.uk", "de", "museum", "\u0440\u0444"))


def _with_check_digit(digits: str) -> str:
    """Append the digit that makes a number pass the Luhn check (ISO/IEC 7812-1)."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits))]
    return digits + str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def _in_groups(digits: str, size: int, separator: str) -> str:
    return separator.join(digits[start : start + size] for start in range(0, len(digits), size))


def _digits(least: int, most: int) -> st.SearchStrategy[str]:
    return st.text(alphabet="0123456789", min_size=least, max_size=most)


emails = st.builds("{}@{}.{}".format, _NAMES, _LABELS, _TOP)
card_numbers = st.builds(
    _in_groups,
    st.builds("{}{}".format, st.sampled_from("3456"), _digits(11, 17)).map(_with_check_digit),
    st.sampled_from((1, 4, 19)),
    st.sampled_from((" ", "-", ".", "\u00a0", " - ")),
)
phones = st.one_of(
    st.builds("+{} {} {}".format, st.sampled_from(("1", "49", "351")), _digits(2, 4), _digits(5, 7)),
    st.builds("+{}{}".format, st.sampled_from(("1", "49", "351")), _digits(8, 11)),
    st.builds("0{}{}{}".format, _digits(2, 4), st.sampled_from((" ", "/", "-")), _digits(6, 7)),
    st.builds("({}) {}-{}".format, *(st.from_regex(rf"\A[2-9][0-9]{{{n}}}\Z") for n in (2, 2, 3))),
)
