"""From a session to rows of styled text, for the screen and for `show` alike.

Pure: the standard library and `rich.cells` (cell widths). Nothing here knows Textual.
"""
