"""Points in which somebody is stuck: said in a report that was sent, open until solved."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhengyou.kernel import paths
from zhengyou.people.models import Organisation
from zhengyou.people.rules import forebears_of
from zhengyou.work.models import SETTLED, Report, ReportPoint, ReportSection, Solution


def points() -> QuerySet[ReportPoint]:
    """Return all points in which somebody first said to be stuck, open or solved. What was taken
    out of its report again is none."""
    return ReportPoint.objects.filter(
        section=ReportSection.STUCK,
        carries=None,
        left_out=False,
        report__first_sent_on__isnull=False,
    ).select_related("report__duty__campaign", "report__organisation", "report__person")


def still_open() -> QuerySet[ReportPoint]:
    """Return the points that nobody has solved."""
    return points().filter(~Exists(_standing()))


def _standing() -> QuerySet[Solution]:
    return Solution.objects.filter(point=OuterRef("pk"), reopened_at=None)


def within(body: Organisation) -> Q:
    """Return the condition that a point is of ``body``, of one below it, or of one it goes on
    from."""
    return paths.within("report__organisation__path", body.path) | Q(
        report__organisation__in=_line(body)
    )


def _line(body: Organisation) -> QuerySet[Organisation]:
    """Return ``body`` and the bodies that are no more and that it goes on from."""
    return Organisation.objects.filter(Q(pk=body.pk) | forebears_of(body))


def _same_subject(report: Report, prefix: str = "") -> Q:
    """Return the condition that a point is of whom ``report`` is about, in the same campaign,
    whichever duty it was said for: of a person wherever he or she is, of a body with all it goes
    on from."""
    whose: dict[str, object] = {f"{prefix}report__person": report.person}
    if report.person is None:
        whose[f"{prefix}report__organisation__in"] = _line(report.organisation)
    return Q(**whose, **{f"{prefix}report__duty__campaign": report.duty.campaign})


def open_before(report: Report) -> QuerySet[ReportPoint]:
    """Return what was said before ``report`` and is still open: the oldest first. What was first
    said of later days is no business of a report that is written late."""
    mine = still_open().filter(_same_subject(report), report__since__lt=report.until)
    return mine.exclude(report=report).order_by("report__first_sent_on", "pk")


def solved_in(report: Report) -> QuerySet[Solution]:
    """Return what was solved in the days of ``report``, or noted only after the report before it
    had been sent."""
    told = Q(solved_on__gte=report.since)
    before = _before(report)
    if before is not None:
        told |= Q(noted_at__gt=before.sent_at)
    rows = Solution.objects.filter(_same_subject(report, "point__"), reopened_at=None)
    return (
        rows.filter(told, solved_on__lt=report.until)
        .exclude(point__report=report)
        .filter(point__report__first_sent_on__isnull=False, point__left_out=False)
        .select_related("point")
        .order_by("solved_on", "pk")
    )


def _before(report: Report) -> Report | None:
    """Return the last report of the same subject and duty that was sent before."""
    rows = Report.objects.filter(
        duty=report.duty, organisation=report.organisation, person=report.person,
        since__lt=report.since, state__in=SETTLED,
    )  # fmt: skip
    return rows.order_by("-since", "-number").first()
