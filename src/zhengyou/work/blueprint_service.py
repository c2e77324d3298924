"""``[post.CODE]``, ``[rota.CODE]``, ``[resource.CODE]``: posts of service, rotas and resources that
a campaign proposes to its bodies. Nothing is copied for them: each opens what it takes up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zhengyou.campaigns.blueprint.fields import Ask, Field, labels
from zhengyou.campaigns.blueprint.problem import did_you_mean
from zhengyou.campaigns.blueprint.sections import Section
from zhengyou.campaigns.blueprint.table import Table
from zhengyou.campaigns.models import Campaign
from zhengyou.people.models import Kind
from zhengyou.work.models import (
    Cadence,
    PostOffer,
    RecordFamily,
    RecordKind,
    ResourceKind,
    ResourceOffer,
    RotaOffer,
    ServiceKind,
    Whom,
)
from zhengyou.work.models.rota import ROTA_CADENCES

TURN_KINDS = [kind for kind in RecordKind if kind.family != RecordFamily.REPORT]
"""What a turn may be recorded as."""
EACH_TURN, EACH_DAY = "每轮一次", "每个工作日一次"
"""How often a turn is to be recorded."""
PLANNED, GUARANTEED = "计划使用", "保障条件"
"""Among what a resource is shown."""
_CADENCES = {str(each.label): each for each in ROTA_CADENCES}
_KINDS = Field("who.kind", "哪些组织", Ask.SOME, needed=True, choices=labels(Kind))


@dataclass(frozen=True, slots=True)
class PostData:
    """A post as the file has it."""

    code: str
    title: str
    kind: ServiceKind
    kinds: tuple[str, ...]
    duties: str


@dataclass(frozen=True, slots=True)
class RotaData:
    """A rota as the file has it."""

    code: str
    title: str
    kinds: tuple[str, ...]
    cadence: Cadence
    record: RecordKind
    whom: Whom
    daily: bool
    task: str


@dataclass(frozen=True, slots=True)
class ResourceData:
    """A resource as the file has it."""

    code: str
    title: str
    kind: ResourceKind
    unit: str
    kinds: tuple[str, ...]
    guaranteed: bool
    hint: str


class PostSection(Section):
    """Posts of service."""

    name, label, order = "post", "服务岗位", 70
    note = (
        "服务岗位：活动设的先锋岗、示范岗，或者设岗定责的岗；who 写哪些组织可以设\n"
        "党员自己选岗，书记同意；也可以直接安排"
    )
    fields = {
        "": [
            Field("title", "名称", needed=True, most=40),
            Field("kind", "哪一种岗", Ask.ONE, needed=True, choices=labels(ServiceKind)),
            _KINDS,
            Field("duties", "职责", Ask.TEXT, needed=True, most=300),
        ]
    }

    def check(self, table: Table) -> list[PostData]:
        """Read the posts."""
        return [
            PostData(
                code,
                entry.text("title", most=40),
                entry.choice("kind", ServiceKind) or ServiceKind.DUTY,
                _kinds(entry),
                entry.long_text("duties", most=300),
            )
            for code, entry in table.entries()
        ]

    def install(self, campaign: Campaign, data: list[PostData]) -> None:
        """Make the rows."""
        PostOffer.objects.bulk_create(
            PostOffer(
                campaign=campaign, code=row.code, title=row.title, kind=row.kind,
                kinds=list(row.kinds), duties=row.duties, order=order,
            )
            for order, row in enumerate(data)
        )  # fmt: skip

    def remove(self, campaign: Campaign) -> None:
        """Delete the rows."""
        campaign.post_offers.all().delete()

    def dump(self, campaign: Campaign) -> dict[str, Any]:
        """Return the posts."""
        return {
            row.code: {
                "title": row.title,
                "kind": str(ServiceKind(row.kind).label),
                "who": _who(row.kinds),
                "duties": row.duties,
            }
            for row in campaign.post_offers.all()
        }

    def summary(self, data: list[PostData]) -> list[str]:
        """Say which posts there are."""
        return [f"{row.kind.label}“{row.title}”：{_words(row.kinds)}可以设" for row in data]


class RotaSection(Section):
    """Rotas."""

    name, label, order = "rota", "值班表", 72
    note = (
        "值班表：every 是多久一轮，record 是轮到了记哪种纪实，whom 是轮到谁\n"
        "per 是每轮记一次还是每个工作日记一次；次序由各组织自己排"
    )
    fields = {
        "": [
            Field("title", "名称", needed=True, most=40),
            _KINDS,
            Field("every", "多久一轮", Ask.ONE, needed=True, choices=list(_CADENCES)),
            Field("record", "记哪种纪实", Ask.ONE, needed=True,
                  choices=[str(kind.label) for kind in TURN_KINDS]),
            Field("whom", "轮到谁", Ask.ONE, choices=labels(Whom)),
            Field("per", "要记几次", Ask.ONE, choices=[EACH_TURN, EACH_DAY]),
            Field("task", "轮到了做什么", Ask.TEXT, most=300),
        ]
    }  # fmt: skip

    def check(self, table: Table) -> list[RotaData]:
        """Read the rotas."""
        return [
            RotaData(
                code,
                entry.text("title", most=40),
                _kinds(entry),
                _cadence(entry),
                _record(entry),
                entry.choice("whom", Whom, default=None) or Whom.LABELS,
                _said(entry, "per", (EACH_TURN, EACH_DAY)) == EACH_DAY,
                entry.long_text("task", most=300, default=""),
            )
            for code, entry in table.entries()
        ]

    def install(self, campaign: Campaign, data: list[RotaData]) -> None:
        """Make the rows."""
        RotaOffer.objects.bulk_create(
            RotaOffer(
                campaign=campaign, code=row.code, title=row.title, kinds=list(row.kinds),
                cadence=row.cadence, record_kind=row.record, whom=row.whom, daily=row.daily,
                task=row.task, order=order,
            )
            for order, row in enumerate(data)
        )  # fmt: skip

    def remove(self, campaign: Campaign) -> None:
        """Delete the rows."""
        campaign.rota_offers.all().delete()

    def dump(self, campaign: Campaign) -> dict[str, Any]:
        """Return the rotas."""
        return {row.code: _dump_rota(row) for row in campaign.rota_offers.all()}

    def summary(self, data: list[RotaData]) -> list[str]:
        """Say which rotas there are."""
        return [
            f"值班表“{row.title}”：{_words(row.kinds)}，{row.cadence.label}一轮，"
            f"记“{row.record.label}”{'，每个工作日一次' if row.daily else ''}"
            for row in data
        ]


class ResourceSection(Section):
    """Resources."""

    name, label, order = "resource", "资源保障", 74
    note = (
        "资源保障：各组织要列的经费、设备、工时；unit 是单位\n"
        'as = "保障条件" 是承诺过的，到没到位会显示出来；不写就是计划和使用'
    )
    fields = {
        "": [
            Field("title", "名称", needed=True, most=40),
            Field("kind", "哪一种", Ask.ONE, needed=True, choices=labels(ResourceKind)),
            Field("unit", "单位", needed=True, most=10, help="元、台、小时……"),
            _KINDS,
            Field("as", "列在哪里", Ask.ONE, choices=[PLANNED, GUARANTEED]),
            Field("hint", "怎么算", most=200),
        ]
    }

    def check(self, table: Table) -> list[ResourceData]:
        """Read the resources; two of one title could not be told apart in a body."""
        found = [
            ResourceData(
                code,
                entry.text("title", most=40),
                entry.choice("kind", ResourceKind) or ResourceKind.MONEY,
                entry.text("unit", most=10),
                _kinds(entry),
                _said(entry, "as", (PLANNED, GUARANTEED)) == GUARANTEED,
                entry.text("hint", most=200, default=""),
            )
            for code, entry in table.entries()
        ]
        seen: dict[str, str] = {}
        for row in found:
            if row.title and row.title in seen:
                table.reading.problem(
                    ("resource", row.code, "title"),
                    f"“{row.title}”在 [resource.{seen[row.title]}] 里已经写过",
                    "请换一个名称",
                )
            seen.setdefault(row.title, row.code)
        return found

    def install(self, campaign: Campaign, data: list[ResourceData]) -> None:
        """Make the rows."""
        ResourceOffer.objects.bulk_create(
            ResourceOffer(
                campaign=campaign, code=row.code, title=row.title, kind=row.kind, unit=row.unit,
                kinds=list(row.kinds), guaranteed=row.guaranteed, hint=row.hint, order=order,
            )
            for order, row in enumerate(data)
        )  # fmt: skip

    def remove(self, campaign: Campaign) -> None:
        """Delete the rows."""
        campaign.resource_offers.all().delete()

    def dump(self, campaign: Campaign) -> dict[str, Any]:
        """Return the resources."""
        return {row.code: _dump_resource(row) for row in campaign.resource_offers.all()}

    def summary(self, data: list[ResourceData]) -> list[str]:
        """Say what is to be listed."""
        return [
            f"{row.kind.label}“{row.title}”（{row.unit}）：{_words(row.kinds)}要列"
            f"{'，是保障条件' if row.guaranteed else ''}"
            for row in data
        ]


def _kinds(table: Table) -> tuple[str, ...]:
    who = table.table("who")
    kinds: list[Kind] = who.labels("kind", Kind)
    return tuple(kind.value for kind in kinds)


def _cadence(table: Table) -> Cadence:
    given = table.text("every", most=10)
    if given and given not in _CADENCES:
        table.problem("every", f"看不懂“{given}”", did_you_mean(given, list(_CADENCES)))
    return _CADENCES.get(given, Cadence.WEEK)


def _said(table: Table, key: str, words: Sequence[str]) -> str:
    """Return one of ``words``, the first where nothing is written."""
    given = table.text(key, most=20, default=words[0])
    if given not in words:
        table.problem(key, f"不认识“{given}”", did_you_mean(given, list(words)))
        return words[0]
    return given


def _record(table: Table) -> RecordKind:
    kind = table.choice("record", RecordKind)
    if kind is not None and kind not in TURN_KINDS:
        table.problem("record", f"值班不能记成“{kind.label}”", "请换成值周、巡查、听课、检查等")
    return kind or RecordKind.DUTY_WEEK


def _who(kinds: Sequence[str]) -> dict[str, list[str]]:
    return {"kind": [str(Kind(kind).label) for kind in kinds]}


def _words(kinds: Sequence[str]) -> str:
    return "、".join(str(Kind(kind).label) for kind in kinds)


def _dump_rota(row: RotaOffer) -> dict[str, Any]:
    values = {
        "title": row.title,
        "who": _who(row.kinds),
        "every": str(Cadence(row.cadence).label),
        "record": str(RecordKind(row.record_kind).label),
        "whom": str(Whom(row.whom).label),
        "per": EACH_DAY if row.daily else "",
        "task": row.task,
    }
    return {key: value for key, value in values.items() if value}


def _dump_resource(row: ResourceOffer) -> dict[str, Any]:
    values = {
        "title": row.title,
        "kind": str(ResourceKind(row.kind).label),
        "unit": row.unit,
        "who": _who(row.kinds),
        "as": GUARANTEED if row.guaranteed else "",
        "hint": row.hint,
    }
    return {key: value for key, value in values.items() if value}
