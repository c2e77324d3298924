"""The columns of a roster: what they are called here, and what people call them elsewhere."""

import re
from dataclasses import dataclass

from zhengyou.kernel.texts import half_width


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the roster.

    Args:
        key: the name the code uses.
        title: the heading that templates and exports write.
        others: further headings that are understood.
        spreads: whether a vertically merged cell counts for every row it covers.
        secret: whether values are shown masked.
        width: characters, in workbooks we write.
    """

    key: str
    title: str
    others: tuple[str, ...] = ()
    spreads: bool = False
    secret: bool = False
    width: int = 14


COLUMNS = (
    Column("name", "姓名", ("党员姓名", "名字"), width=10),
    Column(
        "id_number",
        "公民身份号码",
        ("身份证号", "身份证号码", "身份证", "公民身份证号", "公民身份证号码", "居民身份证号",
         "居民身份证号码", "身份号码", "证件号码", "居民身份号码"),
        secret=True,
        width=22,
    ),
    Column("gender", "性别", spreads=True, width=6),
    Column("ethnicity", "民族", ("族别",), spreads=True, width=10),
    Column("born", "出生日期", ("出生年月", "出生年月日", "出生时间", "生日")),
    Column("education", "学历", ("文化程度", "最高学历", "学历层次", "学历学位"), spreads=True),
    Column(
        "standing", "人员类别", ("党员类别", "人员类型", "党员类型", "类别"), spreads=True, width=14
    ),
    Column(
        "branch",
        "所在党支部",
        ("所在支部", "党支部", "支部", "支部名称", "党支部名称", "所属支部", "所属党支部",
         "所在党组织", "所属党组织", "党组织", "党组织名称", "所在党支部名称"),
        spreads=True,
        width=30,
    ),
    Column("group", "所在党小组", ("党小组", "所属党小组", "小组", "党小组名称"), spreads=True,
           width=16),
    Column("joined", "入党日期", ("入党时间", "入党年月", "入党年月日", "加入党组织日期")),
    Column("full", "转正日期", ("转正时间", "转正年月", "转为正式党员日期", "转正年月日")),
    Column(
        "work",
        "工作岗位",
        ("岗位", "职务", "工作职务", "现任职务", "单位及职务", "工作单位及职务", "从事工作"),
        spreads=True,
        width=20,
    ),
    Column(
        "phone",
        "手机号码",
        ("手机", "手机号", "联系电话", "联系方式", "移动电话", "电话", "电话号码", "联系手机"),
        secret=True,
        width=16,
    ),
    Column("landline", "固定电话", ("座机", "办公电话", "住宅电话", "家庭电话"), width=16),
    Column(
        "address",
        "家庭住址",
        ("住址", "家庭地址", "现住址", "现居住地", "居住地址", "通讯地址", "家庭住址详细地址"),
        spreads=True,
        secret=True,
        width=36,
    ),
    Column("status", "党籍状态", ("党籍",), spreads=True, width=12),
    Column("lost", "是否失联党员", ("是否失联", "失联党员"), spreads=True),
    Column("lost_on", "失联日期", ("失联时间", "失去联系日期", "失去联系时间")),
    Column("mobile", "是否流动党员", ("是否流动", "流动党员"), spreads=True),
    Column(
        "destination",
        "外出流向",
        ("流向", "流动去向", "外出地点", "流入地", "外出地", "流动流向"),
        spreads=True,
        width=20,
    ),
)  # fmt: skip
BY_KEY = {column.key: column for column in COLUMNS}
PLACE = {column.key: place for place, column in enumerate(COLUMNS)}
UNREMARKED = frozenset({"序号", "编号", "问题", "号"})  # left unread without a word
FAULTS_TITLE = "问题"  # the column we add to the error workbook

_BRACKETED = re.compile(r"[(\[{【〔<《].*?[)\]}】〕>》]")


def plain_title(text: str) -> str:
    """Return a heading without blanks, brackets with advice, stars and colons."""
    text = re.sub(r"\s", "", half_width(text))
    return re.sub(r"[*#:★•]", "", _BRACKETED.sub("", text))


_KEY_OF = {
    plain_title(title): column.key for column in COLUMNS for title in (column.title, *column.others)
}


def key_of(heading: str) -> str | None:
    """Return which column a heading means; None where it is none of ours."""
    return _KEY_OF.get(plain_title(heading))


def is_own_title(heading: str) -> bool:
    """Tell whether a heading is the very one that templates write."""
    key = key_of(heading)
    return key is not None and plain_title(BY_KEY[key].title) == plain_title(heading)


def letter(index: int) -> str:
    """Return the letters of column ``index`` (0 is A) as a workbook shows them."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
