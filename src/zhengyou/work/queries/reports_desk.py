"""What reports put on 工作台: those to write and send, those that came up to be read."""

from datetime import timedelta

from django.urls import reverse

from zhengyou.kernel import clock
from zhengyou.kernel.errands import Errand
from zhengyou.people.actor import Actor
from zhengyou.ui.text import short_date
from zhengyou.work import owing
from zhengyou.work.models import Report, ReportState
from zhengyou.work.owing import Owed
from zhengyou.work.queries.reports import loaded
from zhengyou.work.rules import reporting as rules

SOON = timedelta(days=7)
"""Days before the end of its period in which a report is on the desk; in the last ones (``CLOSE``)
it counts as due."""
CLOSE = timedelta(days=2)
MOST = 30


def todo_for(actor: Actor) -> list[Errand]:
    """Return the reports that ``actor`` has to write or send: of this period, as soon as its end
    is near, and of the one before. What was returned comes first of all."""
    owed = owing.by_person(actor.person, owing.recent) if actor.person else []
    body = actor.hat.organisation if actor.hat else None
    if body is not None and rules.may_write_for(actor, body, None):
        owed += owing.by_body(body, owing.recent)
    found = []
    done = owing.done_otherwise(owed)
    for each, reports in owing.reports_for(owed).items():
        if each in done and not reports:
            continue
        errand = _errand(each, reports)
        if errand is not None:
            found.append(errand)
    return found


def _errand(owed: Owed, reports: list[Report]) -> Errand | None:
    today, turn = clock.today(), owed.turn
    open_one = next((report for report in reports if not report.settled), None)
    returned = open_one is not None and open_one.state == ReportState.RETURNED
    if turn.anytime or (open_one is None and not owing.asks_more(turn, reports)):
        return None
    if not returned and today < turn.last - SOON:
        return None
    late = today > turn.closes
    kind, label = ("late", "过期没送") if late else ("todo", "要写")
    if not late and today >= turn.last - CLOSE:
        kind, label = "due", "快到期"
    if returned:
        kind, label = "back", "退回"
    return Errand(
        kind=kind,
        label=label,
        title=owed.title,
        why=_why(open_one),
        when=f"{short_date(turn.closes)}{'到期' if late else '前'}",
        url=reverse("work:report", args=[open_one.uid]) if open_one else reverse("work:reports"),
        button="接着写" if open_one else "写汇报",
        due=turn.closes,
    )


def _why(report: Report | None) -> str:
    if report is None:
        return "做过的事已经从记录里列好，看一看，补上卡点和下一步"
    if report.state == ReportState.RETURNED:
        last = report.decisions.order_by("-pk").first()
        return f"上级说：{last.reason[:60]}" if last else "上级退回来改"
    return "开了头，还没有送出"


def waiting_for(actor: Actor) -> list[Errand]:
    """Return the reports that came up to ``actor``: the longest waiting first; many are counted."""
    rows = loaded(Report.objects.filter(rules.answered_by(actor), state=ReportState.SENT))
    here = actor.hat.organisation.pk if actor.hat else None
    found = [_waiting(row, here) for row in rows.order_by("sent_at")[: MOST + 1]]
    if len(found) <= MOST:
        return found
    more = rows.count() - MOST + 1
    rest = Errand(
        kind="wait",
        label="等着看",
        title=f"另有 {more} 份汇报送上来了",
        why="先送来的在前面",
        when="",
        url=reverse("work:reports"),
        button="去看",
    )
    return [*found[: MOST - 1], rest]


def _waiting(report: Report, here: int | None) -> Errand:
    """Return one; that a person was late is told within the body only."""
    assert report.sent_at is not None
    late = report.late and (report.person_id is None or report.organisation_id == here)
    sent = report.sent_at.astimezone(clock.SHANGHAI).date()
    days = (clock.today() - sent).days
    return Errand(
        kind="wait",
        label="等着看",
        title=report.title,
        why=f"{report.sent_hat}送来{'，迟了' if late else ''}",
        when=f"等了 {days} 天" if days else "今天送来",
        url=reverse("work:report", args=[report.uid]),
        button="去看",
        due=sent,
        outside=f"一份{report.duty.title}送上来了" if report.person else "",
    )
