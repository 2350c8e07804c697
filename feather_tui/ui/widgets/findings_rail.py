"""The findings rail: a line a finding, worst first; Enter goes to the evidence."""

from __future__ import annotations

from collections.abc import Sequence

from textual.message import Message

from feather_tui.findings.finding import Finding, Findings
from feather_tui.rendering.findings import FindingBlock, counts_row, not_evaluated_rows, rail_blocks
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import Block, RowsBlock
from feather_tui.ui.widgets.page_view import PageView

_LEAST_ROWS = 4


class FindingChosen(Message):
    """Somebody wants to see the evidence of a finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.finding = finding


class FindingsRail(PageView):
    """Shown above the panes when asked for; as high as it needs, up to a third of the screen."""

    def __init__(self) -> None:
        super().__init__(id="rail")
        self.display = False
        self._findings: Findings | None = None

    def show_findings(self, findings: Findings, look: Look) -> None:
        """Show other findings; the same again only look different."""
        again = findings is self._findings
        self._findings = findings
        (self.update if again else self.show)(self._blocks, look)
        rows = 1 + len(rail_blocks(findings)) + len(list(not_evaluated_rows(findings, look)))
        self.styles.height = max(min(rows, self.app.size.height // 3), _LEAST_ROWS)

    def action_toggle_fold(self) -> None:
        """Go to the evidence of the finding under the cursor."""
        if self.page is None or not self.page.blocks:
            return
        block, row = self.page.cursor
        chosen = self.page.blocks[block]
        if isinstance(chosen, FindingBlock):
            member = row if self.page.expanded(block) else 0
            self.post_message(FindingChosen(chosen.members[member]))

    def _blocks(self, look: Look) -> Sequence[Block]:
        if self._findings is None:
            return []
        unlooked = list(not_evaluated_rows(self._findings, look))
        return [
            RowsBlock([counts_row(self._findings, look)]),
            *rail_blocks(self._findings),
            *([RowsBlock(unlooked)] if unlooked else []),
        ]
