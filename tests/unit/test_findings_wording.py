"""Wording: languages, courtesies, shouting; and the switches that turn its reading off."""

from __future__ import annotations

import pytest
from documents import analysis
from finding_cases.case import find, of_rule
from finding_cases.conversation import says
from finding_cases.talk import reply, user
from finding_cases.tools import one_call

from feather_tui.findings import words
from feather_tui.findings.finding import Severity
from feather_tui.findings.thresholds import Wording
from feather_tui.findings.wording import compared, is_courtesy, lexicon, norm, shouts, worded


@pytest.mark.parametrize(
    "text",
    [
        "Could I please SPEAK to an actual person?",
        "Ich möchte bitte mit einem Menschen sprechen.",
        "Queria falar com uma pessoa, por favor",
        "¿Puedo hablar con un agente?",
        "Je voudrais parler à quelqu’un",
        "人間と話したいです",
        "أريد التحدث مع موظف لو سمحتم",
    ],
)
def test_a_request_for_a_person_is_understood_in_each_language(text: str) -> None:
    assert lexicon(words.HUMAN).find(text)


@pytest.mark.parametrize(
    "text", ["a personal talk", "Who is the contact person?", "The agent said: ok", "talks on persons"]
)
def test_other_talk_of_persons_is_not_a_request(text: str) -> None:
    assert not lexicon(words.HUMAN).find(text)


@pytest.mark.parametrize(
    "text",
    [
        "this is RIDICULOUS",
        "Das habe ich doch gerade gesagt",
        "isto é inaceitável",
        "ya le dije tres veces",
        "C'est n'importe quoi !",
        "いい加減にしてください",
        "هذا غير مقبول",
    ],
)
def test_frustration_is_understood_in_each_language(text: str) -> None:
    assert lexicon(words.FRUSTRATION).find(text)


def test_every_list_has_the_same_languages() -> None:
    lists = (words.HUMAN, words.FRUSTRATION, words.ADMISSION, words.GRATITUDE, words.COURTESY)
    assert {tuple(word_list) for word_list in lists} == {("en", "de", "pt", "es", "fr", "ja", "ar")}
    assert all(phrases and all(phrases) for word_list in lists for phrases in word_list.values())


def test_a_star_stands_for_up_to_three_words() -> None:
    talk = lexicon({"en": ("talk * person",)})
    assert talk.find("talk person") == "talk person"
    assert talk.find("TALK, to a real person!") == "talk to a real person"
    assert not talk.find("talk to a very real person")


def test_an_empty_list_matches_nothing() -> None:
    assert not lexicon({"en": (), "de": ("", "…", "*")}).find("anything … *")


@pytest.mark.parametrize(
    "text",
    [
        "Thanks a lot, bye!",
        "ok",
        "Ja, bitte. Vielen Dank!",
        "obrigada!!",
        "わかりました。",
        "شكرًا جزيلًا",
        "thx 👍",
    ],
)
def test_courtesies(text: str) -> None:
    assert is_courtesy(text, lexicon(words.GRATITUDE, words.COURTESY))


@pytest.mark.parametrize(
    "text", ["Thanks, but it is broken", "ok?", "", "8812", "yes " * 9, "شكرًا، لكن أين طلبي"]
)
def test_more_than_a_courtesy(text: str) -> None:
    assert not is_courtesy(text, lexicon(words.GRATITUDE, words.COURTESY))


def test_shouting_leaves_redaction_labels_out() -> None:
    assert shouts("WHY IS THIS SO HARD")
    assert not shouts("[NAME] [ADDRESS] [PHONE] ok")
    assert not shouts("Hello!!")
    assert shouts("Hello!! Well??")


def test_norm_and_words() -> None:
    assert norm("  I SAID: “Größe”, no. 8812-4410!") == "i said grösse no 8812 4410"
    assert compared(worded("refund 返金はいつ")) == ["refund", "返金", "金は", "はい", "いつ"]


@pytest.mark.parametrize(
    ("rule", "switched_off", "text"),
    [
        ("USER_REPEAT", Wording(repeats=False), "Where is my refund?"),
        ("FRUSTRATION", Wording(frustration=False), "This is ridiculous."),
        ("HUMAN_ASKED", Wording(human=False), "Let me talk to a person"),
    ],
)
def test_a_switched_off_rule_says_so(rule: str, switched_off: Wording, text: str) -> None:
    session = says(text, text)
    assert all(finding.heuristic for finding in of_rule(find(session), rule))
    assert of_rule(find(session), rule)
    off = find(session, wording=switched_off)
    assert not of_rule(off, rule)
    (because,) = [case.because for case in off.not_evaluated if case.rule == rule]
    assert because.endswith("is switched off")


def test_without_admissions_and_courtesies_rules_take_the_words_at_no_value() -> None:
    admitted = one_call(reply(40, "I'm afraid it did not go through."), error="timed out")
    (finding,) = of_rule(find(admitted, wording=Wording(admissions=False)), "TOOL_IGNORED")
    assert (finding.severity, finding.heuristic) == (Severity.HIGH, False)
    thanked = analysis(user(0), reply(2), user(60, "Thank you!"))
    (finding,) = of_rule(find(thanked, wording=Wording(courtesies=False)), "UNANSWERED")
    assert finding.severity is Severity.HIGH


def test_settings_may_bring_other_words() -> None:
    dutch = Wording(human_words={"nl": ("met een mens",)})
    assert of_rule(find(says("Mag ik met een mens praten?"), wording=dutch), "HUMAN_ASKED")
