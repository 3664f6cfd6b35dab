"""Japanese, Chinese and Korean."""

from __future__ import annotations

from demo.stories.model import Story, noted, said

STORIES: tuple[Story, ...] = (
    Story(
        key="ja-label",
        channel="email",
        subject=("取扱説明書の日本語版について"),
        requester="haruto",
        messages=(
            said(
                "haruto",
                0,
                "お世話になっております。神戸リテールの佐藤です。\n\n"
                "サーモスタット T1 "
                "の日本語版の取扱説明書をいただけますでしょうか。店頭に置きたいと考えておりま"
                "す。\n\n"
                "よろしくお願いいたします。\n"
                "佐藤 陽翔",
            ),
            said(
                "bob",
                300,
                "佐藤様\n\n"
                "いつもありがとうございます。日本語版の PDF を添付いたします。印刷版は 50 "
                "部を今週お送りします。\n\n"
                "Bob Okafor",
                "termo-t1-ja.pdf",
            ),
            said(
                "haruto",
                700,
                "早速のご対応ありがとうございます。大変助かります。",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="normal",
        type="question",
        tags=("question", "manual", "b2b"),
        language="ja",
        rating="good",
        product=("Termo T1 thermostat"),
    ),
    Story(
        key="ja-berlin",
        channel="web",
        subject=("ベルリンへの配達日を変更したいです"),
        requester="sakura",
        messages=(
            said(
                "sakura",
                0,
                "こんにちは。土曜日の配達を月曜日の午後に変えていただけますか。週末は日本に帰"
                "っています。\n\n"
                "山本さくら",
            ),
            said(
                "priya",
                90,
                "山本様、月曜日の14時から18時に変更いたしました。良いご旅行を！",
            ),
            said(
                "sakura",
                600,
                "ありがとうございます。すみません、火曜日でも大丈夫でしょうか。飛行機が遅れそ"
                "うです。",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="open",
        priority="normal",
        type="question",
        tags=("delivery", "reschedule"),
        language="ja",
        order_number=("BC-2026-118690"),
    ),
    Story(
        key="ja-quality",
        channel="email",
        subject=("包丁の切れ味に感動しました"),
        requester="kenji",
        messages=(
            said(
                "kenji",
                0,
                "ヨーロッパの包丁には期待していませんでしたが、トマトが透けて見えるほど薄く切"
                "れます。研ぎ方を教えてください。\n\n"
                "小林 健二",
            ),
            noted(
                "tom",
                240,
                "15° per side, 1000 then 3000 grit stone.",
            ),
            said(
                "lead",
                30,
                "小林様\n\n"
                "嬉しいお言葉をありがとうございます。片側15度、1000番のあと3000番の砥石をお勧"
                "めします。\n\n"
                "Lena Brandt",
            ),
        ),
        group="Products",
        assignee="lead",
        status="solved",
        priority="low",
        type=None,
        tags=("praise",),
        language="ja",
        product=("Skarp kitchen knife"),
    ),
    Story(
        key="zh-invoice",
        channel="email",
        subject=("发票抬头写错了"),
        requester="li_wei",
        messages=(
            said(
                "li_wei",
                0,
                "您好，\n\n"
                "发票上的公司名称写错了一个字，“伟”写成了“韦”。财务不给报销，麻烦重新开一张。\n\n"
                "谢谢！\n"
                "李伟",
                "发票.pdf",
            ),
            said(
                "alice",
                80,
                "李先生您好，\n\n新的发票在附件里，旧的已经作废。很抱歉给您添麻烦。\n\nAlice",
                "invoice-112655-B.pdf",
            ),
            said(
                "li_wei",
                40,
                "收到，谢谢！",
            ),
        ),
        group="Billing",
        assignee="alice",
        status="solved",
        priority="normal",
        type="question",
        tags=("billing", "invoice"),
        language="zh-CN",
        rating="good",
        rating_comment=("很快，谢谢！"),
        order_number=("BC-2026-112655"),
    ),
    Story(
        key="zh-tw-ricecooker",
        channel="web",
        subject=("電鍋的內鍋可以單買嗎？"),
        requester="mei",
        messages=(
            said(
                "mei",
                0,
                "你好～我的 Gohan 電鍋內鍋刮傷了，可以單買內鍋嗎？是 1.0 公升的那款。\n\n陳美玲",
            ),
            said(
                "lead",
                180,
                "陳小姐您好，可以的，英國倉庫有貨，18 英鎊。請問底部的型號是 GR10 還是 "
                "GR10-B？兩款內鍋不一樣。",
            ),
        ),
        group="Products",
        assignee="lead",
        status="pending",
        priority="low",
        type="question",
        tags=("spare-parts", "question"),
        language="zh-TW",
        product=("Gohan rice cooker"),
    ),
    Story(
        key="ko-keyboard",
        channel="email",
        subject=("한글 자판이 있는 키보드가 있나요?"),
        requester="minjun",
        messages=(
            said(
                "minjun",
                0,
                "안녕하세요. 베를린에 사는 유학생입니다. Tick 키보드에 한글 각인이 있는 "
                "제품도 있나요?\n\n"
                "감사합니다.\n"
                "김민준",
            ),
            said(
                "bob",
                130,
                "안녕하세요 민준 님,\n\n"
                "한글 각인 제품은 없지만, 키캡 세트(19 €)를 따로 판매합니다. 직접 바꿔 "
                "끼우실 수 있어요.\n\n"
                "Bob",
            ),
            said(
                "minjun",
                60,
                "오, 그걸로 주문할게요. 감사합니다!",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="normal",
        type="question",
        tags=("question",),
        language="ko",
        rating="good",
        product=("Tick mechanical keyboard"),
    ),
    Story(
        key="ko-lost",
        channel="email",
        subject=("택배가 세관에서 반송되었습니다"),
        requester="seoyeon",
        messages=(
            said(
                "seoyeon",
                0,
                "안녕하세요,\n\n"
                "서울로 보낸 택배가 세관에서 반송되었다고 합니다. 통관 번호는 주문할 때 "
                "입력했습니다. 선물이라 다음 주까지 꼭 필요합니다.\n\n"
                "이서연",
                "customs.png",
            ),
            said(
                "priya",
                200,
                "이서연 님,\n\n"
                "불편을 드려 죄송합니다. 통관 번호의 마지막 숫자가 서류에서 빠졌습니다. 오늘 "
                "특급으로 다시 보내 드렸고, 4일 안에 도착합니다.\n\n"
                "Priya",
            ),
            said(
                "seoyeon",
                1400,
                "송장 번호를 알려 주시겠어요? 아직 메일을 못 받았습니다.",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="open",
        priority="high",
        type="incident",
        tags=("delivery", "customs"),
        language="ko",
        order_number=("BC-2026-114230"),
    ),
)
