"""A page read as a browser would, but strictly: nothing unknown, nothing that acts or comes from afar."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from feather_tui.export.html_style import STYLE

_ELEMENTS: Final = """
    html head meta title style body h1 h2 h3 p dl dt dd ol ul li a span b code pre time article div
    details  summary table thead tbody tr th td
"""
ELEMENTS: Final = frozenset(_ELEMENTS.split())
ATTRIBUTES: Final = frozenset(
    {"lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "datetime", "dir"}
)
BLOCKS: Final = frozenset(
    {"p", "dl", "ol", "ul", "pre", "article", "div", "details", "table", "h1", "h2", "h3"}
)


class Page(HTMLParser):
    """Reads a page strictly: every element is known, closed in order, and where it may stand."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.texts: list[str] = []
        self.elements: list[str] = []
        self.feed(markup)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS, tag
        assert {name for name, _ in attrs} <= ATTRIBUTES, attrs
        assert len(dict(attrs)) == len(attrs)
        assert tag not in BLOCKS or not {"p", "span", "a", "h3", "summary", "pre"} & set(self.open), (
            tag,
            self.open,
        )
        assert tag not in {"dt", "dd"} or self.open[-1] == "dl"
        assert tag != "li" or self.open[-1] in {"ol", "ul"}
        assert tag != "summary" or self.open[-1] == "details"
        if tag != "meta":
            self.open.append(tag)
        self.elements.append(tag)
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if "href" in given else []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        assert decl == "doctype html"
        assert self.elements == []

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def check(markup: str) -> Page:
    """Read a page, and check what every page promises."""
    page = Page(markup)
    assert len(set(page.ids)) == len(page.ids)
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    style = markup.partition("<style>")[2].partition("</style>")[0]
    assert style == STYLE
    assert not re.search(r"url\(|@import|https?:|//", style)
    return page
