"""The bodies among which an inspection draws, part by part: strata with how many are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhengyou.inspections.models import Inspection, StrataBy
from zhengyou.inspections.rules.planning import within_scope
from zhengyou.kernel import paths
from zhengyou.people.models import Kind, Organisation


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the list.

    Args:
        key: names it in what is stored and sent.
        label: what it is called: 党支部，澜阳县教育局党委.
        quota: how many are drawn from it, never more than there are.
        bodies: with the name of the region of each.
    """

    key: str
    label: str
    quota: int
    bodies: Sequence[tuple[Organisation, str]]

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.bodies)


def strata_of(inspection: Inspection) -> list[Stratum]:
    """Return the strata of an inspection as the tree stands today. Three queries at most."""
    bodies = list(Organisation.objects.filter(within_scope(inspection)).order_by("path"))
    regions = _regions(inspection.scope)
    by = StrataBy(inspection.strata_by)
    parts: dict[str, tuple[str, list[tuple[Organisation, str]]]] = {}
    for body in bodies:
        region = _region(body, inspection.scope, regions)
        key, label = _key(by, body, region)
        parts.setdefault(key, (label, []))[1].append((body, region.name))
    return [
        Stratum(key, label, min(inspection.quotas.get(key, inspection.quota), len(rows)), rows)
        for key, (label, rows) in sorted(parts.items())
    ]


def _regions(scope: Organisation) -> dict[str, Organisation]:
    """Return what stands right below the scope, by path."""
    return {body.path: body for body in scope.children.all()}


def _region(
    body: Organisation, scope: Organisation, regions: dict[str, Organisation]
) -> Organisation:
    """Return the body right below the scope in which ``body`` lies; the scope, for those that are
    such bodies themselves."""
    top = body.path[: len(scope.path) + paths.WIDTH]
    return regions[top] if top != body.path and top in regions else scope


def _key(by: StrataBy, body: Organisation, region: Organisation) -> tuple[str, str]:
    kind = str(Kind(body.kind).label)
    if by == StrataBy.NONE:
        return "all", "全部单位"
    if by == StrataBy.KIND:
        return body.kind, kind
    if by == StrataBy.REGION:
        return region.path, region.name
    return f"{body.kind}-{region.path}", f"{kind}，{region.name}"
