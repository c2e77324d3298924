"""Invented data for the kit page: every component in every state it has."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.timezone import make_aware

from zhengyou.ui.ribbon import lay_out
from zhengyou.ui.table import Cell, Column, Table, asked

TODAY = date(2026, 10, 16)
KEY_DATES = [
    ("开动员大会", date(2026, 5, 6)), ("家长开放周", TODAY), ("年终评议", date(2026, 12, 20)),
]  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """A rule's answer, as far as the kit knows one."""

    ok: bool
    reason: str = ""


YES = Answer(True)
NO = Answer(False, "今天 8:00 已提醒过，一人一天只发一次。")


class NoteForm(forms.Form):
    """One field of every sort."""

    title = forms.CharField(label="做了什么", max_length=20, help_text="一句话，20 个字以内。")
    words = forms.CharField(label="经过", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    day = forms.DateField(label="哪天做的", required=True)
    kind = forms.ChoiceField(label="哪一类", choices=[("", "请选"), ("a", "走访"), ("b", "护学岗")])
    scope = forms.ChoiceField(
        label="给谁看", choices=[("all", "公开"), ("org", "只给本支部")], widget=forms.RadioSelect
    )
    duties = forms.MultipleChoiceField(
        label="算到哪些任务",
        choices=[("1", "主题党日"), ("2", "谈心谈话")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="可以多选。",
    )
    sure = forms.BooleanField(label="我看过了，没有写别人的隐私")


class FileForm(forms.Form):
    """A file field."""

    sheet = forms.FileField(label="党员花名册", help_text="Excel 文件，20 MB 以内；也可以拖进来。")


def context(request: HttpRequest) -> dict[str, Any]:
    """Return what the kit page shows."""
    wrong = QueryDict(mutable=True)
    wrong["title"] = "到校门口护学岗站了两回，教一年级新生认交通标志"
    wrong["day"], wrong["words"] = "十月", "<b>不加粗</b>"
    return {
        "place": "public",
        "yes": YES,
        "no": NO,
        "things": {
            "ways": [{"label": "提为问题", "url": "#", "verdict": YES}],
            "outcomes": [
                {
                    "title": "校门口的路灯不亮",
                    "url": "#",
                    "kind": "doing",
                    "state": "整改中",
                    "words": "后勤党小组，10月30日前",
                }
            ],
        },
        "ribbons": _ribbons(),
        "crumbs": [("澜阳县委", "#"), ("教育局党委", "#"), ("城区小学片", "")],
        "form": NoteForm(prefix="a"),
        "wrong": NoteForm(wrong),
        "file": FileForm(),
        "wrong_file": FileForm(QueryDict("x=1"), MultiValueDict(), prefix="b"),
        "table": _table(request),
        "bare_table": Table("没有行的表", [Column("a", "支部")]),
        "page": Paginator(range(130), 10).page(3),
        "numbers": [12000, Decimal("12.50"), Decimal("6.40"), None],
        "moment": make_aware(datetime(2026, 9, 1, 9, 5)),
        "today": TODAY,
        "figures": [("条承诺", 97), ("已兑现", 21), ("正在做", 76), ("条意见已答复", 1405)],
        "standards": _standards(),
        "segments": _segments(),
        "picks": _picks(),
        "pledges": _pledges(),
        "review_items": _review_items(),
        "remarks": _remarks(),
        "samples": _messages(),
        "jobs": _jobs(),
    }


CYCLES = (
    ("第一年评比周期", date(2026, 3, 2), date(2026, 6, 30)),
    ("第二年评比周期", date(2026, 7, 1), date(2027, 6, 30)),
    ("第三年评比周期", date(2027, 7, 1), date(2028, 8, 31)),
)


def _ribbons() -> list[dict[str, Any]]:
    def day(year: int, month: int, number: int) -> date:
        return date(year, month, number)

    school = [
        ("动员学习", day(2026, 3, 2), day(2026, 4, 10)),
        ("公开承诺", day(2026, 4, 11), day(2026, 5, 31)),
        ("践诺攻坚", day(2026, 6, 1), day(2026, 12, 31)),
        ("评议点评", day(2027, 1, 4), day(2027, 3, 12)),
        ("表彰总结", day(2027, 3, 15), day(2027, 4, 30)),
    ]
    village = [
        ("动员部署", day(2026, 5, 1), day(2026, 5, 31)),
        ("学习提高", day(2026, 5, 10), day(2026, 7, 31)),
        ("全面推进", day(2026, 5, 20), day(2026, 12, 20)),
        ("评议表彰", day(2026, 8, 15), day(2026, 12, 31)),
    ]
    by_hand = {
        "title": "手写的阶段条",
        "phases": [
            {
                "title": "正在做的",
                "dates": "两个阶段同时",
                "state": "now",
                "pct": 8,
                "today": "今天",
            },
            {"title": "也在做的", "dates": "到月底", "state": "now", "pct": 92, "today": "今天"},
        ],
    }
    return [
        lay_out("育新先锋行动", school, TODAY, "下一个节点：10月18日 20:00 收票", marks=KEY_DATES),
        lay_out(
            "青石村先锋行动",
            village,
            TODAY,
            "有阶段重叠",
            url="#",
            cycles=CYCLES,
            marks=KEY_DATES,
        ),
        lay_out("明年的行动", school, date(2026, 2, 1), "3月2日开始"),
        by_hand,
    ]


COLUMNS = [
    Column("org", "支部", sort=True, wide=True),
    Column("state", "状态"),
    Column("stuck", "卡在哪儿、差什么", wide=True),
    Column("done", "做齐", sort=True, number=True),
    Column("issues", "问题", sort=True, number=True, optional=True),
    Column("who", "责任人", optional=True),
    Column("phone", "电话", optional=True, shown=False),
    Column("act", ""),
]


def _table(request: HttpRequest) -> Table:
    sort, chosen = asked(COLUMNS, request.GET)
    rows = [
        _line("南湖小学", 31, "late", "卡住 16 天", "8 条承诺没公开；3 人没写 9月进展", 3, 12, YES),
        _line("育新小学", 34, "due", "3 天后到期", "护学岗缺 4 人；谈心还差 5 人", 6, 2, NO),
        _line("文澜小学", 42, "doing", "正常", "谈心 38 人，还差 4 人", 7, 1, YES),
        _line("实验小学", 51, "done", "做齐了", "本期任务全部做完", 8, 0, YES),
    ]
    key = sort.removeprefix("-")
    if key:
        rows.sort(key=lambda row: _plain(row[key]), reverse=sort.startswith("-"))
    return Table("城区小学片的支部", COLUMNS, rows, sort, chosen, excel_url="#", total=12)


def _plain(value: Any) -> Any:
    return value.text if isinstance(value, Cell) else value


def _line(
    org: str, people: int, kind: str, words: str, stuck: str, done: int, issues: int, may: Answer
) -> dict[str, Any]:
    return {
        "org": Cell(org, url="#", sub=f"{people} 人"),
        "state": Cell(words, kind=kind),
        "stuck": stuck,
        "done": done,
        "issues": issues,
        "who": "秦望舒",
        "phone": "0000-555 0126",
        "act": Cell(act={"label": "提醒", "verdict": may, "url": "#", "about": org}),
    }


def _standards() -> list[dict[str, Any]]:
    five = ["领导班子好", "党员队伍好", "工作机制好", "工作业绩好", "群众反映好"]
    lead = ["带头学习提高", "带头争创佳绩", "带头服务群众", "带头遵纪守法", "带头弘扬正气"]
    return [
        {
            "title": "支部五个好",
            "note": "支部承诺 6 条",
            "points": [{"title": title, "count": 1, "url": "#"} for title in five],
        },
        {
            "title": "党员五带头",
            "note": "29 名党员，91 条",
            "points": [
                {"title": title, "count": 8 + i, "url": "#", "current": i == 2}
                for i, title in enumerate(lead)
            ],
        },
    ]


def _segments() -> list[dict[str, Any]]:
    names = [("全部", 97), ("正在做", 76), ("已兑现", 21), ("本月到期", 9)]
    return [
        {"title": title, "count": count, "url": "#", "current": not i}
        for i, (title, count) in enumerate(names)
    ]


def _picks() -> list[dict[str, Any]]:
    return [
        {"title": "宋知行", "sub": "2 条，审到第 1 条", "url": "#", "current": True},
        {"title": "方晓岚", "sub": "3 条，等了 4 天", "url": "#"},
    ]


def _goal(baseline: str, now: str, target: str, pct: int, mark: int = 0, cls: str = "") -> Any:
    words = {"baseline": baseline, "now": now, "target": target}
    return {**words, "pct": pct, "mark": mark or None, "cls": cls}


def _pledges() -> list[dict[str, Any]]:
    return [
        {
            "by": "育新小学党支部", "role": "支部承诺，群众反映好", "org": True, "wide": True,
            "text": "家长的意见，今年年底前平均 5 天办完，每一条都回到提意见的人手里。", "url": "#",
            "state": ("doing", "正在做"),
            "goal": _goal("平均 12 天", "6.4 天", "5 天", 80, 64),
            "note": {"title": "9月进展", "text": "收到 31 条，29 条在 5 天内办完。"},
            "tail": "受益：1,642 名学生的家长，12月31日前", "remarks": 14, "remarks_url": "#",
        },
        {
            "by": "陆婉清", "role": "一（4）班语文", "kind": "岗位承诺，带头服务群众",
            "text": "每周二、四课后留 30 分钟，陪识字慢的 9 个孩子读绘本，放寒假前每人读完 10 本。",
            "state": ("doing", "正在做"),
            "goal": _goal("0 本", "人均 6 本", "10 本", 60, 58),
            "note": {"title": "9月进展", "text": "9 个孩子都跟上了，小满已经能读给爷爷听。"},
            "tail": "9 名学生，2027年1月22日前", "remarks": 6, "remarks_url": "#",
        },
        {
            "by": "蒋素心", "role": "美术教师", "honour": "上半年优秀共产党员",
            "kind": "实事承诺，带头争创佳绩", "state": ("done", "已兑现"),
            "text": "国庆前带孩子们把教学楼 12 面楼道墙，换成他们自己的画。",
            "goal": _goal("0 面", "12 面", "12 面", 100, cls="is-done"),
            "tail": "全校学生，9月30日前", "remarks": 31, "remarks_url": "#",
        },
        {
            "by": "贺建国", "role": "退休党员", "kind": "共性承诺，带头弘扬正气", "goal": None,
            "state": ("todo", "没开始"), "text": "每月到校门口护学岗站两回。", "tail": "一年级新生",
        },
    ]  # fmt: skip


def _review_items() -> list[dict[str, Any]]:
    def tests(number: int, *values: str) -> list[dict[str, str]]:
        words = [
            ("准确", "说的是他该管的事"),
            ("具体", "有数、有日子、有对象"),
            ("可行", "到期做得到"),
        ]
        return [
            {"name": f"test-{number}-{i}", "title": title, "hint": hint, "value": values[i]}
            for i, (title, hint) in enumerate(words)
        ]

    alike = [
        ("每月走访 2 户进城务工人员家庭，帮", True),
        ("助", False),
        ("解决孩子放学后没人看管的", True),
    ]
    twin = {
        "title": "和魏长青的一条很像，相同的字占 86%",
        "mine_label": "宋知行，这一条",
        "mine": [*alike, ("问题。", False)],
        "theirs_label": "魏长青，4月22日已公开，做到 7 户",
        "theirs": [*alike, ("事，全年不少于 16 户。", False)],
    }
    return [
        {
            "number": 1, "kind": "共性承诺，带头学习提高", "state": ("back", "退回这条"),
            "text": "加强理论学习，不断提高自身修养和业务水平。",
            "facts": [("起点", ""), ("目标", ""), ("哪天做到", "2026年12月31日"), ("谁受益", "")],
            "tests": tests(1, "1", "0", "1"), "reason_name": "reason-1", "reason": "",
            "reason_error": "“具体”选了“不是”，请写清怎么改。",
            "phrases": ["请写上数目。", "请写上日期。", "请写明谁受益。"],
        },
        {
            "number": 2, "kind": "实事承诺，带头服务群众", "state": ("wait", "还差 1 项"),
            "text": "每月走访 2 户进城务工人员家庭，帮助解决孩子放学后没人看管的问题。",
            "facts": [("起点", "0 户"), ("目标", "8 户"), ("谁受益", "8 户家庭")],
            "twin": twin, "tests": tests(2, "1", "1", ""), "reason_name": "reason-2",
        },
    ]  # fmt: skip


def _remarks() -> list[dict[str, Any]]:
    answer = {
        "who": "陆婉清",
        "role": "作答",
        "when": date(2026, 10, 13),
        "text": "这周调来 40 本。",
    }
    return [
        {
            "who": "一位家长", "when": date(2026, 10, 12), "state": ("done", "已答复"),
            "text": "孩子回来说绘本不够借。",
            "answers": [answer],
        },
        {"who": "<script>alert(1)</script>", "when": None, "text": "尖括号照样显示，不会执行。"},
    ]  # fmt: skip


@dataclass(frozen=True)
class Message:
    """A message, as far as the kit knows one."""

    text: str
    level_tag: str

    def __str__(self) -> str:
        return self.text


def _messages() -> list[Message]:
    return [
        Message("承诺已送出，等支部审。", "success"),
        Message("明天起换成秋季作息。", "info"),
        Message("有 2 人没有手机号，提醒发不到。", "warning"),
        Message("存不下：磁盘快满了，请找管理员。", "error"),
    ]


def _jobs() -> list[dict[str, Any]]:
    whole = {"title": "导入花名册", "total": 1200, "unit": "行", "url": ""}
    return [
        whole | {"done": 348, "state": "running", "cancel_url": "#", "text": "大约还要 1 分钟。"},
        whole | {"done": 1200, "state": "done", "result_url": "#", "text": "全部导入。"},
        whole | {"done": 600, "state": "stopped", "text": "停下了，写了一半的没有留下。"},
        whole | {"done": 12, "state": "failed", "text": "第 13 行读不出来，文件可能坏了。"},
    ]
