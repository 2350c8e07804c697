"""The commands of whoever reads a session: moving, unfolding, searching, findings, filter and marks."""

from __future__ import annotations

from feather_tui.command import IN_TRANSCRIPT, NOWHERE, Need, Overlay, command, section

_FOLDING = dict.fromkeys(
    (
        *(Overlay.FINDINGS, Overlay.DETAILS, Overlay.EVIDENCE, Overlay.LATENCY, Overlay.RAW),
        Overlay.COMPARE,
    ),
    "",
)
_PAGES = {
    **_FOLDING,
    **dict.fromkeys((Overlay.HELP, Overlay.COPY, Overlay.NOTE, Overlay.COMMON, Overlay.ONSET), ""),
    Overlay.BOARD: "",
}
_IN_RAW = {Overlay.RAW: ""}

MOVING = section(
    "Moving",
    command("move_down", "j down", "one line down", overlays={**_PAGES, Overlay.COPY: "down"}),
    command("move_up", "k up", "one line up", overlays={**_PAGES, Overlay.COPY: "up"}),
    command(
        "page_down",
        "space pagedown",
        "one page down",
        "page",
        overlays={
            **dict.fromkeys(_PAGES, "page"),
            **dict.fromkeys((Overlay.COPY, Overlay.RAW, Overlay.BOARD), ""),
        },
    ),
    command("page_up", "b pageup", "one page up", overlays=_PAGES),
    command("half_page_down", "ctrl+d", "half a page down", overlays=_PAGES),
    command("half_page_up", "ctrl+u", "half a page up", overlays=_PAGES),
    command("go_home", "g home", "to the beginning", overlays=_PAGES),
    command("go_end", "G end", "to the end", overlays=_PAGES),
    command("next_turn", "right_curly_bracket", "next turn", "turn", IN_TRANSCRIPT, need=Need.TRANSCRIPT),
    command(
        "previous_turn", "left_curly_bracket", "previous turn", panes=IN_TRANSCRIPT, need=Need.TRANSCRIPT
    ),
)

READING_SESSIONS = section(
    "Reading",
    command(
        "toggle_fold",
        "enter",
        "unfold or fold what the cursor is on; in the extraction, to where it was said",
        "unfold",
        overlays={
            Overlay.FINDINGS: "evidence",
            Overlay.DETAILS: "unfold",
            Overlay.EVIDENCE: "go there",
            Overlay.LATENCY: "go there",
            Overlay.COPY: "copy",
            Overlay.RAW: "unfold",
            Overlay.NOTE: "remark",
            Overlay.BOARD: "open",
            Overlay.COMMON: "narrow to it",
            Overlay.ONSET: "open",
            Overlay.COMPARE: "open",
        },
    ),
    command(
        "toggle_all",
        "e",
        "unfold or fold everything",
        "all",
        overlays={**dict.fromkeys(_FOLDING, "all"), Overlay.BOARD: ""},
    ),
    command("show_more", "plus", "show the next part of a very long value", overlays=_FOLDING),
    command(
        "show_details",
        "i",
        "details of the session: ids, metadata, knowledge base, feedback, evidence gaps",
        "details",
        overlays={Overlay.DETAILS: ""},
        need=Need.TRANSCRIPT,
    ),
    command(
        "cycle_time",
        "t",
        "times as UTC, local, relative to now, from the start",
        overlays={Overlay.BOARD: ""},
    ),
    command(
        "search",
        "slash",
        "search everything of the session, folded or not; in the help and on the board, narrow it",
        "search",
        overlays={Overlay.HELP: "narrow", Overlay.RAW: "search", Overlay.BOARD: "filter"},
        need=Need.DOCUMENT,
    ),
    command("next_match", "n", "to the next entry that matches", overlays=_IN_RAW, need=Need.SEARCH),
    command("previous_match", "N", "to the one before that matches", overlays=_IN_RAW, need=Need.SEARCH),
)

FINDINGS = section(
    "Findings",
    command(
        "next_finding",
        "right_square_bracket",
        "to the evidence of the next finding, unfolded",
        "finding",
        need=Need.FINDING,
    ),
    command(
        "previous_finding",
        "left_square_bracket",
        "to the evidence of the previous finding",
        need=Need.FINDING,
    ),
    command(
        "show_findings",
        "f",
        "all findings, worst first, and away again",
        "findings",
        overlays={Overlay.FINDINGS: "hide"},
        need=Need.ASSESSMENT,
    ),
    command(
        "show_evidence",
        "x",
        "evidence: what this answer stood on, or what came of this tool call",
        "evidence",
        IN_TRANSCRIPT,
        overlays={Overlay.EVIDENCE: ""},
        need=Need.TRANSCRIPT,
    ),
    command(
        "show_latency",
        "L",
        "where the time of each turn went; there once more: the slowest first",
        overlays={Overlay.LATENCY: "other order"},
        need=Need.TRANSCRIPT,
    ),
)

MARKS = section(
    "Filter and marks",
    command(
        "filter",
        "F",
        "show only some entries: by role, tool, kind, error, finding, time; an empty line shows all",
        "filter",
        need=Need.TRANSCRIPT,
    ),
    command(
        "mark",
        "m",
        "mark this entry for the incident note, or take its mark away; on the board, this session",
        "mark",
        IN_TRANSCRIPT,
        overlays={Overlay.BOARD: "mark"},
        need=Need.TRANSCRIPT,
    ),
    command(
        "remark", "a", "mark this entry and write a remark on it", panes=IN_TRANSCRIPT, need=Need.TRANSCRIPT
    ),
    command(
        "next_mark",
        "apostrophe",
        "to the next marked entry; on the board, session",
        overlays={Overlay.BOARD: ""},
        need=Need.TRANSCRIPT,
    ),
    command(
        "show_note",
        "M",
        "the incident note: verdict, findings, marked entries; to look at, copy or save, masked",
        "note",
        overlays={Overlay.NOTE: ""},
        need=Need.SESSION,
    ),
    command("save_note", "s", "save the note in a new file", panes=NOWHERE, overlays={Overlay.NOTE: "save"}),
    command(
        "unmask_note",
        "u",
        "write the note without masking personal data, or masked again",
        panes=NOWHERE,
        overlays={Overlay.NOTE: "mask or not"},
    ),
)
