"""How a terminal is made an empty one."""

from typing import Final

AFRESH: Final = "\x18\x1b[m\x1b[r\x1b[4l\x1b[?6;7;25l\x1b(B\x0f\x1b[H\x1b[J"
"""Makes a terminal in any state an empty one: the sequence that was cut off is given up; default pen, no
scroll region, no inserting, addresses from the corner, lines that do not wrap, no cursor, plain letters."""
