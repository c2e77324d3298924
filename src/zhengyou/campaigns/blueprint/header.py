"""The top of a blueprint: what the campaign is called, what it wants, whom it covers."""

from dataclasses import dataclass
from typing import Any

from zhengyou.campaigns.blueprint.fields import Ask, Field, labels
from zhengyou.campaigns.blueprint.spans import parse_workdays
from zhengyou.campaigns.blueprint.table import Table
from zhengyou.campaigns.models import Campaign, NameStyle
from zhengyou.kernel.periods import check_terms
from zhengyou.people.models import Kind

KEYS = (
    "version",
    "title",
    "theme",
    "aims",
    "carriers",
    "covers",
    "names",
    "terms",
    "basis",
    "consult",
    "answer",
)
FIELDS = (
    Field("title", "活动名称", needed=True, most=100),
    Field("theme", "主题", needed=True, most=100),
    Field("aims", "目标", Ask.LINES, "一行一条", needed=True),
    Field("carriers", "载体", Ask.LINES, "一行一个", needed=True),
    Field("covers", "哪些类别的组织参加", Ask.SOME, needed=True, choices=labels(Kind)),
    Field("names.wall", "承诺墙上的名字", Ask.ONE, choices=labels(NameStyle)),
    Field("names.notice", "公示里的名字", Ask.ONE, choices=labels(NameStyle)),
    Field(
        "terms", "学期", Ask.ROWS, "一行一个：上学期 09-01 01-31", columns=("title", "from", "to")
    ),
    Field("basis", "依据的文件", Ask.LINES, "一行一份"),
    Field("consult", "方案先征求意见几个工作日", help="如 5个工作日；空着由各组织自己定"),
    Field("answer", "群众意见几个工作日内答复", help="如 10个工作日；空着就是 15 个"),
    Field("version", "这份蓝图的版本", most=40),
)


@dataclass(frozen=True, slots=True)
class Header:
    """The keys above the first section. ``terms``: title, first and last day as MM-DD;
    ``consult``: working days that a plan is put out for opinions, 0: as the bodies like;
    ``answer``: working days within which remarks are answered, 0: as everywhere."""

    version: str
    title: str
    theme: str
    aims: tuple[str, ...]
    carriers: tuple[str, ...]
    covers: tuple[Kind, ...]
    wall: NameStyle
    notice: NameStyle
    terms: tuple[tuple[str, str, str], ...] = ()
    basis: tuple[str, ...] = ()
    consult: int = 0
    answer: int = 0


def check(table: Table) -> Header:
    """Read the top of the file; problems are collected in ``table``."""
    names = table.table("names")
    return Header(
        version=table.text("version", most=40, default=""),
        title=table.text("title", most=100),
        theme=table.text("theme", most=100),
        aims=tuple(table.texts("aims")),
        carriers=tuple(table.texts("carriers")),
        covers=tuple(table.labels("covers", Kind)),
        wall=names.choice("wall", NameStyle, default=None) or NameStyle.HIDDEN,
        notice=names.choice("notice", NameStyle, default=None) or NameStyle.FULL,
        terms=_terms(table),
        basis=tuple(table.texts("basis", default=())),
        consult=_workdays(table, "consult", "由各支部自己定"),
        answer=_workdays(table, "answer", "按 15 个工作日"),
    )


def _workdays(table: Table, key: str, otherwise: str) -> int:
    given = table.text(key, most=20, default="")
    days = parse_workdays(given) if given else 0
    if days is None:
        table.problem(
            key, f"看不懂“{given}”", f"请写成“5个工作日”这样，1 到 60 个；不写就{otherwise}"
        )
    return days or 0


def _terms(table: Table) -> tuple[tuple[str, str, str], ...]:
    before = len(table.reading.problems)
    terms = tuple(
        (row.text("title", most=20), row.text("from", most=5), row.text("to", most=5))
        for row in table.tables("terms")
    )
    if len(table.reading.problems) == before:
        verdict = check_terms(terms)
        if not verdict:
            what, _, remedy = verdict.reason.rstrip("。").rpartition("，")
            table.problem("terms", what, remedy)
    return terms


def install(campaign: Campaign, header: Header) -> None:
    """Write the header into ``campaign``. Does not save."""
    campaign.title = header.title
    campaign.theme = header.theme
    campaign.aims = list(header.aims)
    campaign.carriers = list(header.carriers)
    campaign.covers = [kind.value for kind in header.covers]
    campaign.wall_names = header.wall
    campaign.notice_names = header.notice
    campaign.basis = list(header.basis)
    campaign.consult_days = header.consult
    campaign.answer_days = header.answer
    campaign.terms = [
        {"title": title, "from": first, "to": last} for title, first, last in header.terms
    ]


def dump(campaign: Campaign) -> dict[str, Any]:
    """Return the header as it is today, as TOML values."""
    values: dict[str, Any] = {
        "version": campaign.blueprint_version,
        "title": campaign.title,
        "theme": campaign.theme,
        "aims": list(campaign.aims),
        "carriers": list(campaign.carriers),
        "covers": [str(kind.label) for kind in campaign.covered_kinds],
        "names": {
            "wall": str(NameStyle(campaign.wall_names).label),
            "notice": str(NameStyle(campaign.notice_names).label),
        },
        "terms": list(campaign.terms),
        "basis": list(campaign.basis),
        "consult": f"{campaign.consult_days}个工作日" if campaign.consult_days else "",
        "answer": f"{campaign.answer_days}个工作日" if campaign.answer_days else "",
    }
    return {key: value for key, value in values.items() if value}
