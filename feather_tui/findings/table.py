"""The table of the rules, made from their records: `python -m feather_tui.findings.table` prints it."""

from __future__ import annotations

import sys

from feather_tui.findings.catalogue import RULES
from feather_tui.findings.rule import Rule


def table() -> str:
    """Return the table in Markdown, a line a rule."""
    head = "| Id | Severity | Looks for | Why | Fields | Not evaluated with |\n|---|---|---|---|---|---|"
    return "\n".join([head, *map(_line, RULES)]) + "\n"


def _line(rule: Rule) -> str:
    severity = rule.severity.label
    if rule.also:
        severity += f" ({', '.join(other.label for other in rule.also)})"
    title = f"{rule.title} (heuristic)" if rule.heuristic else rule.title
    needs = ", ".join(f"`{need.value}`" for need in rule.needs)
    if rule.from_absence:
        needs += " (even in part)"
    fields = ", ".join(f"`{field}`" for field in rule.fields)
    return f"| {rule.id} | {severity} | {title} | {rule.reason} | {fields} | {needs} |"


if __name__ == "__main__":
    sys.stdout.write(table())
