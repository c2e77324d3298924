"""Published reports of a campaign: of bodies by name, of persons as the campaign names them in
public. What the level above has not read yet, or returned, does not exist here."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from zhengyou.campaigns.models import Campaign, NameStyle
from zhengyou.climb.models import Answer
from zhengyou.kernel import clock
from zhengyou.pledges.names import HIDDEN, surname
from zhengyou.work.composing import compose
from zhengyou.work.models import Report, ReportSection, ReportState

PAGE = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """A report as everybody sees it."""

    report: Report
    who: str
    url: str
    corrected_on: date | None = None

    @property
    def title(self) -> str:
        """Which period of what."""
        return self.report.what


def published(campaign: Campaign) -> QuerySet[Report]:
    """Return the reports that are public, the latest first."""
    return (
        Report.objects.filter(
            duty__campaign=campaign,
            state=ReportState.ACKNOWLEDGED,
            published_on__isnull=False,
        )
        .select_related("duty", "organisation", "person")
        .order_by("-since", "organisation__sort_key", "pk")
    )


def shown(campaign: Campaign, report: Report) -> Shown:
    """Return ``report`` as the campaign names whose it is."""
    url = reverse("portal:report", args=[campaign.uid, report.uid])
    return Shown(report, _who(campaign, report), url)


def _who(campaign: Campaign, report: Report) -> str:
    body, person = report.organisation.name, report.person
    if person is None:
        return body
    if campaign.wall_names == NameStyle.FULL:
        return f"{body}　{person.name}"
    if campaign.wall_names == NameStyle.SURNAME:
        return f"{body}　{surname(person.name)}同志"
    return f"{body}　{HIDDEN}"


def listed(campaign: Campaign, number: str | None) -> tuple[Page[Report], list[Shown]]:
    """Return a page of the published reports."""
    page = Paginator(published(campaign), PAGE).get_page(number)
    return page, [shown(campaign, report) for report in page.object_list]


def one(campaign: Campaign, uid: UUID) -> tuple[Shown, list[tuple[str, list[str]]]]:
    """Return one published report with its lines, or answer 404; that it was corrected after it
    had become public is said."""
    report = get_object_or_404(published(campaign), uid=uid)
    whole = compose(report)
    sections = [
        (str(section.label), [part.text for part in whole.of(section)]) for section in ReportSection
    ]
    return replace(shown(campaign, report), corrected_on=_corrected_on(report)), sections


def _corrected_on(report: Report) -> date | None:
    read = report.decisions.filter(answer=Answer.APPROVE).values_list("decided_at", flat=True)
    later = report.versions.filter(replaced_at__gt=max(read)) if read else report.versions.none()
    last = later.order_by("-pk").values_list("replaced_at", flat=True).first()
    return last.astimezone(clock.SHANGHAI).date() if last else None
