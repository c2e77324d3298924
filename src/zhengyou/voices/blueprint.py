"""``[box.CODE]``: boxes that a campaign proposes to its bodies. Nothing is copied for them: a body
opens what it takes up, with the texts filled in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from zhengyou.campaigns.blueprint.fields import Ask, Field, labels
from zhengyou.campaigns.blueprint.sections import Section
from zhengyou.campaigns.blueprint.table import Table
from zhengyou.campaigns.models import Campaign
from zhengyou.people.models import Kind
from zhengyou.ui.text import short_date
from zhengyou.voices import blueprint_funnel as funnel
from zhengyou.voices import blueprint_questions as questions
from zhengyou.voices.actions.funnels import LevelData
from zhengyou.voices.models import BoxKind, BoxOffer
from zhengyou.voices.models.box import LONGEST_PLACE, LONGEST_QUESTION, LONGEST_TITLE

MOST = 30
MOST_PLACES = 60
ANSWER_DAYS = 15
SHOWN, CLOSED = "公开", "不公开"
"""Whether what was looked at is made public."""


@dataclass(frozen=True, slots=True)
class BoxOfferData:
    """A box as the file has it."""

    code: str
    kind: BoxKind
    title: str
    question: str
    kinds: tuple[str, ...]
    phase: str
    since: date | None
    until: date | None
    places: tuple[str, ...]
    shows: bool
    answer_days: int
    max_go_up: int | None
    levels: tuple[LevelData, ...] = ()
    questions: tuple[dict[str, Any], ...] = ()


class BoxSection(Section):
    """Boxes."""

    name, label, order = "box", "征集箱", 94
    note = (
        "征集箱：活动建议各组织设的献计、开放周、座谈、问卷、讨论\n"
        "who 写哪些组织设，question 是问大家什么，places 是可以说的课、班级、地方\n"
        "phase 在哪个阶段收，或者用 from、until 写日期，都不写就由各组织自己定\n"
        "answer_days 几个工作日内有下文，max_go_up 最多向上级报几条\n"
        "问卷的题目写在 [[box.代号.questions]]：ask 问什么，options 选项，most 最多选几个，\n"
        "没有选项就自己写\n" + funnel.NOTE
    )
    parts = funnel.PARTS
    fields = {
        "": [
            Field("kind", "哪一种", Ask.ONE, needed=True, choices=labels(BoxKind)),
            Field("title", "名称", needed=True, most=LONGEST_TITLE),
            Field("question", "问大家什么", Ask.TEXT, needed=True, most=LONGEST_QUESTION),
            Field("who.kind", "哪些组织", Ask.SOME, needed=True, choices=labels(Kind)),
            Field("phase", "在哪个阶段收", Ask.CODE, "空着就由各组织自己定", section="phase"),
            Field("from", "从哪天", help="如 2026-09-14"),
            Field("until", "到哪天", help="如 2026-09-18"),
            Field("places", "可以说哪些地方", Ask.LINES, "一行一个，各组织可以改"),
            Field("show", "看过以后", Ask.ONE, "空着就是公开", choices=[SHOWN, CLOSED]),
            Field("answer_days", "几个工作日内答复", Ask.NUMBER, f"空着是 {ANSWER_DAYS}"),
            Field("max_go_up", "最多向上级报几条", Ask.NUMBER, "空着就是不限"),
        ],
        **funnel.FIELDS,
    }

    def check(self, table: Table) -> list[BoxOfferData]:
        """Read the boxes."""
        return [_read(code, entry) for code, entry in table.entries(most=MOST)]

    def install(self, campaign: Campaign, data: list[BoxOfferData]) -> None:
        """Make the rows; the phases are there already."""
        phases = {phase.code: phase for phase in campaign.phases.all()}
        BoxOffer.objects.bulk_create(
            BoxOffer(
                campaign=campaign, code=row.code, kind=row.kind, title=row.title,
                question=row.question, kinds=list(row.kinds), phase=phases.get(row.phase),
                opens_on=row.since, closes_on=row.until, places=list(row.places),
                shows=row.shows, answer_days=row.answer_days, max_go_up=row.max_go_up,
                questions=list(row.questions), order=order,
            )
            for order, row in enumerate(data)
        )  # fmt: skip
        offers = {offer.code: offer for offer in campaign.box_offers.all()}
        funnel.install(offers, {row.code: row.levels for row in data})

    def remove(self, campaign: Campaign) -> None:
        """Delete the rows."""
        campaign.box_offers.all().delete()

    def dump(self, campaign: Campaign) -> dict[str, Any]:
        """Return the boxes."""
        return {row.code: _dump(row) for row in _offers(campaign)}

    def summary(self, data: list[BoxOfferData]) -> list[str]:
        """Say which boxes there are."""
        return [
            f"{row.kind.label}“{row.title}”：{_words(row.kinds)}可以设{_when(row)}，"
            f"{row.answer_days} 个工作日内有下文"
            f"{f'，最多上报 {row.max_go_up} 条' if row.max_go_up else ''}"
            f"{f'；{funnel.summary(row.levels)}' if row.levels else ''}"
            for row in data
        ]


def _offers(campaign: Campaign) -> QuerySet[BoxOffer]:
    return campaign.box_offers.select_related("phase").prefetch_related("levels")


def _read(code: str, table: Table) -> BoxOfferData:
    kinds: list[Kind] = table.table("who").labels("kind", Kind)
    since, until = _day(table, "from"), _day(table, "until")
    if since and until and until < since:
        table.problem("until", "结束日期比开始日期早", "请把 until 改到 from 以后")
    phase = table.code("phase", "phase", default="")
    if phase and (since or until):
        table.problem("phase", "写了 phase，又写了日期", "请只写一样：要么 phase，要么 from、until")
    kind = table.choice("kind", BoxKind) or BoxKind.GENERAL
    return BoxOfferData(
        code=code,
        kind=kind,
        title=table.text("title", most=LONGEST_TITLE),
        question=table.long_text("question", most=LONGEST_QUESTION),
        kinds=tuple(kind.value for kind in kinds),
        phase=phase,
        since=since,
        until=until,
        places=tuple(table.texts("places", most=MOST_PLACES, each=LONGEST_PLACE, default=[])),
        shows=_shows(table),
        answer_days=table.whole("answer_days", least=1, most=60, default=ANSWER_DAYS),
        max_go_up=table.whole("max_go_up", least=1, most=100, default=0) or None,
        levels=funnel.read(table),
        questions=tuple(questions.read(table, kind)),
    )


def _shows(table: Table) -> bool:
    given = table.text("show", most=10, default=SHOWN)
    if given not in ("", SHOWN, CLOSED):
        table.problem("show", f"看不懂“{given}”", f"请写 {SHOWN} 或者 {CLOSED}")
    return given != CLOSED


def _day(table: Table, key: str) -> date | None:
    given = table.date_or_text(key, default="")
    if isinstance(given, date) or not given:
        return given or None
    try:
        return date.fromisoformat(given)
    except ValueError:
        table.problem(key, f"看不懂日期“{given}”", "请写成 2026-09-14 这样")
        return None


def _when(row: BoxOfferData) -> str:
    if row.since and row.until:
        return f"，{short_date(row.since)}到{short_date(row.until)}收"
    return "，在它的阶段里收" if row.phase else ""


def _words(kinds: Sequence[str]) -> str:
    return "、".join(str(Kind(kind).label) for kind in kinds)


def _dump(row: BoxOffer) -> dict[str, Any]:
    values = {
        "kind": str(BoxKind(row.kind).label),
        "title": row.title,
        "question": row.question,
        "who": {"kind": [str(Kind(kind).label) for kind in row.kinds]},
        "phase": row.phase.code if row.phase else "",
        "from": row.opens_on,
        "until": row.closes_on,
        "places": row.places,
        "show": "" if row.shows else CLOSED,
        "answer_days": row.answer_days if row.answer_days != ANSWER_DAYS else None,
        "max_go_up": row.max_go_up,
        "questions": questions.dump(row.questions),
        "funnel": funnel.dump(row),
    }
    return {key: value for key, value in values.items() if value}
