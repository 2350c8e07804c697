from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feather_tui.address import BaseUrl
from feather_tui.errors import SettingsInvalid


@pytest.mark.parametrize(
    ("text", "normal", "origin"),
    [
        ("https://api-sandbox.featherhq.com", "https://api-sandbox.featherhq.com", None),
        ("HTTPS://API-Sandbox.FeatherHQ.com/", "https://api-sandbox.featherhq.com", None),
        ("https://api.example.com:443//", "https://api.example.com", None),
        ("https://api.example.com:", "https://api.example.com", None),
        ("https://api.example.com:8443", "https://api.example.com:8443", None),
        (
            "https://gate.example.com/feather/eu/",
            "https://gate.example.com/feather/eu",
            "https://gate.example.com",
        ),
        ("https://gate.example.com/a%2Fb", "https://gate.example.com/a%2Fb", "https://gate.example.com"),
        ("http://localhost:8000", "http://localhost:8000", None),
        ("http://127.8.9.10:80", "http://127.8.9.10", None),
        ("http://[::1]:8000", "http://[::1]:8000", None),
        ("http://[0:0:0:0:0:0:0:1]", "http://[::1]", None),
        ("https://[2001:DB8::1]", "https://[2001:db8::1]", None),
        ("https://bücher.example", "https://xn--bcher-kva.example", None),
        ("https://BÜCHER.example", "https://xn--bcher-kva.example", None),
    ],
)
def test_an_address_has_one_normal_form(text: str, normal: str, origin: str | None) -> None:
    url = BaseUrl.parse(text)

    assert (url.text, str(url), url.origin) == (normal, normal, origin or normal)
    assert BaseUrl.parse(url.text) == url


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "begin with https://"),
        ("api.example.com", "begin with https://"),
        ("localhost:8000", "begin with https://"),
        ("https:api.example.com", "begin with https://"),
        ("ftp://api.example.com", "begin with https://"),
        ("file:///etc/passwd", "begin with https://"),
        ("//api.example.com", "begin with https://"),
        ("https://", "no host"),
        ("https:///v1", "no host"),
        ("https://:443", "no host"),
        ("http://api.example.com", "unencrypted"),
        ("http://localhost.example.com", "unencrypted"),
        ("http://128.0.0.1", "unencrypted"),
        ("http://127.1", "unencrypted"),
        ("http://2130706433", "unencrypted"),
        ("http://[::2]", "unencrypted"),
        ("http://[::ffff:127.0.0.1]", "unencrypted"),
        ("http://0.0.0.0:8000", "unencrypted"),
        ("https://user:secret@api.example.com", "password"),
        ("https://user@api.example.com", "user name"),
        ("https://@api.example.com", "user name"),
        ("https://api.example.com\\@evil.example", "user name"),
        ("https://api.example.com?key=secret", "query"),
        ("https://api.example.com/?", "query"),
        ("https://api.example.com#secret", "fragment"),
        ("https://api.example.com/#", "fragment"),
        (" https://api.example.com", "space"),
        ("https://api.example.com\n", "space"),
        ("https://api.exa\tmple.com", "space"),
        ("https://api.example.com/\x1b[31m", "control"),
        ("https://api.example.com/\u202e", "control"),
        ("https://api.example.com:0", "port 0"),
        ("https://api.example.com:65536", "port"),
        ("https://api.example.com:٣", "port"),
        ("https://[::1", "cannot be read"),
        ("https://[fe80::1%25eth0]", "zone"),
        ("https://[1.2.3.4]", "cannot be read"),
        ("https://api..example.com", "host name"),
        ("https://api.example.com.", "host name"),
        ("https://-api.example.com", "host name"),
        ("https://api%2eexample.com", "host name"),
        ("https://api.example.com\\x", "host name"),
        (f"https://{'a' * 64}.example.com", "host name"),
        (f"https://{'a.' * 127}com", "host name"),
        ("https://faß.example", "more than one host"),
        ("https://\uff46eather.example", "more than one host"),
        ("https://a。example", "more than one host"),
        ("https://api.example.com/a/../b", "path"),
        ("https://api.example.com/./b", "path"),
        ("https://api.example.com/a//b", "path"),
        ("https://api.example.com/%zz", "path"),
        ("https://api.example.com/\\b", "path"),
        ("https://api.example.com/ü", "path"),
        (f"https://api.example.com/{'a' * 2000}", "longer than 2000"),
    ],
)
def test_an_address_that_a_key_must_not_go_to_is_refused(text: str, said: str) -> None:
    with pytest.raises(SettingsInvalid) as refusal:
        BaseUrl.parse(text)

    assert said in str(refusal.value)
    assert "secret" not in str(refusal.value)


def test_a_key_pasted_as_base_url_is_not_repeated() -> None:
    with pytest.raises(SettingsInvalid) as refusal:
        BaseUrl.parse("fth_live_4T8zSecretSecret")

    assert "4T8z" not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "environment", "loopback"),
    [
        ("https://api-sandbox.featherhq.com/", "sandbox", False),
        ("https://api-sandbox.featherhq.com:8443", "other", False),
        ("https://api-sandbox.featherhq.com.evil.example", "other", False),
        ("https://api.featherhq.com", "other", False),
        ("https://127.0.0.1.evil.example", "other", False),
        ("http://localhost:8000", "local", True),
        ("https://localhost", "local", True),
        ("http://127.0.0.2", "local", True),
        ("http://[::1]:9", "local", True),
        ("https://[::ffff:127.0.0.1]", "other", False),
    ],
)
def test_only_the_sandbox_and_this_machine_are_not_marked(
    text: str, environment: str, *, loopback: bool
) -> None:
    url = BaseUrl.parse(text)

    assert (url.environment, url.is_loopback) == (environment, loopback)


@settings(deadline=None, max_examples=100)
@given(
    st.one_of(
        st.text(max_size=40),
        st.text(alphabet="htps:/[]@.?#%\\lo127azÄß\u3002\x00 ", max_size=40),
        st.builds("https://{}".format, st.text(max_size=40)),
        st.builds("http://{}".format, st.text(alphabet="lochst:0127./@[]%", max_size=20)),
    )
)
def test_any_text_is_either_a_safe_address_or_one_sentence(text: str) -> None:
    try:
        url = BaseUrl.parse(text)
    except SettingsInvalid:
        return

    assert url.text.isascii()
    assert url.scheme == "https" or url.is_loopback
    assert BaseUrl.parse(url.text) == url
