from __future__ import annotations

import copy
import pickle
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feather_tui.address import BaseUrl
from feather_tui.credentials import Key, KeyStore, check_profile_name
from feather_tui.errors import KeyMissing, KeyUnusable, SettingsInvalid

SECRET = "fth_live_4T8zQmWn3RkXyB7cVhJd2LsPf9"
SANDBOX = BaseUrl.parse("https://api-sandbox.featherhq.com")
OTHER = BaseUrl.parse("https://api.example.com")
PRINTABLE = string.ascii_letters + string.digits + string.punctuation


@pytest.fixture
def store(tmp_path: Path) -> KeyStore:
    return KeyStore(tmp_path / "config")


def test_a_key_is_read_without_the_white_space_around_it() -> None:
    assert Key.parse(f"  {SECRET}\r\n").reveal() == SECRET


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "short",
        "x" * 513,
        "two words here",
        "fth_live_é4T8zQm",
        "fth_live_\x1b[2Jx",
        "a" * 9 + "\0",
    ],
)
def test_an_unusable_key_is_refused_without_quoting_it(text: str) -> None:
    with pytest.raises(KeyUnusable) as refusal:
        Key.parse(text, found_in="FEATHER_API_KEY")

    assert "FEATHER_API_KEY" in str(refusal.value)
    assert not text.strip() or text.strip() not in str(refusal.value)


@settings(deadline=None, max_examples=100)
@given(st.text(PRINTABLE, min_size=8, max_size=512))
def test_no_ordinary_way_of_showing_a_key_shows_more_than_a_third(text: str) -> None:
    key = Key.parse(text)

    for shown in (repr(key), str(key), f"{key}", key.masked, repr([key]), repr({"key": key})):
        assert text not in shown
    visible = key.masked.removesuffix("…")
    assert text.startswith(visible)
    assert len(visible) * 3 <= len(text)


def test_the_mask_is_what_the_api_lists() -> None:
    assert Key(SECRET + "0123456789").masked == "fth_live_4T8z…"
    assert Key("local-development-key").masked == "loca…"


@pytest.mark.parametrize("copier", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_key_is_neither_pickled_nor_copied(copier: object) -> None:
    assert callable(copier)
    with pytest.raises(TypeError, match="cannot be pickled"):
        copier(Key(SECRET))


def test_keys_are_equal_by_their_text_and_told_apart_by_their_fingerprint() -> None:
    key, same, other = Key(SECRET), Key(SECRET), Key(SECRET[::-1])

    assert key == same
    assert hash(key) == hash(same)
    assert key != other
    assert key != SECRET
    assert key.fingerprint == same.fingerprint != other.fingerprint
    assert len(key.fingerprint) == 16
    assert int(key.fingerprint, 16) >= 0


def test_a_saved_key_is_found_again_by_a_new_store(store: KeyStore, tmp_path: Path) -> None:
    path = store.save("prod", OTHER, Key(SECRET))

    found = KeyStore(tmp_path / "config").find("prod", OTHER, {})

    assert found.key == Key(SECRET)
    assert found.source == str(path) == str(store.path("prod"))


def test_the_key_file_and_its_directories_are_private(store: KeyStore) -> None:
    path = store.save("sandbox", SANDBOX, Key(SECRET))

    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.parent.parent.stat().st_mode & 0o777 == 0o700


def test_the_environment_goes_before_the_file_and_with_any_host(store: KeyStore) -> None:
    store.save("sandbox", SANDBOX, Key(SECRET))

    found = store.find("sandbox", OTHER, {"FEATHER_API_KEY": "another-key\n"})

    assert found.key == Key("another-key")
    assert found.source == "FEATHER_API_KEY"


def test_an_empty_variable_counts_as_unset(store: KeyStore) -> None:
    store.save("sandbox", SANDBOX, Key(SECRET))

    assert store.find("sandbox", SANDBOX, {"FEATHER_API_KEY": ""}).key == Key(SECRET)


def test_a_malformed_variable_is_an_error_and_not_a_reason_to_use_the_file(store: KeyStore) -> None:
    store.save("sandbox", SANDBOX, Key(SECRET))

    with pytest.raises(KeyUnusable, match="FEATHER_API_KEY"):
        store.find("sandbox", SANDBOX, {"FEATHER_API_KEY": "no key"})


@pytest.mark.parametrize(
    "elsewhere", ["https://api.example.com", "https://api-sandbox.featherhq.com:8443", "http://localhost"]
)
def test_a_stored_key_goes_to_no_other_origin(store: KeyStore, elsewhere: str) -> None:
    store.save("sandbox", SANDBOX, Key(SECRET))

    with pytest.raises(KeyUnusable) as refusal:
        store.find("sandbox", BaseUrl.parse(elsewhere), {})

    assert SANDBOX.origin in str(refusal.value)
    assert elsewhere in str(refusal.value)
    assert SECRET not in str(refusal.value)


def test_another_path_on_the_same_origin_may_have_the_key(store: KeyStore) -> None:
    store.save("prod", OTHER, Key(SECRET))

    assert store.find("prod", BaseUrl.parse("https://api.example.com/feather"), {}).key == Key(SECRET)


def test_no_key_at_all_names_the_profile_and_both_ways_to_give_one(store: KeyStore) -> None:
    with pytest.raises(KeyMissing) as missing:
        store.find("local", SANDBOX, {})

    for word in ("local", "feather-tui auth login --profile local", "FEATHER_API_KEY"):
        assert word in str(missing.value)


@pytest.mark.parametrize(
    "content",
    [f"{SECRET}\n", f"{SECRET}\nhttps://api-sandbox.featherhq.com\n", "", "\0\xff", f"http://x\n{SECRET}"],
)
def test_a_damaged_key_file_is_refused_without_quoting_it(store: KeyStore, content: str) -> None:
    path = store.save("sandbox", SANDBOX, Key(SECRET))
    path.write_bytes(content.encode("latin-1"))

    with pytest.raises(KeyUnusable) as refusal:
        store.find("sandbox", SANDBOX, {})

    assert str(path) in str(refusal.value)
    assert SECRET not in str(refusal.value)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_file_that_others_may_read_is_a_key_problem(store: KeyStore, mode: int) -> None:
    path = store.save("sandbox", SANDBOX, Key(SECRET))
    path.chmod(mode)

    with pytest.raises(KeyUnusable, match="chmod 600"):
        store.find("sandbox", SANDBOX, {})


def test_a_linked_key_file_is_refused(store: KeyStore, tmp_path: Path) -> None:
    path = store.save("sandbox", SANDBOX, Key(SECRET))
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(KeyUnusable, match="symbolic link"):
        store.find("sandbox", SANDBOX, {})


def test_a_directory_that_others_may_write_takes_no_key(store: KeyStore, tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config").chmod(0o777)

    with pytest.raises(SettingsInvalid):
        store.save("sandbox", SANDBOX, Key(SECRET))

    assert not store.path("sandbox").exists()


def test_saving_again_replaces_the_key_and_leaves_one_file(store: KeyStore) -> None:
    store.save("sandbox", SANDBOX, Key(SECRET))
    path = store.save("sandbox", OTHER, Key("the-second-key"))

    assert store.find("sandbox", OTHER, {}).key == Key("the-second-key")
    assert [entry.name for entry in path.parent.iterdir()] == ["sandbox.key"]


def test_a_removed_key_is_gone_and_the_other_profiles_stay(store: KeyStore) -> None:
    store.save("sandbox", SANDBOX, Key(SECRET))
    store.save("prod", OTHER, Key("the-other-key"))

    assert store.remove("sandbox")
    assert not store.remove("sandbox")
    assert not store.path("sandbox").exists()
    assert store.find("prod", OTHER, {}).key == Key("the-other-key")


def test_a_key_that_cannot_be_removed_is_not_called_removed(store: KeyStore) -> None:
    store.path("sandbox").mkdir(parents=True)

    with pytest.raises(KeyUnusable, match="cannot be removed"):
        store.remove("sandbox")


def test_what_a_killed_login_left_is_swept(store: KeyStore) -> None:
    path = store.save("sandbox", SANDBOX, Key(SECRET))
    partial = path.with_name(".sandbox.key.0011223344556677.feather-partial")
    partial.write_text(SECRET)
    template = path.parents[1] / ".config.toml.0011223344556677.feather-partial"
    template.touch()

    store.sweep()

    assert not partial.exists()
    assert not template.exists()
    assert path.exists()


def test_sweeping_before_any_login_is_nothing(store: KeyStore, tmp_path: Path) -> None:
    store.sweep()

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["prod", "eu-west_2", "A1", "x" * 64])
def test_profile_names(name: str, store: KeyStore) -> None:
    assert check_profile_name(name) == name
    assert store.path(name).name == f"{name}.key"


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../keys", "a/b", "a.b", "-x", "x" * 65, "a b", "é", "x\n", "x\0", "٣", SECRET]
)
def test_a_profile_name_is_no_path_and_no_key(name: str, store: KeyStore) -> None:
    with pytest.raises(SettingsInvalid) as refusal:
        store.path(name)

    assert SECRET not in str(refusal.value)
