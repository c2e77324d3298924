"""``[problems]``: until when problems are mended, how they climb, what is looked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zhengyou.campaigns.blueprint.fields import Ask, Field
from zhengyou.campaigns.blueprint.problem import did_you_mean
from zhengyou.campaigns.blueprint.sections import Section
from zhengyou.campaigns.blueprint.table import Table
from zhengyou.campaigns.models import Campaign, Subject
from zhengyou.kernel.texts import tidy_code
from zhengyou.people.actor import Actor
from zhengyou.people.models import Kind, Role
from zhengyou.problems.actions.taking_over import take_over_all
from zhengyou.problems.models import (
    ANSWER_WITHIN,
    CLIMB_AFTER,
    DEADLINE_DAYS,
    CatalogueItem,
    MendingTerms,
    Problem,
    audience_word,
)
from zhengyou.problems.rules.taking_over import unfinished_of

POSTS = (Role.SECRETARY, Role.DEPUTY_SECRETARY, Role.COMMITTEE_MEMBER, Role.GROUP_LEADER)
"""Posts for whose holders a prominent problem may be."""
MOST_DAYS = 120
"""Working days that any key may say at most."""
_WORDS = {str(each.label): each.value for each in (*Subject, *POSTS, *Kind)}
_DAYS = re.compile(r"(\d{1,3})个?工作日")
_KEYS = (
    ("deadline", "deadline_days", DEADLINE_DAYS),
    ("climb_after", "climb_after", CLIMB_AFTER),
    ("answer_within", "answer_within", ANSWER_WITHIN),
)


@dataclass(frozen=True, slots=True)
class ItemData:
    """A prominent problem as the file has it."""

    code: str
    title: str
    example: str
    audience: tuple[str, ...]
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProblemsData:
    """The section as the file has it; ``given``: whether it is there at all."""

    given: bool
    days: tuple[int, ...]  # in the order of _KEYS
    phase: str
    catalogue: tuple[ItemData, ...]


class ProblemsSection(Section):
    """Deadlines of problems, and the catalogue."""

    name, label, order = "problems", "查摆整改", 92
    note = (
        "查摆整改：deadline 没写期限的问题几个工作日内改好，climb_after 过期几个工作日上升一级，\n"
        "answer_within 提的人几个工作日内有答复，phase 在哪个阶段查摆（不写就是整个活动）\n"
        "[problems.catalogue.代号] 是突出问题：for 写党员、党组织、职务或组织类别，hints 是对策提示"
    )
    single = True
    parts = {"catalogue": "突出问题"}
    fields = {
        "": [
            Field("deadline", "没写期限的几个工作日内改好", help=f"如 {DEADLINE_DAYS}个工作日"),
            Field("climb_after", "过期几个工作日上升一级", help=f"如 {CLIMB_AFTER}个工作日"),
            Field("answer_within", "提的人几个工作日内有答复", help=f"如 {ANSWER_WITHIN}个工作日"),
            Field("phase", "在哪个阶段查摆", Ask.CODE, "空着就是整个活动", section="phase"),
        ],
        "catalogue": [
            Field("title", "名称", needed=True, most=40),
            Field("example", "什么表现", most=200, help="大家一看就明白的事"),
            Field("for", "谁对照", Ask.SOME, needed=True, choices=list(_WORDS), lone=True),
            Field("hints", "对策提示", Ask.LINES, "一行一条"),
        ],
    }

    def check(self, table: Table) -> ProblemsData:
        """Read the section."""
        days = tuple(_days(table, key, usual) for key, _, usual in _KEYS)
        phase = table.code("phase", "phase", default="")
        entries = table.table("catalogue").entries(most=40)
        catalogue = tuple(_item(code, entry) for code, entry in entries)
        return ProblemsData(bool(table.values), days, phase, catalogue)

    def install(self, campaign: Campaign, data: ProblemsData) -> None:
        """Make the rows; the phases are there already."""
        if data.given:
            phase = campaign.phases.get(code=data.phase) if data.phase else None
            names = [name for _, name, _ in _KEYS]
            MendingTerms.objects.create(
                campaign=campaign, phase=phase, **dict(zip(names, data.days, strict=True))
            )
        CatalogueItem.objects.bulk_create(
            CatalogueItem(
                campaign=campaign, code=row.code, title=row.title, example=row.example,
                audience=list(row.audience), hints=list(row.hints), order=order,
            )
            for order, row in enumerate(data.catalogue)
        )  # fmt: skip

    def remove(self, campaign: Campaign) -> None:
        """Delete the rows."""
        MendingTerms.objects.filter(campaign=campaign).delete()
        campaign.catalogue_items.all().delete()

    def dump(self, campaign: Campaign) -> dict[str, Any]:
        """Return the section; what is as usual is written all the same, so that it can be read."""
        terms = MendingTerms.objects.select_related("phase").filter(campaign=campaign).first()
        if terms is None:
            return {}
        values: dict[str, Any] = {key: f"{getattr(terms, name)}个工作日" for key, name, _ in _KEYS}
        if terms.phase:
            values["phase"] = terms.phase.code
        catalogue = {row.code: _dump(row) for row in campaign.catalogue_items.all()}
        return values | ({"catalogue": catalogue} if catalogue else {})

    def summary(self, data: ProblemsData) -> list[str]:
        """Say the days, and name the catalogue."""
        if not data.given:
            return []
        deadline, climb, answer = data.days
        said = [
            f"没写期限的问题 {deadline} 个工作日内改好，过期每 {climb} 个工作日上升一级",
            f"提的人 {answer} 个工作日内有答复",
        ]
        return said + [
            f"{row.title}：{'、'.join(map(audience_word, row.audience))}对照"
            for row in data.catalogue
        ]

    def to_take_over(self, old: Campaign) -> list[str]:
        """Say how many problems are not finished; they go on when the next run starts."""
        left = Problem.objects.filter(unfinished_of(old)).count()
        return [f"没有改完的问题 {left} 个，下一轮启动时接过来"] if left else []

    def take_over(self, old: Campaign, new: Campaign, actor: Actor) -> list[str]:
        """Nothing yet: until the next run starts, they are mended in the old one."""
        return self.to_take_over(old)

    def opened(self, campaign: Campaign, actor: Actor) -> None:
        """Go on with what the run before left unfinished."""
        if campaign.previous is not None:
            take_over_all(actor, campaign.previous, campaign)


def _days(table: Table, key: str, usual: int) -> int:
    if key not in table.values:
        table.text(key, most=20, default="")
        return usual
    given = table.text(key, most=20)
    match = _DAYS.fullmatch(tidy_code(given))
    if not match or not 1 <= int(match[1]) <= MOST_DAYS:
        if given:
            table.problem(key, f"看不懂“{given}”", f"请写成“{usual}个工作日”，1 到 {MOST_DAYS} 个")
        return usual
    return int(match[1])


def _item(code: str, table: Table) -> ItemData:
    return ItemData(
        code,
        table.text("title", most=40),
        table.text("example", most=200, default=""),
        _audience(table),
        tuple(table.texts("hints", most=6, each=100, default=[])),
    )


def _audience(table: Table) -> tuple[str, ...]:
    """Return for whom it is: one word, or a list of words."""
    lone = isinstance(table.values.get("for"), str)
    given: Sequence[str] = [table.text("for")] if lone else table.texts("for", most=len(_WORDS))
    for word in given:
        if word and word not in _WORDS:
            table.problem("for", f"不认识“{word}”", did_you_mean(word, list(_WORDS)))
    known = [_WORDS[word] for word in given if word in _WORDS]
    return tuple(dict.fromkeys(known)) or (Subject.ORGANISATION.value,)


def _dump(row: CatalogueItem) -> dict[str, Any]:
    words = [audience_word(value) for value in row.audience]
    values = {
        "title": row.title,
        "example": row.example,
        "for": words[0] if len(words) == 1 else words,
        "hints": list(row.hints),
    }
    return {key: value for key, value in values.items() if value}
