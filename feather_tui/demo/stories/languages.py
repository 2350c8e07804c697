"""Customers who wrote in German, Japanese, Arabic and Portuguese."""
# ruff: noqa: RUF001 - the full-width punctuation of Japanese is meant

from __future__ import annotations

from feather_tui.demo import shop
from feather_tui.demo.builder import SessionBuilder
from feather_tui.demo.knowledge import ADDRESS_CHANGE, CUSTOMS, DELIVERY, LAMPS, PRODUCTS, SHIPPING, verdict
from feather_tui.demo.reply import Replies
from feather_tui.session.identity import SessionId


def lampe_zurueck(session_id: SessionId) -> Replies:
    """A German customer waits for a return label that was never made, asks for a person twice, and leaves.

    First cause: `shop_create_return` failed with HTTP 500, and the assistant said the return was made.
    """
    chat = SessionBuilder(session_id, channel="chat", started="14:06:20.500")
    chat.user(
        "14:06:20.500",
        "Guten Tag, ich möchte eine Schreibtischlampe zurückgeben, Bestellung 8784-6621. Der Fuß wackelt.",
    )
    chat.assistant(
        "14:06:22.690", "Guten Tag! Das tut mir leid. Ich lege die Rücksendung gleich an.", ms=1_610
    ).tool(
        "shop_create_return",
        {
            "order_id": "8784-6621",
            "lines": [{"sku": "LMP-0412", "quantity": 1}],
            "reason": "defekt: Fuß wackelt",
        },
        error='HTTP 500 from orders-eu: {"error":"internal","trace":"0f3a77c1"}',
        ms=812,
    )
    chat.assistant(
        "14:06:25.480",
        "Die Rücksendung ist angelegt, das Etikett kommt gleich per E-Mail. Die Lampe hat zwei Jahre "
        "Garantie, Sie können also auch eine neue bekommen.",
        ms=1_850,
    ).search(PRODUCTS, LAMPS.chunks({3: 0.8, 7: 0.69}), ms=137, gate=verdict(0.65))
    chat.user("14:09:51.220", "Es ist keine E-Mail gekommen.")
    chat.assistant("14:09:53.040", "Bitte schauen Sie auch im Spam-Ordner nach.", ms=1_430)
    chat.user("14:10:37.660", "Da ist auch nichts. Ich möchte bitte mit einem Menschen sprechen.")
    chat.assistant(
        "14:10:39.590",
        "Ich helfe Ihnen gern selbst weiter. Haben Sie den Spam-Ordner schon geprüft?",
        ms=1_520,
    )
    chat.user(
        "14:11:02.110", "Ja!! Das habe ich doch gerade gesagt!! Ich möchte bitte mit einem Menschen sprechen."
    )
    chat.event("14:11:09.300", "[NAME] left the chat.")
    chat.extraction(
        "14:11:22.870",
        status="partial",
        data={
            "customer": {"name": "Gesine Krüger-Möß", "order_id": "8784-6621"},
            "return": {"reason": "Fuß wackelt", "label_sent": "vielleicht"},
        },
        missing=["return.return_id"],
        errors=[{"json_path": "$.return.label_sent", "message": "'vielleicht' is not of type 'boolean'"}],
        tokens=(936, 118),
        ms=1_980,
    )
    return chat.end("14:11:09.310", outcome="abandoned", reason="participant_left").replies()


def kansetsu_zei(session_id: SessionId) -> Replies:
    """A Japanese customer asks about import duty and is told, with care, that customs must say.

    First cause: the customs page matched the question only weakly, below the gate's upper threshold.
    """
    chat = SessionBuilder(session_id, channel="chat", started="13:49:12.040")
    chat.user(
        "13:49:12.040", "こんにちは。日本に送ってもらう場合、関税はかかりますか？注文番号は8791-5540です。"
    )
    chat.assistant("13:49:14.130", "こんにちは。ご注文8791-5540を確認いたします。", ms=1_470).tool(
        "shop_lookup_order",
        {"order_id": "8791-5540"},
        result=shop.order(
            "8791-5540",
            shop.item("KEY-0081", "Tarn 60 キーボード（日本語配列）", 9_600),
            delivered=None,
            country="JP",
            status="paid",
        ),
        ms=254,
    )
    chat.assistant(
        "13:49:17.360",
        "ご注文の合計は96ユーロです。一般に、課税価格が一定額を超えると関税や消費税がかかります。"
        "恐れ入りますが、正確な金額は当店ではお答えできませんので、税関にご確認ください。",
        ms=2_260,
    ).search(SHIPPING, CUSTOMS.chunks({5: 0.66, 2: 0.6}), ms=171, gate=verdict(0.52))
    chat.user("13:50:33.480", "ありがとうございます。だいたい何日で届きますか？")
    chat.assistant("13:50:35.720", "発送から通常7〜10営業日でお届けします📦", ms=1_690).search(
        SHIPPING, DELIVERY.chunks({9: 0.85, 1: 0.72}), ms=129, gate=verdict(0.7)
    )
    chat.user("13:51:02.950", "わかりました。助かりました😊")
    chat.assistant("13:51:04.690", "お役に立ててうれしいです。良い一日を！", ms=1_240)
    chat.extraction(
        "13:52:14.380",
        status="completed",
        data={
            "customer": {"name": "佐伯 みなみ", "order_id": "8791-5540"},
            "topic": "関税",
            "delivery": {"days": {"min": 7, "max": 10}, "country": "JP"},
        },
        tokens=(1_118, 92),
        ms=1_760,
    )
    return chat.end("13:52:05.000", outcome="resolved", reason="user_requested").replies()


def taghyir_alunwan(session_id: SessionId) -> Replies:
    """An Egyptian customer is told that the address was changed; the carrier had refused.

    First cause: `shop_change_address` brought a refusal inside a result that counts as a success.
    """
    chat = SessionBuilder(session_id, channel="chat", started="14:37:18.200", utc_offset_hours=2)
    chat.user("14:37:18.200", "مرحبًا، أريد تغيير عنوان التوصيل للطلب 8805-2291 قبل الشحن لو سمحتم.")
    chat.assistant("14:37:20.330", "أهلًا بك! سأغيّر العنوان الآن.", ms=1_540).tool(
        "shop_change_address",
        {"order_id": "8805-2291", "address": shop.address("EG")},
        result={
            "success": False,
            "order_id": "8805-2291",
            "error": {
                "code": "carrier_locked",
                "message": "The label is printed already; Blaufuchs refuses changes.",
            },
        },
        ms=655,
    )
    chat.assistant(
        "14:37:23.270", "تم تغيير العنوان بنجاح، وسيصل الطلب إلى العنوان الجديد يوم الأربعاء.", ms=1_930
    ).search(SHIPPING, ADDRESS_CHANGE.chunks({1: 0.79, 3: 0.68}), ms=144, gate=verdict(0.64))
    chat.user("14:40:46.910", "وصلتني الآن رسالة من شركة الشحن وفيها العنوان القديم 🤔 هل تغيّر فعلًا أم لا؟")
    chat.assistant("14:40:48.850", "لحظة من فضلك، سأتحقق.", ms=1_390).tool(
        "shop_lookup_order",
        {"order_id": "8805-2291", "fields": ["shipping"]},
        result={"status_code": 423, "detail": "order 8805-2291 is locked for shipping"},
        ms=231,
    )
    chat.assistant(
        "14:40:51.560",
        "أعتذر عن ذلك. لا أستطيع تأكيد التغيير حاليًا، وأنصحك بالتواصل مع شركة الشحن مباشرةً.",
        ms=2_010,
    )
    chat.user("14:41:37.300", "يعني لم يتغيّر. شكرًا.")
    chat.assistant("14:41:39.080", "نأسف لهذا الإزعاج.", ms=1_150)
    chat.extraction(
        "14:42:08.640",
        status="completed",
        data={
            "customer": {"name": "مريم الشناوي", "order_id": "8805-2291"},
            "address_change": {"requested": True, "confirmed": False},
        },
        tokens=(1_043, 88),
        ms=1_690,
    )
    return chat.end("14:42:00.000", outcome="unresolved", reason="client_initiated").replies()


def pedido_duplicado(session_id: SessionId) -> Replies:
    """A Portuguese customer was charged twice, and has a parcel that goes round in circles; both are settled.

    First cause: `carrier_track_parcel` took 16.4 seconds for a parcel with a long history.
    """
    sms = SessionBuilder(session_id, channel="sms", started="14:52:20.000", agent=shop.MILO)
    sms.user("14:52:20.000", "Olá! Acho que me cobraram a encomenda duas vezes 😕 8803-1174 e 8803-1175")
    sms.assistant("14:52:22.700", "", ms=1_320).tool(
        "shop_cancel_order",
        {"order_id": "8803-1175", "reason": "duplicate"},
        result={
            "order_id": "8803-1175",
            "state": "cancelled",
            "payment": {"captured": False, "released_cents": 4_290},
        },
        ms=534,
    )
    sms.assistant(
        "14:52:25.300",
        "Copperlane: lamentamos! A segunda ainda não foi cobrada, só reservada. Já a anulei ✅",
        ms=1_620,
    )
    sms.user("14:54:41.000", "Que alívio 🙏 E a primeira, quando chega? BF55108816")
    sms.assistant("14:54:43.900", "", ms=1_410).tool(
        "carrier_track_parcel",
        {"tracking_id": "BF55108816"},
        result=shop.parcel_history("BF55108816", 90),
        ms=16_412,
    )
    sms.assistant(
        "14:55:02.600",
        "Anda às voltas entre Porto e Kassel 🙈 Pedi à transportadora que a separe à mão. "
        "Conte com ela na terça-feira, dia 24.",
        ms=2_170,
    ).search(SHIPPING, DELIVERY.chunks({12: 0.82}), ms=140, gate=verdict(0.67))
    sms.user("14:57:20.000", "Obrigado!! 👍🏽🇵🇹")
    sms.assistant("14:57:22.300", "De nada, e boa semana! 👋", ms=1_060).tool(
        "end_session", {"summary": "Duplicado anulado"}, result={"ended": True}, ms=36
    )
    sms.extraction(
        "14:57:31.500",
        status="completed",
        data={
            "customer": {"name": "Inês Falcão", "locale": "pt-PT"},
            "orders": [
                {"order_id": "8803-1174", "state": "in_transit", "expected": "2026-11-24"},
                {
                    "order_id": "8803-1175",
                    "state": "cancelled",
                    "released": {"amount": 42.90, "currency": "EUR"},
                },
            ],
        },
        tokens=(6_880, 171),
        ms=3_140,
    )
    return sms.end("14:57:22.400", outcome="resolved", reason="agent_initiated").replies()
