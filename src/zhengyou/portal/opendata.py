"""Open data: each campaign's tables as rows of plain values, the same for CSV, JSON and the page
that documents them. Names only as the campaign shows them; nothing that is not public.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from zhengyou.campaigns.models import Campaign, Channel, Plan
from zhengyou.campaigns.queries.publicity import public_postings
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.pledges import names, words
from zhengyou.pledges.models import ItemKind, Outcome, PledgeItem
from zhengyou.pledges.queries.tally import tally
from zhengyou.portal import disclosed, queries, talk

BATCH = 2000
Value = str | int | Decimal | bool | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key in JSON, its heading in CSV, what it means."""

    key: str
    title: str
    means: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a campaign.

    Args:
        count: how many rows there are now; rows: all of them, one after the other.
    """

    code: str
    title: str
    columns: tuple[Column, ...]
    count: Callable[[Campaign], int]
    rows: Callable[[Campaign], Iterator[tuple[Value, ...]]]


def _address(name: str, *args: object) -> str:
    return reverse(name, args=args)


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(clock.SHANGHAI).date() if moment else None


# --- plans --------------------------------------------------------------------------------------
PLAN_COLUMNS = (
    Column("id", "编号", "方案的编号，不会变"),
    Column("organisation", "单位", "采用活动的组织现在的名称"),
    Column("organisation_id", "单位编号", "组织的编号，改名、调整以后不变"),
    Column("title", "方案名称", "方案的名称"),
    Column("published_on", "公开日期", "哪天公开"),
    Column("text", "正文", "各节的标题和内容"),
    Column("url", "网页", "本站上的地址"),
)


def _plans(campaign: Campaign) -> Iterator[tuple[Value, ...]]:
    rows: QuerySet[Plan] = queries.published_plans(campaign).prefetch_related("sections")
    for plan in rows.iterator(200):
        text = "\n".join(f"{each.title}\n{each.text}" for each in plan.sections.all())
        url = _address("portal:plan", campaign.uid, plan.uid)
        body = plan.organisation
        yield (
            str(plan.uid), body.name, str(body.uid), plan.title, _day(plan.published_at), text, url
        )  # fmt: skip


# --- pledges ------------------------------------------------------------------------------------
PLEDGE_COLUMNS = (
    Column("id", "编号", "这一条承诺的编号，不会变"),
    Column("pledge_id", "承诺编号", "同一个人或者同一个组织在这次活动里的承诺编号相同"),
    Column("organisation", "单位", "承诺所在的组织现在的名称"),
    Column("organisation_id", "单位编号", "组织的编号，改名、调整以后不变"),
    Column("of", "谁承诺", "党组织，或者党员"),
    Column("who", "承诺人", "按活动的规定写全名、只写姓，或者隐去名字"),
    Column("kind", "种类", "共性承诺、岗位承诺，或者实事承诺"),
    Column("criterion", "对照的标准", "对照哪一条标准"),
    Column("text", "承诺的事", "承诺的原话"),
    Column("beneficiary", "谁受益", "谁受益"),
    Column("baseline", "起点", "开始时的数"),
    Column("now", "现在", "最近一次进展里的数"),
    Column("target", "目标", "要到的数"),
    Column("unit", "单位名", "上面三个数的计量单位"),
    Column("due_on", "哪天做到", "说好的日期"),
    Column("state", "状态", "正在做、按进展已到目标，或者支部确认的兑现结果"),
    Column("outcome", "兑现结果", "支部确认的结果，没到确认的时候为空"),
    Column("published_on", "公开日期", "哪天公开"),
    Column("noted_on", "最近进展日期", "最近一次进展是哪天的"),
    Column("note", "最近进展", "最近一次进展的话"),
    Column("entered_for", "代录", "是不是由别人代为录入"),
    Column("url", "网页", "本站上的地址"),
)


def _pledges(campaign: Campaign) -> Iterator[tuple[Value, ...]]:
    items = (
        PledgeItem.objects.filter(campaign=campaign, state=ClimbState.PUBLISHED)
        .select_related("pledge__person", "pledge__organisation", "criterion", "latest")
        .order_by("-published_at", "-id")
    )
    for item in items.iterator(BATCH):
        item.pledge.campaign = campaign
        yield _pledge(item)


def _pledge(item: PledgeItem) -> tuple[Value, ...]:
    pledge, note = item.pledge, item.latest
    shown, body = names.in_public(pledge), pledge.organisation
    return (
        str(item.uid),
        str(pledge.uid),
        body.name,
        str(body.uid),
        "党员" if pledge.of_person else "党组织",
        shown.name,
        str(ItemKind(item.kind).label),
        item.criterion.title if item.criterion else "",
        item.text,
        item.beneficiary,
        item.baseline,
        item.now_value,
        item.target,
        item.unit,
        item.due_on,
        words.state(item)[1],
        str(Outcome(item.outcome).label) if item.outcome else "",
        _day(item.published_at),
        note.noted_on if note else None,
        words.note_text(note, item.unit) if note else "",
        pledge.entered_by_id is not None,
        f"{_address('pledges:pledge', pledge.uid)}#item-{item.number}",
    )


# --- remarks ------------------------------------------------------------------------------------
REMARK_COLUMNS = (
    Column("id", "编号", "意见的编号，不会变"),
    Column("about_kind", "说的是哪类事", "plan 是方案，pledge_item 是一条承诺"),
    Column("about_id", "说的是哪件事", "方案或者承诺的编号，和另外两张表对得上"),
    Column("organisation", "答复的单位", "由哪个组织答复"),
    Column("week", "收到的那一周", "那一周的星期一；哪天收到不留记录"),
    Column("text", "意见", "群众的原话"),
    Column("signature", "署名", "写的人自己留的称呼，可以没有"),
    Column("answer", "答复", "现在算数的答复，还没答复为空"),
    Column("answered_on", "答复日期", "第一次答复是哪天"),
)


def _remarks(campaign: Campaign) -> Iterator[tuple[Value, ...]]:
    for remark in talk.shown_in(campaign).order_by("-shown_on", "-uid").iterator(BATCH):
        said = talk.said(remark)
        yield (
            str(remark.uid), remark.kind, str(remark.target), remark.organisation.name,
            remark.week, remark.text, remark.signature, said.answer or "", remark.answered_on,
        )  # fmt: skip


# --- postings -----------------------------------------------------------------------------------
POSTING_COLUMNS = (
    Column("id", "编号", "登记的编号，不会变"),
    Column("organisation", "单位", "谁公开的"),
    Column("organisation_id", "单位编号", "组织的编号，改名、调整以后不变"),
    Column("title", "公开了什么", "公开了什么"),
    Column("channel", "渠道", "公开栏、校报、网站等"),
    Column("place", "地点", "在哪里"),
    Column("posted_on", "日期", "哪天公开"),
)


def _postings(campaign: Campaign) -> Iterator[tuple[Value, ...]]:
    for row in public_postings(campaign).iterator(BATCH):
        body = row.plan.organisation
        yield (
            str(row.uid), body.name, str(body.uid), row.title,
            str(Channel(row.channel).label), row.place, row.posted_on,
        )  # fmt: skip


# --- what was laid open ---------------------------------------------------------------------------
DISCLOSED_COLUMNS = (
    Column("id", "编号", "公开事项的编号，不会变"),
    Column("organisation", "单位", "谁公开的"),
    Column("organisation_id", "单位编号", "组织的编号，改名、调整以后不变"),
    Column("category", "类别", "校务公开、党务公开、财务公开、村务公开等"),
    Column("topic", "公开什么", "哪一项公开事项"),
    Column("period", "哪一期", "哪一期的"),
    Column("from", "从哪天", "这一期的第一天"),
    Column("to", "到哪天", "这一期的最后一天"),
    Column("published_on", "公开日期", "哪天公开的"),
    Column("withdrawn_on", "撤下日期", "哪天撤下的，没有撤下为空"),
    Column("version", "第几版", "1 是没有更正过"),
    Column("corrected_why", "为什么更正", "最近一次更正的理由"),
    Column("title", "标题", "现在的标题，撤下的为空"),
    Column("text", "内容", "现在的内容，撤下的为空"),
    Column("figures", "数", "各项的数和单位，撤下的为空"),
    Column("url", "网页", "本站上的地址"),
)


TABLES: dict[str, Table] = {
    table.code: table
    for table in (
        Table(
            "plans", "方案", PLAN_COLUMNS, lambda run: queries.published_plans(run).count(), _plans
        ),
        Table("pledges", "承诺和进展", PLEDGE_COLUMNS, lambda run: tally(run).total, _pledges),
        Table(
            "remarks", "意见与答复", REMARK_COLUMNS, lambda run: talk.numbers(run).shown, _remarks
        ),
        Table(
            "postings", "公开登记", POSTING_COLUMNS, lambda run: public_postings(run).count(),
            _postings,
        ),
        Table(
            "disclosed", "公开事项", DISCLOSED_COLUMNS,
            lambda run: disclosed.items_of(run).count(), disclosed.rows,
        ),
    )
}  # fmt: skip


def page(campaign: Campaign) -> list[dict[str, Any]]:
    """Return the tables with their counts and addresses, for the page that documents them."""
    return [
        {
            "table": table,
            "count": table.count(campaign),
            "csv": _address("portal:data_file", campaign.uid, table.code, "csv"),
            "json": _address("portal:data_file", campaign.uid, table.code, "json"),
        }
        for table in TABLES.values()
    ]
