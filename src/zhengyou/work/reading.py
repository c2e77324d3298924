"""A duty read from a table of a blueprint: ``[duty.CODE]`` → :class:`DutyData`."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import models

from zhengyou.campaigns.blueprint.problem import did_you_mean
from zhengyou.campaigns.blueprint.spans import parse_before_end, parse_nth
from zhengyou.campaigns.blueprint.table import Table
from zhengyou.kernel.texts import tidy_code
from zhengyou.people.models import Kind, Role, StandingKind
from zhengyou.people.models.post import SEATS
from zhengyou.work.asking import TERM_TIME, DutyData
from zhengyou.work.models import Cadence, Enrols, Measure, Part, RecordKind, Scope, Whose

RETIRED = {"在职": False, "离退休": True}
"""The words for ``who.retired``."""
MOST_TIMES = 366
LONGEST_GRACE = 60
OLDEST = 120
WAYS = {
    "kind": Whose.BODIES,
    "group": Whose.GROUPS,
    "seats": Whose.SEATS,
    "standing": Whose.MEMBERS,
    "post": Whose.HOLDERS,
    "enrolled": Whose.ENROLLED,
}
"""Keys of ``who``, of which one says whose duty it is."""
_AMOUNT = re.compile(r"(\d{1,7}(?:\.\d)?)(学时|小时|字|分)")
_MEASURES = {
    "学时": Measure.HOURS,
    "小时": Measure.HOURS,
    "字": Measure.CHARACTERS,
    "分": Measure.SCORE,
}
_AGE = re.compile(r"(\d{1,3})(以上|以下|(?:至|到|-)(\d{1,3}))")
_GRACE = re.compile(r"(\d{1,2})天")
_WHO_HELP = (
    '组织写 who = { kind = ["党支部"] }，人员写 who = { standing = ["正式党员"] }，'
    '任职的人写 who = { post = ["书记"] }，工作组写 who = { group = "代号" }，'
    '工作组的成员写 who = { seats = "代号" }'
)


def read(code: str, table: Table, kind: RecordKind | None = None) -> DutyData:
    """Return the duty that a table says; what is wrong is collected in ``table``.

    Args:
        kind: the one kind of record that counts, where another section asks and has no ``record``.
    """
    title = table.text("title")
    who = table.table("who")
    whose = _whose(table, who)
    records = _records(table) if kind is None else (kind.value,)
    cadence = _cadence(table)
    measure, least, each = _amount(table)
    low, high = _ages(who)
    return DutyData(
        code=code,
        title=title,
        whose=whose,
        cadence=cadence,
        records=records,
        kinds=_values(who.labels("kind", Kind, default=[])),
        group=who.code("seats" if whose == Whose.SEATS else "group", "group", default=""),
        standings=_values(who.labels("standing", StandingKind, default=[])),
        roles=_roles(who, whose),
        enrols=_one(who, "enrolled", Enrols),
        min_age=low,
        max_age=high,
        retired=_retired(who),
        without_roles=_values(who.labels("without", Role, default=[])),
        scopes=() if kind else _some(table, "scope", Scope, needed=False),
        part=_part(table, whose),
        below=_below(table, whose),
        times=table.whole("times", least=1, most=MOST_TIMES, default=1),
        measure=measure,
        least=least,
        each=each,
        due=_due(table, cadence),
        phase=table.code("phase", "phase", default=""),
        term_time=_term_time(table, cadence),
        grace_days=_grace(table),
        exempt=table.text("exempt", most=200, default=""),
        publish=kind is None and _publish(table),
        hint=table.text("hint", most=200, default=""),
        basis=table.text("basis", most=100, default=""),
    )


# --- who ----------------------------------------------------------------------------------------
def _whose(table: Table, who: Table) -> Whose:
    """Return whose duty it is. Of persons and posts, ``kind`` says in which bodies; of seats,
    ``post`` says which."""
    said = [key for key in WAYS if key in who]
    ways = [
        key
        for key in said
        if not (key == "kind" and {"standing", "post"} & set(said))
        and not (key == "post" and "seats" in said)
    ]
    if len(ways) != 1:
        what = "没有写是谁的任务" if not ways else "一个任务只能是一种人或组织的"
        table.problem("who" if "who" in table else None, f"{table.heading}{what}", _WHO_HELP)
        return Whose.BODIES
    whose = WAYS[ways[0]]
    _no_layers_of_bodies(who, whose)
    return whose


def _no_layers_of_bodies(who: Table, whose: Whose) -> None:
    """Refuse age, retirement and excused posts where no persons are asked."""
    if whose.of_persons:
        return
    for key in ("age", "retired", "without"):
        if key in who:
            who.problem(key, f"“{key}”只能写给人的任务", "请删去，或者把 who 改成人员、任职的人")


def _roles(who: Table, whose: Whose) -> tuple[str, ...]:
    roles: list[Role] = who.labels("post", Role, default=[])
    for role in roles:
        if whose == Whose.SEATS and role not in SEATS:
            seats = "、".join(str(seat.label) for seat in SEATS)
            who.problem("post", f"工作组里没有“{role.label}”", f"可以写：{seats}")
    return _values(roles)


def _ages(who: Table) -> tuple[int | None, int | None]:
    given = who.text("age", most=20, default="")
    match = _AGE.fullmatch(tidy_code(given).removesuffix("岁").replace("岁", ""))
    if not match:
        if given:
            who.problem("age", f"看不懂“{given}”", "请写成“60以上”“59以下”“14至28”这样，都含本数")
        return None, None
    first, last = int(match[1]), int(match[3] or 0)
    low = None if match[2] == "以下" else first
    high = first if match[2] == "以下" else last or None
    if max(first, last) > OLDEST or (high is not None and low is not None and high < low):
        who.problem("age", f"年纪“{given}”不对", f"请从小到大写，最多 {OLDEST}")
        return None, None
    return low, high


def _retired(who: Table) -> bool | None:
    given = who.text("retired", most=10, default="")
    if given and given not in RETIRED:
        who.problem("retired", f"不认识“{given}”", did_you_mean(given, RETIRED))
    return RETIRED.get(given)


# --- what counts --------------------------------------------------------------------------------
def _part(table: Table, whose: Whose) -> str:
    part = _one(table, "part", Part)
    if part and not whose.of_persons:
        table.problem("part", "“part”只能写给人的任务", "请删去，或者把 who 改成人员、任职的人")
    return part


def _below(table: Table, whose: Whose) -> tuple[str, ...]:
    below = _values(table.labels("below", Kind, default=[]))
    if below and whose != Whose.BODIES:
        table.problem("below", "“below”只能写给组织的任务", "请删去，或者把 who 改成 kind")
    return below


def _records(table: Table) -> tuple[str, ...]:
    """Read the kinds that count; what is laid open has a section of its own."""
    found = _some(table, "record", RecordKind)
    if RecordKind.DISCLOSURE in found:
        label = RecordKind.DISCLOSURE.label
        table.problem("record", f"“{label}”不写在任务里", "请写成 [disclosure.代号] 一节")
    return tuple(value for value in found if value != RecordKind.DISCLOSURE)


def _some[C: models.TextChoices](
    table: Table, key: str, choices: type[C], *, needed: bool = True
) -> tuple[str, ...]:
    """Read one label as a text, or several as a list."""
    if isinstance(table.values.get(key), list):
        return _values(table.labels(key, choices))
    if not needed and key not in table:
        return ()
    found = table.choice(key, choices)
    return () if found is None else (found.value,)


def _one[C: models.TextChoices](table: Table, key: str, choices: type[C]) -> str:
    found = table.choice(key, choices, default=None)
    return "" if found is None else str(found.value)


def _values(found: Iterable[models.TextChoices]) -> tuple[str, ...]:
    return tuple(str(each.value) for each in found)


def _amount(table: Table) -> tuple[Measure, Decimal, bool]:
    """Read ``least`` or ``each``: measure, how much, whether each record must be of so much."""
    given = {key: table.text(key, most=20, default="") for key in ("least", "each")}
    if all(given.values()):
        table.problem("each", "“least”和“each”都写了", "一共多少写 least，每次多少写 each，留一个")
    key = "each" if given["each"] else "least"
    if not given[key]:
        return Measure.TIMES, Decimal(0), False
    match = _AMOUNT.fullmatch(tidy_code(given[key]))
    if not match or not Decimal(match[1]):
        table.problem(key, f"看不懂“{given[key]}”", "请写成“5000字”“16学时”“80分”这样")
        return Measure.TIMES, Decimal(0), False
    return _MEASURES[match[2]], Decimal(match[1]), key == "each"


# --- when ---------------------------------------------------------------------------------------
def _cadence(table: Table) -> Cadence:
    cadence = table.choice("every", Cadence)
    if cadence == Cadence.TERM and not table.reading.values.get("terms"):
        table.problem("every", "写了每学期，可是没有写学期", "请在文件开头写 terms，或者改成每半年")
    return cadence or Cadence.MONTH


def _due(table: Table, cadence: Cadence) -> str:
    """Return the date as it is written, in the words of phases; "" unless it is due once."""
    if cadence != Cadence.ONCE:
        if "due" in table:
            table.date_or_text("due", default="")
            table.problem("due", "“due”只给到期一次的任务", '请删去，或者写 every = "到期一次"')
        return ""
    given = table.date_or_text("due")
    if isinstance(given, date):
        return given.isoformat()
    found = parse_nth(given) or parse_before_end(given) or _a_date(given)
    if found is None and given:
        table.problem("due", f"看不懂期限“{given}”", "请写成“第2周”“结束前7天”“2026-09-01”这样")
    return str(found or "第1天")


def _a_date(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


def _term_time(table: Table, cadence: Cadence) -> bool:
    """Read ``when = "学期里"``: not asked in the holidays."""
    given = table.text("when", most=10, default="")
    if not given:
        return False
    if given != TERM_TIME:
        table.problem("when", f"不认识“{given}”", f'只在学期里要做的写 when = "{TERM_TIME}"')
    elif not table.reading.values.get("terms"):
        table.problem("when", "写了学期里，可是没有写学期", "请在文件开头写 terms，或者删去这一行")
    elif cadence.period is None or cadence == Cadence.TERM:
        table.problem("when", f"“{cadence.label}”不用写学期里", "请删去，只有每周、每月这样的才写")
    else:
        return True
    return False


def _grace(table: Table) -> int:
    given = table.text("grace", most=10, default="")
    match = _GRACE.fullmatch(tidy_code(given))
    days = int(match[1]) if match else 0
    if given and not 1 <= days <= LONGEST_GRACE:
        table.problem("grace", f"看不懂“{given}”", f'请写成 grace = "5天"，最多 {LONGEST_GRACE} 天')
        return 0
    return days


def _publish(table: Table) -> bool:
    given = table.text("publish", most=10, default="")
    if given not in ("", "公开"):
        table.problem("publish", f"不认识“{given}”", '要公开就写 publish = "公开"，不公开就删去')
    return given == "公开"
