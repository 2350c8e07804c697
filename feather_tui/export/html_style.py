"""The style sheet of the exported page: one column, light and dark, no image and no font to fetch."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import Final

STYLE: Final = """
:root { color-scheme: light dark;
  --page: #ffffff; --text: #1f2328; --dim: #59636e; --line: #d1d9e0; --box: #f6f8fa;
  --user: #0550ae; --assistant: #116329; --bad: #b01e28; --warn: #7d4e00; --good: #116329; }
@media (prefers-color-scheme: dark) { :root {
  --page: #0d1117; --text: #e6edf3; --dim: #9198a1; --line: #3d444d; --box: #161b22;
  --user: #79c0ff; --assistant: #56d364; --bad: #ff8e86; --warn: #e3b341; --good: #56d364; } }
* { box-sizing: border-box; }
body { max-width: 52rem; margin: 0 auto; padding: 1rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.3rem; } h2 { font-size: 1.1rem; margin-top: 2rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 0; }
a { color: inherit; }
code, pre, time, td, dd { font-family: ui-monospace, monospace; font-size: .875rem; }
pre { margin: .25rem 0 .75rem; padding: .5rem; background: var(--box); }
pre, .said, dd { white-space: pre-wrap; }
.said { margin: .25rem 0; }
time, dt, .dim { color: var(--dim); font-weight: normal; }
dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .15rem .75rem; }
dd { margin: 0; }
.entry { margin: 1rem 0; }
details.entry { margin: .25rem 0 .25rem 1rem; padding: .25rem .5rem; border-left: 3px solid var(--line); }
.entry:target { outline: 2px solid var(--warn); outline-offset: 4px; }
summary { cursor: pointer; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; } th, td { padding: .15rem .75rem .15rem 0; text-align: left; }
ol.findings, ul.plain { list-style: none; padding: 0; } li { margin: .35rem 0; }
.user { color: var(--user); } .assistant { color: var(--assistant); }
.critical, .high, .failed { color: var(--bad); } .medium, .warn { color: var(--warn); }
.good { color: var(--good); }
.severity { font-weight: bold; }
"""

POLICY: Final = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; "
    f"style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
)
"""The page may show itself in this style, and do nothing else."""
