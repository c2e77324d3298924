"""Which numbers of a survey may be told, so that nobody's answer can be worked out.

A count below :data:`FEWEST` is withheld, and with it whatever would give it away by subtraction:
every place says how many answered there and every answer how many chose it in all, so a single gap
in a line is no gap. Pure numbers; `tests/voices/test_withholding.py` tries to solve them.

The table is a flow: from each place (a row, whose sum is told) through its cells to the answers
(the columns) and through their totals to one end. A gap can be worked out exactly where no circle
of gaps runs through it along which one could add and take away 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FEWEST = 5
"""The smallest number that is told."""

Cell = tuple[int, int]
"""Row and column; the row behind the last one holds the totals."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is told of one place, or of several that are too small alone.

    Args:
        places: their names.
        count: how many answered there.
        cells: how many chose each answer; None: withheld.
    """

    places: tuple[str, ...]
    count: int
    cells: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told of one question.

    Args:
        count: how many answered it.
        totals: how many chose each answer, everywhere; None: withheld.
        rows: the same by place; empty where that would say too much, or there are no places.
    """

    count: int
    totals: tuple[int | None, ...]
    rows: tuple[Row, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing is withheld."""
        return None not in self.totals and all(None not in row.cells for row in self.rows)


def tell(counts: Mapping[str, Sequence[int]], fewest: int = FEWEST) -> Told | None:
    """Return what may be told of a question of which everybody chose exactly one answer.

    Args:
        counts: place → how many chose each of the same two or more answers; a survey without
            places has one, called as one likes.

    Returns:
        None where fewer than ``fewest`` answered at all.
    """
    groups = _gathered(counts, fewest)
    if not groups:
        return None
    values = [_sums([counts[place] for place in group]) for group in groups]
    totals = _sums(values)
    table = _Table(values if len(values) > 1 else [], totals, fewest)
    gaps = table.gaps()
    rows = tuple(
        Row(group, sum(row), _shown(row, at, gaps))
        for at, (group, row) in enumerate(zip(groups, table.rows, strict=False))
    )
    return Told(sum(totals), _shown(totals, len(table.rows), gaps), rows)


def tell_each(counts: Mapping[str, tuple[int, Sequence[int]]], fewest: int = FEWEST) -> Told | None:
    """Return what may be told of a question of which everybody chose several answers.

    Each answer is a question of its own: chosen or not; both must be many.

    Args:
        counts: place → how many answered, and how many of them chose each answer.
    """
    width = max((len(chosen) for _, chosen in counts.values()), default=0)
    told = [
        tell({place: (row[at], n - row[at]) for place, (n, row) in counts.items()}, fewest)
        for at in range(width)
    ]
    first = told[0] if told else None
    if first is None:
        return None
    parts = [part for part in told if part is not None]  # all of them: they count the same sheets
    rows = tuple(
        Row(row.places, row.count, tuple(part.rows[at].cells[0] for part in parts))
        for at, row in enumerate(first.rows)
    )
    return Told(first.count, tuple(part.totals[0] for part in parts), rows)


def _gathered(counts: Mapping[str, Sequence[int]], fewest: int) -> list[tuple[str, ...]]:
    """Return the places, those too small alone put together with each other, and with the smallest
    of the rest where they are too small even so."""
    sizes = {place: sum(row) for place, row in counts.items() if sum(row)}
    if sum(sizes.values()) < fewest:
        return []
    small = [place for place in sizes if sizes[place] < fewest]
    rest = sorted((place for place in sizes if sizes[place] >= fewest), key=lambda p: sizes[p])
    while small and sum(sizes[place] for place in small) < fewest:
        small.append(rest.pop(0))
    alone: list[tuple[str, ...]] = [(place,) for place in sizes if place not in small]
    return [*alone, tuple(place for place in sizes if place in small)] if small else alone


def _sums(rows: Sequence[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)]


def _shown(row: Sequence[int], at: int, gaps: set[Cell]) -> tuple[int | None, ...]:
    return tuple(None if (at, column) in gaps else n for column, n in enumerate(row))


class _Table:
    """Rows of at least ``fewest`` and their totals; finds which cells must be gaps."""

    def __init__(self, rows: list[list[int]], totals: list[int], fewest: int) -> None:
        self.rows, self.totals, self.fewest = rows, totals, fewest
        lines = [*rows, totals]
        self.value = {(r, c): n for r, row in enumerate(lines) for c, n in enumerate(row)}

    def gaps(self) -> set[Cell]:
        """Return the cells to be withheld: the small ones, and more until none can be found."""
        gaps = {cell for cell, n in self.value.items() if n < self.fewest}
        while (more := self._one_more(gaps)) is not None:
            gaps.add(more)
        return gaps

    def _one_more(self, gaps: set[Cell]) -> Cell | None:
        """Return a cell that has to be withheld, too: the smallest that helps."""
        for line in self._lines():
            hidden = [cell for cell in line if cell in gaps]
            small = sum(self.value[cell] for cell in hidden) < self.fewest
            told = self._column_total(line) not in gaps
            if hidden and told and (len(hidden) < 2 or small):
                return self._smallest(line, gaps)
        for cell in sorted(gaps):
            if not self._is_free(cell, gaps):
                return self._freeing(cell, gaps)
        return None

    def _freeing(self, cell: Cell, gaps: set[Cell]) -> Cell | None:
        """Return the cell whose loss frees ``cell``; where no single one does, the next to go."""
        left = sorted((other for other in self.value if other not in gaps), key=self._dearness)
        freeing = (other for other in left if self._is_free(cell, gaps | {other}))
        return next(freeing, left[0] if left else None)

    def _lines(self) -> list[list[Cell]]:
        """Return the cells of each sum that is told: of every row, of every column."""
        last = len(self.rows)
        rows = [[(r, c) for c in range(len(self.totals))] for r in range(last + 1)]
        columns = [[(r, c) for r in range(last)] for c in range(len(self.totals))]
        return [*rows, *columns] if last else rows

    def _column_total(self, line: list[Cell]) -> Cell | None:
        """Return the total in which a column ends, None of a row: its sum is always told."""
        (first, column), (second, _) = line[0], line[1]
        return None if first == second else (len(self.rows), column)

    def _smallest(self, line: list[Cell], gaps: set[Cell]) -> Cell | None:
        return min((cell for cell in line if cell not in gaps), key=self._dearness, default=None)

    def _dearness(self, cell: Cell) -> tuple[bool, int, Cell]:
        """Say what goes first: rather of a place than a total, rather a small number."""
        return cell[0] == len(self.rows), self.value[cell], cell

    def _is_free(self, cell: Cell, gaps: set[Cell]) -> bool:
        """Tell whether ``cell`` could be one more or one less, all that is told being the same."""
        start, end = self._ends(cell)
        others = gaps - {cell}
        up = self._reaches(end, start, others)
        return up or (self.value[cell] > 0 and self._reaches(start, end, others))

    def _ends(self, cell: Cell) -> tuple[str, str]:
        row, column = cell
        if row == len(self.rows):
            return (f"column {column}" if self.rows else "row"), "end"
        return f"row {row}", f"column {column}"

    def _reaches(self, start: str, goal: str, gaps: set[Cell]) -> bool:
        """Tell whether 1 can be moved from ``start`` to ``goal`` through ``gaps``: with an edge
        where one is added, against it where there is one to take away."""
        steps: dict[str, set[str]] = {}
        for cell in gaps:
            here, there = self._ends(cell)
            steps.setdefault(here, set()).add(there)
            if self.value[cell]:
                steps.setdefault(there, set()).add(here)
        seen, queue = {start}, [start]
        while queue:
            for node in steps.get(queue.pop(), set()) - seen:
                seen.add(node)
                queue.append(node)
        return goal in seen
