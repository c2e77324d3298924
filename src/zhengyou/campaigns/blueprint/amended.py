"""The file a campaign began with, brought up to what was changed since: only those words differ."""

from collections.abc import Iterator
from typing import Any

from zhengyou.campaigns.blueprint.edits import Keys, set_keys
from zhengyou.campaigns.blueprint.problem import Flawed
from zhengyou.campaigns.blueprint.whole import Blueprint, check, dump
from zhengyou.campaigns.models import Campaign, NameStyle


def amended(campaign: Campaign) -> str:
    """Return the blueprint as it is today with comments, order and spelling of the file it began
    with. What may change of a campaign is looked at, nothing else.
    """
    try:
        blueprint = check(campaign.blueprint)
    except Flawed:  # written for a former version that was less strict
        return dump(campaign)
    text = campaign.blueprint
    for path, values in _changes(campaign, blueprint):
        text = set_keys(text, path, values)
    return text


def _changes(campaign: Campaign, blueprint: Blueprint) -> Iterator[tuple[Keys, dict[str, Any]]]:
    yield (), _header(campaign, blueprint)
    yield from _phases(campaign, blueprint)
    standards = {row.code: row for row in campaign.standards.prefetch_related("criteria")}
    for standard in blueprint.data["standard"]:
        row = standards.get(standard.code)
        if row is None:
            continue
        criteria = [(each.code, each.title) for each in row.criteria.all()]
        path = ("standard", standard.code)
        if row.title != standard.title:
            yield path, {"title": row.title}
        if criteria != list(standard.criteria):
            yield path, {"criteria": dict(criteria)}


def _header(campaign: Campaign, blueprint: Blueprint) -> dict[str, Any]:
    top, found = blueprint.header, {}
    for key in ("title", "theme"):
        if getattr(campaign, key) != getattr(top, key):
            found[key] = getattr(campaign, key)
    for key in ("aims", "carriers"):
        if list(getattr(campaign, key)) != list(getattr(top, key)):
            found[key] = list(getattr(campaign, key))
    if (campaign.wall_names, campaign.notice_names) != (top.wall, top.notice):
        found["names"] = {
            "wall": str(NameStyle(campaign.wall_names).label),
            "notice": str(NameStyle(campaign.notice_names).label),
        }
    return found


def _phases(campaign: Campaign, blueprint: Blueprint) -> Iterator[tuple[Keys, dict[str, Any]]]:
    rows = {row.code: row for row in campaign.phases.prefetch_related("tasks", "milestones")}
    for phase in blueprint.data["phase"]:
        row = rows.get(phase.code)
        if row is None:
            continue
        path, then = ("phase", phase.code), phase.timing.values
        if row.timing != then:
            yield path, dict.fromkeys(then, None) | row.timing
        tasks = {each.code: each for each in row.tasks.all()}
        for task in phase.tasks:
            if task.code in tasks and tasks[task.code].due != str(task.due):
                yield (*path, "task", task.code), {"due": tasks[task.code].due}
        days = {each.code: each for each in row.milestones.all()}
        for key in phase.milestones:
            if key.code in days and days[key.code].due != str(key.day):
                yield (*path, "milestone", key.code), {"day": days[key.code].due, "due": None}
