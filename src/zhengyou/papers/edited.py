"""A summary as it reads: what the records say, with what people wrote in its place. Pure.

Untouched parts follow the records. An edited part keeps its words whatever happens to the records;
what has changed underneath is shown beside it until somebody has looked at it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.db import models

from zhengyou.climb.changes import Part as Change
from zhengyou.climb.changes import parts_of as changes_of
from zhengyou.kernel.merging import Merged, merge, merge_rows
from zhengyou.papers.blocks import Grid, Head, Part, Summary
from zhengyou.papers.models import Act, Edit
from zhengyou.papers.wording import Words, parts_of, unpack, words_of

OWN = "own."
"""How keys of added paragraphs begin."""


class Standing(models.TextChoices):
    """How a part stands to the records."""

    RECORDED = "recorded", "按记录"
    EDITED = "edited", "改过"
    OVERTAKEN = "overtaken", "改过，记录又变了"
    ADDED = "added", "自己加的"
    LEFT = "left", "不写"


@dataclass(frozen=True)
class PartView:
    """One part of the summary.

    Args:
        key: which.
        derived: what the records say; None for an added paragraph and for what they say no more.
        edit: the change that holds, None where nobody has changed anything.
        after: the part it stands behind.
        covered: whether its whole chapter is left out.
    """

    key: str
    derived: Part | None
    edit: Edit | None = None
    after: str = ""
    covered: bool = False

    @cached_property
    def now(self) -> Words | None:
        """What the records say now."""
        return words_of(self.derived) if self.derived else None

    @cached_property
    def was(self) -> Words:
        """What they said when it was changed."""
        return unpack(self.edit.was if self.edit else {})

    @property
    def seen(self) -> int:
        """The number of the change one looks at; 0 before the first."""
        return self.edit.number if self.edit else 0

    @property
    def standing(self) -> Standing:
        """How it stands to the records."""
        if self.edit is None or self.edit.act == Act.BACK:
            return Standing.RECORDED
        if self.edit.act == Act.LEAVE:
            return Standing.LEFT
        if self.key.startswith(OWN):
            return Standing.ADDED
        same = self.now is not None and self.now.text == self.was.text
        return Standing.EDITED if same else Standing.OVERTAKEN

    @property
    def edited(self) -> bool:
        """Whether somebody's own words stand in it."""
        return self.standing in (Standing.EDITED, Standing.OVERTAKEN, Standing.ADDED)

    @property
    def text(self) -> str:
        """The words that hold, as one edits them."""
        if self.edit and self.edit.text:
            return self.edit.text
        return self.now.text if self.now else self.was.text

    @property
    def base(self) -> Words:
        """What a change of it now is a change of: its form, and the numbers in it."""
        return self.now or self.was

    @cached_property
    def parts(self) -> Sequence[Part]:
        """What is printed; nothing where it is left out."""
        if self.standing == Standing.LEFT or self.covered:
            return ()
        if self.edited and self.edit:
            return parts_of(self.key, self.edit.text, self.was)
        return (self.derived,) if self.derived else ()

    @property
    def shown(self) -> Sequence[Part]:
        """What the page shows: that which is left out, too."""
        if self.parts:
            return self.parts
        words = self.edit.text if self.edit else ""
        if words:
            return parts_of(self.key, words, self.was)
        return (self.derived,) if self.derived else ()

    @property
    def name(self) -> str:
        """How one speaks of it."""
        match self.derived:
            case Head(text=text):
                return text
            case Grid(caption=caption):
                return caption
        line = self.text.split("\n")[0]
        return f"{line[:12]}…" if len(line) > 12 else line

    @property
    def is_head(self) -> bool:
        """Whether it is a heading."""
        return self.base.kind == "head"

    @property
    def underneath(self) -> tuple[Change, ...]:
        """How the records have changed since, word by word."""
        return changes_of(self.was.text, self.now.text if self.now else "")

    @property
    def merged(self) -> Merged:
        """The own words with what has changed in the records."""
        now = self.now.text if self.now else ""
        put_together = merge_rows if self.base.kind == "grid" else merge
        return put_together(self.was.text, self.text, now)


@dataclass(frozen=True)
class Edited:
    """A summary with everybody's words in it."""

    recorded: Summary
    views: tuple[PartView, ...]

    @cached_property
    def summary(self) -> Summary:
        """What is printed."""
        blocks = [part for view in self.views for part in view.parts]
        said = [
            part
            for part, following in zip(blocks, [*blocks[1:], None], strict=True)
            if not isinstance(part, Head) or not isinstance(following, Head | None)
        ]
        left = [
            view.name
            for view in self.views
            if view.standing == Standing.LEFT and view.derived and not view.covered
        ]
        return replace(self.recorded, blocks=tuple(said), left_out=tuple(left))

    @property
    def overtaken(self) -> list[PartView]:
        """What somebody should look at: edited, and the records say something else now."""
        return [view for view in self.views if view.standing == Standing.OVERTAKEN]

    def find(self, key: str) -> PartView | None:
        """Return the part of that key."""
        return next((view for view in self.views if view.key == key), None)


def edited(recorded: Summary, edits: Iterable[Edit]) -> Edited:
    """Return ``recorded`` with ``edits`` (in the order in which they were made) in it."""
    first: dict[str, Edit] = {}
    last: dict[str, Edit] = {}
    for edit in edits:
        first.setdefault(edit.part, edit)
        last[edit.part] = edit
    views: list[PartView] = []
    for block in recorded.blocks:
        after = views[-1].key if views else ""
        views.append(PartView(block.key, block, last.get(block.key), after))
    known = {view.key for view in views}
    for key, edit in first.items():
        held = last[key]
        if key not in known and held.act != Act.BACK:
            view = PartView(key, None, held, edit.after)
            views.insert(_place(views, key, edit.after), view)
    return Edited(recorded, tuple(_covered(views)))


def _covered(views: Iterable[PartView]) -> Iterator[PartView]:
    """Cover what stands below a heading that is left out: it stands for its chapter."""
    left = False
    for view in views:
        if view.is_head:
            left = view.standing == Standing.LEFT
        yield replace(view, covered=True) if left and not view.is_head else view


def _place(views: list[PartView], key: str, after: str) -> int:
    """Return where a part goes that the records do not place: behind what it once stood behind,
    else at the end of its chapter, else at the end."""
    for place, view in enumerate(views):
        if view.key == after:
            return place + 1
    chapter = (after if key.startswith(OWN) else key).split(".")[0]
    places = [place for place, view in enumerate(views) if view.key.split(".")[0] == chapter]
    return places[-1] + 1 if places else len(views)
