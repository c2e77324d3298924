"""What the cells of one row must agree on. Each check is a plain function over an entry.

Errors are contradictions that cannot both be true; hints are what is odd but has been seen.
"""

from datetime import date
from typing import TYPE_CHECKING

from zhengyou.kernel.partial_dates import PartialDate, Precision
from zhengyou.people.models import Gender, StandingKind

if TYPE_CHECKING:
    from zhengyou.people.roster.rows import Entry, Notebook

ADULT = 18  # 党章：年满十八岁才可以申请入党
MEMBERS = (StandingKind.FULL, StandingKind.PROBATIONARY)


def check(entry: "Entry", notes: "Notebook", today: date) -> None:
    """Note what does not agree; note what the ID number tells."""
    _id_against_the_rest(entry, notes)
    _nothing_in_the_future(entry, notes, today)
    _order_of_dates(entry, notes)
    _standing(entry, notes, today)
    _reachable(entry, notes)


def _id_against_the_rest(entry: "Entry", notes: "Notebook") -> None:
    if not entry.id_number:
        if notes.left_empty("id_number"):
            notes.on("id_number").hint_if_new(
                "没有填身份证号。", "能补就补上；没有号码，以后认不准同名的人。"
            )
        return
    told = PartialDate(date.fromisoformat(entry.id_number[6:14]))
    entry.id_born = told
    if entry.born is not None:
        _birth_against_id(entry, told, notes)
    entry.id_gender = Gender.MALE if int(entry.id_number[16]) % 2 else Gender.FEMALE
    if entry.gender not in (None, entry.id_gender):
        notes.on("gender")(
            f"和身份证号对不上：身份证号上是“{entry.id_gender.label}”。",
            "对照身份证，改正性别或身份证号。",
        )


def _birth_against_id(entry: "Entry", told: PartialDate, notes: "Notebook") -> None:
    """A workbook makes 1985-7 the first of July, so a first of the month may mean the month."""
    written = entry.born
    assert written is not None
    month = PartialDate(told.date.replace(day=1), Precision.MONTH)
    if entry.born_is_first and written.date == month.date != told.date:
        entry.born = month
    elif not written.date <= told.date <= written.latest:
        notes.on("born")(
            f"和身份证号里的出生日期（{told}）对不上。", "对照身份证，改正出生日期或身份证号。"
        )


def _nothing_in_the_future(entry: "Entry", notes: "Notebook", today: date) -> None:
    for key in ("born", "joined", "full", "lost_on"):
        known: PartialDate | None = getattr(entry, key)
        if known is not None and known.date > today:
            notes.on(key)(f"{known}还没有到。", "请核对年份。")


def _order_of_dates(entry: "Entry", notes: "Notebook") -> None:
    born, joined, full = entry.birth, entry.joined, entry.full
    if born and joined:
        if joined.latest < born.date:
            notes.on("joined")("入党日期早于出生日期。", "核对入党日期和出生日期的年份。")
        elif _years_between(born, joined) < ADULT:
            notes.on("joined").hint("入党时不满 18 岁。", "请核对；档案上确实如此可以不改。")
    if joined and full:
        if full.latest < joined.date:
            notes.on("full")("转正日期早于入党日期。", "核对两个日期，是不是填反了。")
        elif full.latest < _a_year_after(joined.date):
            notes.on("full").hint("入党到转正不满一年。", "请核对；档案上确实如此可以不改。")
    if entry.lost_on and joined and entry.lost_on.latest < joined.date:
        notes.on("lost_on")("失联日期早于入党日期。", "核对两个日期。")


def _years_between(born: PartialDate, day: PartialDate) -> int:
    """Return the most full years that may lie between two partial dates."""
    first, last = born.date, day.latest
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def _a_year_after(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _standing(entry: "Entry", notes: "Notebook", today: date) -> None:
    kind = entry.standing
    if kind is None:
        if notes.left_empty("standing"):
            notes.on("standing").hint_if_new(
                "没有填人员类别。", "补上“正式党员”“预备党员”等；不填的人没有表决权。"
            )
        return
    if kind not in MEMBERS:
        for key, title in (("joined", "入党日期"), ("full", "转正日期")):
            if getattr(entry, key):
                notes.on(key)(
                    f"人员类别是“{kind.label}”，却填了{title}。",
                    "改正人员类别，或者删去这个日期。",
                )
        return
    if entry.joined is None and notes.left_empty("joined"):
        notes.on("joined").hint_if_new("没有填入党日期。", "请从档案里查到补上。")
    if kind == StandingKind.PROBATIONARY:
        _probation(entry, notes, today)
    elif entry.full is None and notes.left_empty("full"):
        notes.on("full").hint_if_new(
            "正式党员没有填转正日期。", "请从档案里查到补上，没有可以空着。"
        )


def _probation(entry: "Entry", notes: "Notebook", today: date) -> None:
    """Probation lasts one year and may be prolonged once (《中国共产党发展党员工作细则》)."""
    if entry.full is not None:
        notes.on("full")(
            "预备党员不该有转正日期。", "已经转正的把人员类别改成“正式党员”，没有转正的删去日期。"
        )
    elif entry.joined is not None and entry.joined.latest.year + 2 < today.year:
        notes.on("standing").hint("入党两年多了还是预备党员。", "请核对是不是已经转正。")


def _reachable(entry: "Entry", notes: "Notebook") -> None:
    if entry.lost is False and entry.lost_on:
        notes.on("lost_on")("不是失联党员，却填了失联日期。", "改正“是否失联党员”，或者删去日期。")
    elif entry.lost is None and entry.lost_on:
        notes.on("lost_on")("填了失联日期，没有填是否失联党员。", "在“是否失联党员”填“是”或“否”。")
    elif entry.lost and entry.lost_on is None and notes.left_empty("lost_on"):
        notes.on("lost_on").hint_if_new("失联党员没有填失联日期。", "知道年月就补上。")
    if entry.destination and entry.mobile is False:
        notes.on("destination").hint(
            "不是流动党员，却填了外出流向，流向不会导入。", "请核对是否流动党员。"
        )
