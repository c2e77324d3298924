"""What a report can say by itself: lines derived from what is on record, by whoever has some.

``work`` brings its own sources (``sources``); rooms above register theirs (``site.registries``).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from zhengyou.work.models import Report, ReportPoint, ReportSection


@dataclass(frozen=True, slots=True)
class Line:
    """One derived line.

    Args:
        key: where it comes from, ``kind:which``; the same source keeps its key for ever.
        carries: the point in which one is stuck since an earlier report.
    """

    section: ReportSection
    key: str
    text: str
    carries: ReportPoint | None = None


Source = Callable[[Report], Iterable[Line]]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Add a source; doing it twice changes nothing. They are asked in the order they came.

    Raises:
        ValueError: another source has the name.
    """
    if _sources.setdefault(name, source) is not source:
        raise ValueError(f"source {name!r} is registered twice")


def derived(report: Report) -> list[Line]:
    """Return what the records say today for the days of ``report``, section by section."""
    lines = [line for source in _sources.values() for line in source(report)]
    return [line for section in ReportSection for line in _of(lines, section)]


def _of(lines: Iterable[Line], section: ReportSection) -> Iterator[Line]:
    return (line for line in lines if line.section == section)
