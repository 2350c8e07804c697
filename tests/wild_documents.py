"""Strategies for documents that the API might send one day, and for text that strangers might write.

They are made from the records' own annotations, so that a field added to a record is tried as well. The
identifiers come from small pools: links meet, cross, repeat and dangle.
"""

from __future__ import annotations

import types
import typing
from dataclasses import is_dataclass
from datetime import datetime

from documents import SESSION_ID, Document, moment
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from feather_tui.session.model import Extraction, JsonValue, Session

quick = settings(
    deadline=None,  # machines that run tests are busy
    max_examples=10,
    suppress_health_check=[HealthCheck.too_slow],  # for the same reason
)

HOSTILE = (
    "\x1b]52;c;cm0gLXJm\x07",
    "\x1b[2J\x9b31m",
    "[@click=app.quit]x[/foo]",
    "\u202ereversed\u2069",
    "\r\n\r\x00\x7f\t",
    "e" + "\u0301" * 9,
    "👩🏽\u200d👩🏽\u200d👧 ❤\ufe0f 🇩🇪",
    "\ud800 alone",
    "漢字かな交じり文" * 12,
    "한글 조합 각",
    "word " * 30,
    "x" * 150,
    '{"order_id": "8812-4410", "amount": 79.9, "note": null}',
    "[1, 2, {}]",
    "{not json",
    " ",
    "",
)
POOLS: dict[str, tuple[str, ...]] = {
    "turn_id": ("t1", "t2", "t3", ""),
    "assistant_turn_id": ("t1", "t2", "t9", ""),
    "tool_call_id": ("call_1", "call_2", ""),
    "id": ("call_1", "call_2", "call_3", ""),
    "name": ("lookup_order", "refund_order", ""),
    "chunk_id": ("c1", "c2", "c3"),
    "role": ("user", "assistant", "tool", "system", "narrator"),
    "channel": ("voice", "chat", "sms", "email", "fax"),
    "arguments": ("{}", '{"a": 1}', '{ "a" : 1 }', "", "{"),
    "output": ("ok", '{"a": 1}', ""),
}

texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=20),
    st.text(alphabet="ab é漢\u0301\x1b\n", max_size=60),
)
"""What people, tools and models write, and what attackers do."""

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.just(10**400),
    st.floats(allow_nan=False, allow_infinity=False),
    texts,
)
json_values: st.SearchStrategy[JsonValue] = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(texts, inner, max_size=3),
    ),
    max_leaves=5,
)

moments = st.one_of(
    st.integers(-10, 700).map(moment),
    st.sampled_from(
        (
            "2026-11-20T14:03:00",
            "2026-11-20 14:03",
            "2026-11-20t14:03:00.5",
            "2026-11-20",
            "2026-11-20T19:33:00+05:30",
            "0001-01-01T00:00:00Z",
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59-12:00",
        )
    ),
)

_LEAVES: dict[object, st.SearchStrategy[JsonValue]] = {
    str: texts,
    int: st.one_of(st.integers(0, 60_000), st.integers(), st.just(10**400)),
    float: st.one_of(st.floats(0, 1), st.floats(allow_nan=False, allow_infinity=False)),
    bool: st.booleans(),
    datetime: moments,
    typing.Any: json_values,
}


def documents(record: type, *, wild: bool = False) -> st.SearchStrategy[Document]:
    """Documents of a record: any field may be absent, and what is there has the right type, unless `wild`."""
    fields = {
        name: _values(name, hint, wild=wild)
        for name, hint in typing.get_type_hints(record).items()
        if name != "session_id"
    }
    known = st.fixed_dictionaries({}, optional=fields)
    if wild:
        known = st.one_of(
            known, st.builds(dict.__or__, known, st.dictionaries(texts, json_values, max_size=2))
        )
    if record in {Session, Extraction}:
        return known.map(lambda document: {"session_id": SESSION_ID, **document})
    return known


def _values(name: str, hint: JsonValue, *, wild: bool) -> st.SearchStrategy[JsonValue]:
    right = _right_values(name, hint, wild=wild)
    return st.one_of(right, right, right, right, st.none(), json_values) if wild else right


def _right_values(name: str, hint: JsonValue, *, wild: bool) -> st.SearchStrategy[JsonValue]:
    origin: object = typing.get_origin(hint)
    arguments = typing.get_args(hint)
    if isinstance(hint, types.UnionType):
        choices = [choice for choice in arguments if choice is not types.NoneType]
        return st.one_of(st.none(), *(_right_values(name, choice, wild=wild) for choice in choices))
    if name in POOLS and hint is str:
        return st.one_of(st.sampled_from(POOLS[name]), st.sampled_from(POOLS[name]), texts)
    if origin is tuple:
        return st.lists(_right_values(name, arguments[0], wild=wild), max_size=4)
    if origin is dict:
        return st.dictionaries(texts, _right_values(name, arguments[1], wild=wild), max_size=3)
    if is_dataclass(hint) and isinstance(hint, type):
        return documents(hint, wild=wild)
    return _LEAVES[hint]


sessions = documents(Session)
wild_sessions = documents(Session, wild=True)
extractions = documents(Extraction)
wild_extractions = documents(Extraction, wild=True)

_turns = st.sampled_from(("t1", "t2", "t3", "gone"))
_calls = st.sampled_from(("call_1", "call_2"))
_chunks = st.sampled_from(("c1", "c2"))
_names = st.sampled_from(("lookup_order", "refund_order"))
_requests = st.fixed_dictionaries({"id": _calls, "function": st.fixed_dictionaries({"name": _names})})
_results = st.fixed_dictionaries({"tool_call_id": _calls, "output": st.sampled_from(("ok", ""))})
_times = st.one_of(st.none(), st.integers(0, 60).map(moment))

linked_sessions: st.SearchStrategy[Document] = st.fixed_dictionaries(
    {
        "session_id": st.just(SESSION_ID),
        "messages": st.lists(
            st.fixed_dictionaries(
                {
                    "turn_id": _turns,
                    "role": st.sampled_from(("user", "assistant", "tool")),
                    "timestamp": _times,
                    "content": st.sampled_from(("hello", "ok", "")),
                    "tool_calls": st.lists(_requests, max_size=2),
                    "tool_results": st.one_of(st.none(), _results),
                }
            ),
            max_size=5,
        ),
        "tool_calls": st.lists(
            st.fixed_dictionaries({"tool_call_id": _calls, "assistant_turn_id": _turns, "name": _names}),
            max_size=4,
        ),
        "rag_traces": st.lists(
            st.fixed_dictionaries(
                {
                    "assistant_turn_id": _turns,
                    "retrieved": st.lists(st.fixed_dictionaries({"chunk_id": _chunks}), max_size=3),
                }
            ),
            max_size=4,
        ),
        "citations": st.lists(
            st.fixed_dictionaries(
                {"assistant_turn_id": _turns, "chunk_id": st.one_of(_chunks, st.just("c3"))}
            ),
            max_size=5,
        ),
        "handoff_events": st.lists(st.fixed_dictionaries({"timestamp": _times}), max_size=2),
    }
)
"""Documents of little text and many links: right, double, crossed and dangling ones."""
