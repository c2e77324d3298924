"""The roll of a body on a day: search, filter, sort; numbers masked."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from zhengyou.kernel import clock
from zhengyou.kernel.texts import tidy_name
from zhengyou.people import rules
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import StandingKind
from zhengyou.people.queries.roll import Line
from zhengyou.people.queries.roll_page import RollPage, RollQuery, roll_page
from zhengyou.people.views import finding
from zhengyou.ui.table import Cell, Column, Table, asked

COLUMNS = (
    Column("name", "姓名", sort=True),
    Column("standing", "人员类别"),
    Column("groups", "党小组"),
    Column("posts", "职务", wide=True),
    Column("joined", "入党日期", sort=True, optional=True),
    Column("phone", "手机号码", optional=True),
    Column("id", "公民身份号码", optional=True, shown=False),
    Column("born", "出生日期", sort=True, optional=True, shown=False),
    Column("gender", "性别", optional=True, shown=False),
    Column("education", "学历", optional=True, shown=False),
    Column("work", "工作岗位", optional=True, shown=False, wide=True),
    Column("homes", "所在组织", optional=True, shown=False, wide=True),
)


@login_required
@require_safe
def roll(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Show one page of the roll."""
    body = finding.organisation(request, uid)
    rules.may_see_roll(request.actor, body).require()
    page = roll_page(body, _query(request))
    context = {
        "page": page,
        "today": clock.today(),
        "is_today": page.query.day == clock.today(),
        "table": _table(request, page),
        "segments": _segments(request, page),
        "may_keep": rules.may_keep_roll(request.actor, body),
        "may_import": rules.may_import_roster(request.actor, body),
    }
    return render(request, "people/roll.html", context)


def _query(request: ActorRequest) -> RollQuery:
    typed = request.GET
    standing = typed.get("standing", "")
    return RollQuery(
        day=finding.day(request),
        name=tidy_name(typed.get("name", "")),
        standing=StandingKind(standing) if standing in StandingKind.values else None,
        sort=asked(COLUMNS, typed)[0],
        page=typed.get("page", "1"),
        after=typed.get("after", ""),
        before=typed.get("before", ""),
    )


def _table(request: ActorRequest, page: RollPage) -> Table:
    return Table(
        caption=f"{page.name}花名册",
        columns=COLUMNS,
        rows=[_cells(line) for line in page.lines],
        sort=page.query.sort,
        chosen=asked(COLUMNS, request.GET)[1],
        total=page.page.paginator.count,
        excel_url=_excel(page),
        empty="没有这样的人。换个名字、换个类别再找。",
    )


def _excel(page: RollPage) -> str:
    """Return the address of the workbook; of a past day there is none, it would say today's."""
    today = page.query.day == clock.today()
    return reverse("people:roster-export", args=[page.body.uid]) if today else ""


def _cells(line: Line) -> dict[str, Any]:
    who = line.person
    return {
        "name": Cell(who.name, url=reverse("people:person", args=[who.uid])),
        "standing": Cell(
            line.standing.label if line.standing else "没登记", sub="、".join(line.circumstances)
        ),
        "groups": "、".join(line.groups),
        "posts": "、".join(line.posts),
        "joined": who.joined or "",
        "phone": who.masked_phone,
        "id": who.masked_id_number,
        "born": who.born or "",
        "gender": who.get_gender_display(),
        "education": who.education,
        "work": who.work,
        "homes": "、".join(line.homes),
    }


def _segments(request: ActorRequest, page: RollPage) -> list[dict[str, Any]]:
    """Return the filter by standing as links, keeping what else is asked for."""

    def segment(value: str, title: str, count: int) -> dict[str, Any]:
        query = request.GET.copy()
        for place in ("page", "after", "before"):
            query.pop(place, None)
        query["standing"] = value
        current = (page.query.standing or "") == value
        url = f"?{query.urlencode()}"
        return {"title": title, "url": url, "current": current, "count": count}

    return [
        segment("", "全部", page.people),
        *(segment(kind, str(kind.label), count) for kind, count in page.standings.items()),
    ]
