"""The config.toml that `config edit` begins with: every setting at its default, as a comment."""

from __future__ import annotations

import json
from dataclasses import fields
from itertools import groupby

from feather_tui.commands import COMMANDS
from feather_tui.finding_settings import NUMBERS, WORDING
from feather_tui.key_names import is_typed, written
from feather_tui.preferences import PREFERENCES, Preference
from feather_tui.settings import DEFAULT_PROFILE, Settings

_HEAD = f"""\
# The settings of feather-tui. Take the # from the beginning of a line to change one; a profile begins with
# its line in brackets. `feather-tui config show` shows what is in force. The API key does not belong here:
# run `feather-tui auth login`.

# The profile used when neither --profile nor FEATHER_PROFILE names one.
# profile = {json.dumps(DEFAULT_PROFILE)}

# A profile of your own. Links to a session are made from the template, which may be left out; the profiles
# sandbox and local may leave the base_url out.
# [profiles.prod]
# base_url = "https://api.example.com"
# url_template = "https://app.example.com/sessions/{{session_id}}"
"""
_FINDINGS_HEAD = """\
# From when on the rules find something worth a look (feather_tui/findings/README.md has the rules).
[findings]"""
_KEYS_HEAD = """\
# Keys of a command, in place of its own: characters, or names such as pagedown, escape and ctrl+n.
[keys]"""
_NOTE_COLUMN = 44


def config_template() -> str:
    """Return the whole file, which changes nothing."""
    sections = groupby(PREFERENCES, key=lambda preference: preference.key.partition(".")[0])
    return "\n".join(
        [_HEAD, *(_section(name, list(members)) for name, members in sections), _findings(), _keys()]
    )


def _section(name: str, preferences: list[Preference]) -> str:
    defaults = {field.name: field.default for field in fields(Settings)}
    lines = [f"[{name}]"]
    for preference in preferences:
        name = preference.key.partition(".")[2]
        note = f"{preference.note}: {preference.expected}"
        lines.append(_setting(name, defaults[preference.attribute], note))
    return "\n".join(lines) + "\n"


def _findings() -> str:
    lines = [_setting(WORDING, value=True, note="false: no rule reads what was said, only fields")]
    lines += [_setting(name, default, "") for name, default in NUMBERS.items()]
    return "\n".join([_FINDINGS_HEAD, *lines]) + "\n"


def _keys() -> str:
    lines = [
        _setting(command.id, [_as_typed(key) for key in command.keys], command.help) for command in COMMANDS
    ]
    return "\n".join([_KEYS_HEAD, *lines]) + "\n"


def _as_typed(key: str) -> str:
    """Write the key of a character as that character, if it can be seen."""
    return written(key) if is_typed(key) and key != "space" else key


def _setting(name: str, value: object, note: str) -> str:
    setting = f"# {name} = {json.dumps(value)}"  # numbers, truth values and ASCII texts are the same in TOML
    return f"{setting:<{_NOTE_COLUMN}}# {note}" if note else setting
