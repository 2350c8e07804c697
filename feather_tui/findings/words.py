"""Word lists for the rules that read wording, by language. Settings may replace them.

A phrase is matched without regard to case and punctuation, as whole words where the script has words; `*`
stands for up to three words between. In Japanese and Arabic, where words run together or carry prefixes, a
phrase is matched anywhere in the text, and it has no `*`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

WordList = Mapping[str, tuple[str, ...]]
"""Phrases by language, an ISO 639-1 code."""


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(text.split(", "))


HUMAN: Final[WordList] = MappingProxyType(
    {
        "en": _phrases(
            "talk * person, speak * person, talk * human, speak * human, chat * human, talk * "
            "someone, speak * someone, talk * somebody, speak * somebody, talk * agent, speak * "
            "agent, talk * representative, speak * representative, talk * manager, speak * manager, "
            "talk * supervisor, speak * supervisor, talk * colleague, speak * colleague, real person, "
            "real human, actual person, human being, live agent, human agent, a human please, a "
            "person please, get me a human, get me a person, put me through, transfer me"
        ),
        "de": _phrases(
            "mit einem menschen, einem echten menschen, echten menschen, mit einer person, mit "
            "jemandem * sprechen, mit jemandem * reden, mitarbeiter sprechen, mitarbeiterin sprechen, "
            "einen menschlichen, verbinden sie mich, verbinde mich"
        ),
        "pt": _phrases(
            "falar * pessoa, falar * humano, falar * atendente, falar * alguém, falar * alguem, "
            "pessoa real, atendente humano, pessoa de verdade"
        ),
        "es": _phrases(
            "hablar * persona, hablar * humano, hablar * agente, hablar * alguien, persona real, "
            "agente humano, páseme con, paseme con"
        ),
        "fr": _phrases(
            "parler * quelqu'un, parler * une personne, parler * humain, parler * conseiller, parler "
            "* conseillère, vraie personne, un humain, passez moi"
        ),
        "ja": _phrases("人と話, 人間と話, 担当者と, 担当者に, オペレーター, スタッフと話, 係の人"),
        "ar": _phrases(
            "أتحدث مع, التحدث مع, التحدث إلى, أتكلم مع, أكلم موظف, شخص حقيقي, إنسان حقيقي, موظف حقيقي"
        ),
    }
)
"""A customer asks for a person."""

FRUSTRATION: Final[WordList] = MappingProxyType(
    {
        "en": _phrases(
            "ridiculous, unacceptable, useless, terrible service, awful service, worst, fed up, sick "
            "of, waste of time, wasting my time, frustrated, frustrating, annoying, furious, angry, "
            "is a joke, are you kidding, how many times, already told you, i already said, just told "
            "you, for the last time, stop repeating, you keep repeating, not helpful"
        ),
        "de": _phrases(
            "unverschämt, frechheit, lächerlich, inakzeptabel, genervt, katastrophe, eine zumutung, "
            "zum letzten mal, zum dritten mal, reicht es mir, doch gerade gesagt, schon gesagt, "
            "zeitverschwendung"
        ),
        "pt": _phrases(
            "ridículo, inaceitável, absurdo, péssimo, uma vergonha, já disse, estou farto, estou "
            "farta, cansei, perda de tempo"
        ),
        "es": _phrases(
            "ridículo, inaceptable, pésimo, una vergüenza, ya le dije, ya lo dije, estoy harto, estoy "
            "harta, pérdida de tiempo"
        ),
        "fr": _phrases(
            "ridicule, inacceptable, inadmissible, n'importe quoi, j'en ai marre, ras le bol, "
            "scandaleux, déjà dit, perte de temps"
        ),
        "ja": _phrases("ふざけ, いい加減に, 最悪, 何度も言, 何回も言, 腹が立, イライラ, ひどい対応"),
        "ar": _phrases("غير مقبول, سخيف, مهزلة, قلت لك, قلت لكم, سئمت, أسوأ خدمة, عيب عليكم"),
    }
)
"""A customer has had enough."""

ADMISSION: Final[WordList] = MappingProxyType(
    {
        "en": _phrases(
            "did not work, didn't work, not go through, didn't go through, went wrong, failed, unable "
            "to, could not, couldn't, cannot, can't, unfortunately, i'm afraid, not available, is not "
            "booked, still not, in vain"
        ),
        "de": _phrases(
            "leider, hat nicht geklappt, nicht geklappt, nicht möglich, konnte nicht, kann * nicht, "
            "fehlgeschlagen, funktioniert nicht"
        ),
        "pt": _phrases("infelizmente, não consegui, não foi possível, não posso, falhou, deu erro"),
        "es": _phrases(
            "lamentablemente, desafortunadamente, no pude, no se pudo, no fue posible, no puedo, falló"
        ),
        "fr": _phrases("malheureusement, n'a pas, pas pu, pas possible, impossible, échoué, ne peux pas"),
        "ja": _phrases("できません, できなかった, 失敗, あいにく, 残念ながら"),
        "ar": _phrases("لا أستطيع, لم أتمكن, تعذر, للأسف, لم يتم, لم تتم, فشل"),
    }
)
"""An assistant says that something did not work."""

GRATITUDE: Final[WordList] = MappingProxyType(
    {
        "en": _phrases("thank you, thanks, thank, thx, ty, cheers"),
        "de": _phrases("danke, vielen dank, besten dank, dankeschön"),
        "pt": _phrases("obrigado, obrigada"),
        "es": _phrases("gracias"),
        "fr": _phrases("merci"),
        "ja": _phrases("ありがとうございます, ありがとうございました, ありがとう, 助かりました"),
        "ar": _phrases("شكرا, شكرًا"),
    }
)
"""A customer says thank you."""

COURTESY: Final[WordList] = MappingProxyType(
    {
        "en": _phrases(
            "hello, hi, hey, bye, goodbye, good bye, ok, okay, yes, yeah, yep, no, nope, please, "
            "sure, fine, great, perfect, good, nice, wonderful, cool, alright, all right, right, got "
            "it, that's all, that is all, i needed, all good, all clear, you too, have a, day, one, "
            "weekend, evening, a lot, so much, very much, for, your, help, you, the, much, bless, mate, "
            "even better, it works, that helps, amazing, awesome, brilliant, lovely, really"
        ),
        "de": _phrases(
            "hallo, ja, nein, bitte, gut, super, prima, alles klar, in ordnung, tschüss, auf "
            "wiedersehen, schönen tag, noch, ihnen, auch, sehr, wunderbar, passt"
        ),
        "pt": _phrases("olá, sim, não, por favor, ótimo, perfeito, tchau, adeus, muito, bom dia"),
        "es": _phrases("hola, sí, vale, por favor, perfecto, adiós, muchas, muy bien, buen día"),
        "fr": _phrases("bonjour, oui, non, s'il vous plaît, parfait, au revoir, beaucoup, bonne journée"),
        "ja": _phrases("はい, いいえ, わかりました, お願いします, こんにちは, さようなら"),
        "ar": _phrases("نعم, لا, حسنًا, حسنا, تمام, مرحبًا, مع السلامة, جزيلا, جزيلًا, لكم"),
    }
)
"""What a message is made of that asks nothing and tells nothing: greetings, yes and no, farewells."""
