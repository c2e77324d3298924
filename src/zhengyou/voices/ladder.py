"""Which body screens at which level of a call."""

from zhengyou.kernel import paths
from zhengyou.people.models import Organisation
from zhengyou.voices.models import Box, CallLevel


class Ladder:
    """The levels of a box, with the bodies that stand on them; one query, and one for each body."""

    def __init__(self, box: Box) -> None:
        self.box = box
        self.levels = list(box.levels.order_by("number"))
        self._bodies: dict[str, Organisation | None] = {box.organisation.path: box.organisation}

    def body_at(self, level: CallLevel, home: Organisation) -> Organisation | None:
        """Return who screens at ``level`` what comes from ``home``; None: this level is none of
        its, because it comes from further up or nothing stands above."""
        path = self.path_at(level, home)
        if path not in self._bodies:
            self._bodies[path] = Organisation.objects.filter(path=path).first() if path else None
        return self._bodies[path]

    def path_at(self, level: CallLevel, home: Organisation) -> str:
        """Return the path of that body, "" for none."""
        top = self.box.organisation.path
        wanted = paths.depth(top) - level.where
        line = home.path if level.where < 0 else top
        return line[: wanted * paths.WIDTH] if 0 < wanted <= paths.depth(line) else ""

    def first(self, home: Organisation) -> tuple[CallLevel, Organisation] | None:
        """Return the level on which what comes from ``home`` begins."""
        return self._next(0, home)

    def after(self, level: CallLevel, home: Organisation) -> tuple[CallLevel, Organisation] | None:
        """Return the level above ``level``; None at the top."""
        return self._next(level.number, home)

    def before(self, level: CallLevel) -> CallLevel | None:
        """Return the level below ``level``."""
        return next((each for each in reversed(self.levels) if each.number < level.number), None)

    def _next(self, number: int, home: Organisation) -> tuple[CallLevel, Organisation] | None:
        for level in self.levels:
            body = self.body_at(level, home) if level.number > number else None
            if body is not None:
                return level, body
        return None
