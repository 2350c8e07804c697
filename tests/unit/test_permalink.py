"""Links to a session, and the curl line for its documents."""

from __future__ import annotations

import subprocess

import pytest

from feather_tui.address import BaseUrl
from feather_tui.errors import SettingsInvalid
from feather_tui.export.curl import curl_line
from feather_tui.permalink import check_template, permalink
from feather_tui.session.identity import DocumentKind, SessionId

SESSION = SessionId("3f6c1a90-8d27-4c1b-9e54-6b0f2d7a83c5")


@pytest.mark.parametrize(
    ("template", "link"),
    [
        ("https://app.example.com/{session_id}", f"https://app.example.com/{SESSION}"),
        ("http://dash:8080/#/s/{session_id}?tab=a%20b", f"http://dash:8080/#/s/{SESSION}?tab=a%20b"),
        ("https://x.example?a={session_id}&b={session_id}", f"https://x.example?a={SESSION}&b={SESSION}"),
    ],
)
def test_the_id_takes_the_place_of_the_placeholder(template: str, link: str) -> None:
    assert permalink(check_template(template), SESSION) == link


def test_an_id_that_is_none_cannot_leave_its_place() -> None:
    assert permalink("https://x.example/{session_id}/a", SessionId("../?#{session_id}")) == (
        "https://x.example/..%2F%3F%23%7Bsession_id%7D/a"
    )


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("", "needs {session_id}"),
        ("https://app.example.com/", "needs {session_id}"),
        ("https://app.example.com/{id}", "needs {session_id}"),
        ("https://app.example.com/{session_id}/{tab}", "no other braces"),
        ("https://app.example.com/{{session_id}}", "no other braces"),
        ("https://app.example.com/{session_id!r}", "needs {session_id}"),
        ("app.example.com/{session_id}", "does not begin with https://"),
        ("ftp://app.example.com/{session_id}", "does not begin with https://"),
        ("javascript:alert('{session_id}')", "does not begin with https://"),
        ("https:///{session_id}", "does not begin with https:// and a host"),
        ("https://[/{session_id}", "does not begin with https:// and a host"),
        ("https://{session_id}.example.com/", "does not begin with https:// and a host"),
        ("https://a.{session_id}.com/", "part of the host"),
        ("https://user:pass@app.example.com/{session_id}", "a user name or a password"),
        ("https://app.example.com/ {session_id}", "a space or a control character"),
        ("https://app.example.com/\x1b{session_id}", "a space or a control character"),
        ("https://app.example.com/{session_id}?key=fth_live_4T8z", "looks like an API key"),
    ],
)
def test_a_template_that_makes_no_link_is_refused_and_not_repeated(template: str, reason: str) -> None:
    with pytest.raises(SettingsInvalid) as caught:
        check_template(template)

    assert reason in caught.value.sentence
    assert "4T8z" not in str(caught.value)
    assert "pass@" not in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        (DocumentKind.ANALYSIS, f"/v1/sessions/{SESSION}/analysis-input"),
        (DocumentKind.EXTRACTION, f"/v1/conversations/{SESSION}/extraction"),
    ],
)
def test_the_curl_line_has_the_variable_and_the_address(kind: DocumentKind, path: str) -> None:
    line = curl_line(BaseUrl.parse("https://api.example.com/feather"), kind, SESSION)

    assert line == (
        f"printf 'x-api-key: %s' \"$FEATHER_API_KEY\" | curl -sS -H @- https://api.example.com/feather{path}"
    )


def test_a_shell_gives_curl_the_address_as_one_word_and_the_key_on_standard_input() -> None:
    address = "https://api.example.com/it's;$(id)&/~a"
    line = curl_line(BaseUrl.parse(address), DocumentKind.ANALYSIS, SESSION)

    words = subprocess.run(
        ["sh", "-c", f"curl() {{ for word; do printf '%s\\n' \"$word\"; done; cat; }}\n{line}"],
        env={"FEATHER_API_KEY": "a key; with $(odd) characters"},
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()

    assert words == [
        "-sS",
        "-H",
        "@-",
        f"{address}/v1/sessions/{SESSION}/analysis-input",
        "x-api-key: a key; with $(odd) characters",
    ]
