"""Pledge letters (承诺书) for paper: what is public of a pledge, with room to sign."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import segno
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from zhengyou.campaigns.models import Campaign
from zhengyou.climb.models import ClimbState
from zhengyou.people.models import Organisation
from zhengyou.pledges import names, words
from zhengyou.pledges.models import Pledge, PledgeItem
from zhengyou.ui.text import long_date

MOST = 300
"""Letters on one page at most."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: who speaks, the promises, where the progress is to be read."""

    title: str
    opening: str
    items: list[tuple[str, str]]
    signer: str
    mark: str
    address: str
    qr: SafeString


def of_pledge(pledge: Pledge, shown: names.Shown, absolute: Callable[[str], str]) -> Letter:
    """Return the letter of ``pledge``, whose public items are loaded as ``items``.

    Args:
        shown: how the reader may see who pledges.
        absolute: makes an absolute address of a path.
    """
    address = absolute(reverse("pledges:pledge", args=[pledge.uid]))
    return Letter(
        title=_title(pledge.rule.title),
        opening=_opening(pledge, shown),
        items=[(item.text, _aim(item)) for item in pledge.items.all()],
        signer="承诺单位" if shown.org else "承诺人",
        mark="代录" if pledge.entered_by_id else "",
        address=address,
        qr=_svg(address),
    )


def of_body(campaign: Campaign, body: Organisation, absolute: Callable[[str], str]) -> list[Letter]:
    """Return the letters of a body: its own first, then its persons' by pinyin, names in full."""
    made = public(Pledge.objects.filter(campaign=campaign, organisation=body))
    rows = list(made.order_by("-subject", "person__sort_key", "pk")[:MOST])
    rows.sort(key=lambda row: row.of_person)
    return [of_pledge(row, names.in_full(row), absolute) for row in rows]


def public(pledges: QuerySet[Pledge]) -> QuerySet[Pledge]:
    """Return those of ``pledges`` that have something public, with that loaded."""
    items = PledgeItem.objects.filter(state=ClimbState.PUBLISHED).order_by("number")
    return (
        pledges.filter(items__state=ClimbState.PUBLISHED)
        .distinct()
        .select_related("campaign", "rule", "organisation", "person")
        .prefetch_related(Prefetch("items", items))
    )


def _title(rule: str) -> str:
    return f"{rule}书" if rule.endswith("承诺") else rule


def _opening(pledge: Pledge, shown: names.Shown) -> str:
    campaign, body = pledge.campaign, pledge.organisation.name
    if shown.org:
        return f"在“{campaign.title}”活动中，{body}公开承诺："
    if shown.name == names.HIDDEN:
        who = f"{body}的一名党员"
    else:
        work = "" if shown.role == body else f"，{shown.role}"
        who = f"{body}{shown.name}{work}"
    return f"我是{who}。在“{campaign.title}”活动中，我公开承诺："


def _aim(item: PledgeItem) -> str:
    """Return ``从 11 人到 3 人，2026年12月31日前做到。五（3）班 11 名学生受益。``"""
    span = ""
    if item.target is not None:
        target = words.amount(item.target, item.unit)
        start = words.amount(item.baseline, item.unit)
        span = f"从 {start}到 {target}" if start else f"做到 {target}"
    due = f"{long_date(item.due_on)}前做到" if item.due_on else ""
    said = "，".join(filter(None, [span, due]))
    gains = f"{item.beneficiary}受益" if item.beneficiary else ""
    return "".join(f"{part}。" for part in (said, gains) if part)


def _svg(text: str) -> SafeString:
    """Return the QR code as inline SVG without any style attribute, sized by its class."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=False, nl=False, omitsize=True, border=2,
        svgclass="qr", lineclass=None, title="二维码：公开进展的网址",
    )  # fmt: skip
    return mark_safe(out.getvalue().decode())
