"""The top of a blueprint: what the campaign is called, what it wants, whom it covers."""

from dataclasses import dataclass
from typing import Any

from zhengyou.campaigns.blueprint.table import Table
from zhengyou.campaigns.models import Campaign, NameStyle
from zhengyou.kernel.periods import check_terms
from zhengyou.people.models import Kind

KEYS = ("version", "title", "theme", "aims", "carriers", "covers", "names", "terms")


@dataclass(frozen=True, slots=True)
class Header:
    """The keys above the first section. ``terms``: title, first and last day as MM-DD."""

    version: str
    title: str
    theme: str
    aims: tuple[str, ...]
    carriers: tuple[str, ...]
    covers: tuple[Kind, ...]
    wall: NameStyle
    notice: NameStyle
    terms: tuple[tuple[str, str, str], ...] = ()


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
    )


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
    }
    return {key: value for key, value in values.items() if value}
