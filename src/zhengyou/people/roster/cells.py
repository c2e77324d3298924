"""Reads single cells: each function takes a raw cell and returns a plain value.

What is wrong is said through ``say(problem, remedy)``, and the value is then None (left out of
every later check); ``say.hint`` is for what is odd but may be so. Texts are Chinese; a problem
says what is wrong with this cell, a remedy how to mend it.
"""

import re
from datetime import date, datetime
from typing import Protocol

from zhengyou.kernel import identity
from zhengyou.kernel.partial_dates import BadDate, PartialDate, parse
from zhengyou.kernel.texts import tidy_code, tidy_line, tidy_name
from zhengyou.people.models import CircumstanceKind, Gender, StandingKind
from zhengyou.people.roster.layout import text_of
from zhengyou.people.roster.workbook import Cell


class Say(Protocol):
    """Takes what is to be said about the cell just read."""

    def __call__(self, problem: str, remedy: str) -> None:
        """Note an error."""

    def hint(self, problem: str, remedy: str) -> None:
        """Note something that may be right."""


AS_TEXT = "把这一列的单元格格式设成“文本”，再重新填一遍这个号码。"
_HAN_NAME = re.compile(
    "[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]+"
    "(·[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]+)*"
)
_LATIN_NAME = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’.\- ]*")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+")
_LANDLINE = re.compile(r"[\d\-()（）+转,/、 ]{5,30}")

STANDINGS = {
    **{kind.label: kind for kind in StandingKind},
    "正式": StandingKind.FULL,
    "中共正式党员": StandingKind.FULL,
    "中共党员": StandingKind.FULL,
    "党员": StandingKind.FULL,
    "在册党员": StandingKind.FULL,
    "预备": StandingKind.PROBATIONARY,
    "中共预备党员": StandingKind.PROBATIONARY,
    "党员发展对象": StandingKind.DEVELOPMENT,
    "积极分子": StandingKind.ACTIVIST,
    "申请人": StandingKind.APPLICANT,
    "申请入党人": StandingKind.APPLICANT,
    "普通群众": StandingKind.MASSES,
}
STATUSES: dict[str, CircumstanceKind | None] = {
    "正常": None,
    "在册": None,
    "停止党籍": CircumstanceKind.SUSPENDED,
    "停止": CircumstanceKind.SUSPENDED,
    "已停止党籍": CircumstanceKind.SUSPENDED,
    "留党察看": CircumstanceKind.OBSERVED,
    "已出党": CircumstanceKind.LEFT,
    "出党": CircumstanceKind.LEFT,
}
YES = frozenset({"是", "有", "对", "Y", "YES", "TRUE", "1", "√", "✓", "☑"})
NO = frozenset({"否", "不是", "无", "没有", "N", "NO", "FALSE", "0", "×", "✗", "X", "☐", "/", "-"})
ETHNICITIES = frozenset(
    [
        "汉族",
        "蒙古族",
        "回族",
        "藏族",
        "维吾尔族",
        "苗族",
        "彝族",
        "壮族",
        "布依族",
        "朝鲜族",
        "满族",
        "侗族",
        "瑶族",
        "白族",
        "土家族",
        "哈尼族",
        "哈萨克族",
        "傣族",
        "黎族",
        "傈僳族",
        "佤族",
        "畲族",
        "高山族",
        "拉祜族",
        "水族",
        "东乡族",
        "纳西族",
        "景颇族",
        "柯尔克孜族",
        "土族",
        "达斡尔族",
        "仫佬族",
        "羌族",
        "布朗族",
        "撒拉族",
        "毛南族",
        "仡佬族",
        "锡伯族",
        "阿昌族",
        "普米族",
        "塔吉克族",
        "怒族",
        "乌孜别克族",
        "俄罗斯族",
        "鄂温克族",
        "德昂族",
        "保安族",
        "裕固族",
        "京族",
        "塔塔尔族",
        "独龙族",
        "鄂伦春族",
        "赫哲族",
        "门巴族",
        "珞巴族",
        "基诺族",
    ]
)


def name(cell: Cell, say: Say) -> str | None:
    """Read 姓名: ``张　三`` is 张三; digits and signs are refused."""
    text = tidy_name(text_of(cell))
    if not text:
        say("没有填姓名。", "填上姓名；这一行如果不是人员，请整行删掉。")
    elif len(text) > 60:
        say("姓名太长。", "姓名最多 60 个字，请只写姓名。")
    elif not (_HAN_NAME.fullmatch(text) or _LATIN_NAME.fullmatch(text)):
        say("姓名里有不该有的字符。", "只写姓名，数字、括号和说明写到别的列；长名字中间用“·”。")
    elif len(text) == 1:
        say.hint("姓名只有一个字。", "请核对是不是漏了字。")
        return text
    else:
        return text
    return None


def id_number(cell: Cell, say: Say) -> str | None:
    """Read 公民身份号码; a number of a workbook has lost its last digits and is refused."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 1e15:
        say("号码存成了数字，表格只留得住前 15 位，后几位已经不对了。", AS_TEXT)
        return None
    code = tidy_code(text_of(cell)).replace("×", "X")
    if not code:
        return ""
    if _SCIENTIFIC.fullmatch(code):
        say("号码变成了科学计数，后几位已经丢了。", AS_TEXT)
        return None
    verdict = identity.check_id_number(code)
    if not verdict:
        say(verdict.reason, "请对照身份证改正这个号码。")
        return None
    return code


def phone(cell: Cell, say: Say) -> str | None:
    """Read 手机号码: eleven digits; blanks, hyphens and +86 are taken away."""
    if isinstance(cell, float) and not cell.is_integer():
        say("手机号码不对。", "写 11 位手机号码。")
        return None
    code = tidy_code(text_of(cell))
    bare = re.sub(r"^(\+?86)(?=1\d{10}$)", "", code.replace("-", ""))
    if not bare:
        return ""
    if _SCIENTIFIC.fullmatch(code):
        say("号码变成了科学计数，后几位可能丢了。", AS_TEXT)
        return None
    if re.search(r"[,，、/;；]", code) or re.fullmatch(r"(1\d{10}){2,}", bare):
        say("这一格不止一个号码。", "只留一个常用的手机号码，座机写到“固定电话”列。")
        return None
    verdict = identity.check_phone(bare)
    if not verdict:
        say(verdict.reason, "写 11 位手机号码；座机写到“固定电话”列。")
        return None
    if not bare.startswith("1"):
        say("这是固定电话，不是手机号码。", "手机号码写 11 位；座机写到“固定电话”列。")
        return None
    return bare


def landline(cell: Cell, say: Say) -> str | None:
    """Read 固定电话, with or without area code."""
    text = tidy_line(text_of(cell))
    if text and not _LANDLINE.fullmatch(text):
        say("固定电话里有看不懂的字。", "写成 0571-87654321 这样，只用数字和短横线。")
        return None
    return text


def gender(cell: Cell, say: Say) -> Gender | None:
    """Read 性别."""
    text = tidy_code(text_of(cell))
    if not text:
        return None
    for kind in Gender:
        if text in (kind.label, f"{kind.label}性"):
            return kind
    say("性别只能是“男”或“女”。", "改成“男”或“女”。")
    return None


def ethnicity(cell: Cell, say: Say) -> str | None:
    """Read 民族: 汉 is 汉族; an unknown one is kept, with a hint."""
    text = tidy_code(text_of(cell))
    if not text:
        return ""
    full = text if text.endswith("族") else f"{text}族"
    if full in ETHNICITIES:
        return full
    if len(text) > 30:
        say("民族写得太长。", "只写民族名称，如“汉族”。")
        return None
    say.hint("没见过这个民族名称。", "请核对；写法如“汉族”“土家族”。确实如此可以不改。")
    return text


def partial_date(cell: Cell, say: Say) -> PartialDate | None:
    """Read a date as precisely as it is written."""
    if isinstance(cell, str) and not tidy_line(cell):
        return None
    if not isinstance(cell, str | int | float | date | datetime):
        say("这一格是时刻，不是日期。", "写成“1985年7月3日”或“1985.07”。")
        return None
    try:
        return parse(cell)
    except BadDate as bad:
        say(bad.reason, "改成“1985年7月3日”或“1985.07”这样的写法；不知道日子可以只写到月或年。")
        return None


def standing(cell: Cell, say: Say) -> StandingKind | None:
    """Read 人员类别."""
    text = tidy_code(text_of(cell))
    if not text:
        return None
    if text not in STANDINGS:
        say("没有这种人员类别。", f"改成{'、'.join(kind.label for kind in StandingKind)}中的一种。")
        return None
    return STANDINGS[text]


def status(cell: Cell, say: Say) -> CircumstanceKind | str | None:
    """Read 党籍状态: a kind, ``normal`` where it says so, None for an empty cell or an error."""
    text = tidy_code(text_of(cell))
    if not text:
        return None
    if text not in STATUSES:
        say("没有这种党籍状态。", "改成“正常”“停止党籍”“留党察看”或“已出党”。")
        return None
    return STATUSES[text] or "normal"


def yes_or_no(cell: Cell, say: Say) -> bool | None:
    """Read 是 or 否; None for an empty cell or an error."""
    text = tidy_code(text_of(cell))
    if not text:
        return None
    if text in YES or text in NO:
        return text in YES
    say("这一格只能填“是”或“否”。", "改成“是”或“否”；不清楚就空着。")
    return None


class Words:
    """Reads free text of at most ``limit`` characters."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, cell: Cell, say: Say) -> str | None:
        """Read one line of text; the empty text for an empty cell."""
        text = tidy_line(text_of(cell))
        if len(text) > self.limit:
            say(f"写了 {len(text)} 个字，太长。", f"最多 {self.limit} 个字，请写短些。")
            return None
        return text
