"""The page of supervision: five steps, and what was done in each."""

from dataclasses import dataclass

from zhengyou.pledges.models import Pledge, Step, SupervisionStep


@dataclass(frozen=True, slots=True)
class StepView:
    """One of the five steps with what was done in it, oldest first."""

    step: Step
    taken: list[SupervisionStep]

    @property
    def state(self) -> tuple[str, str]:
        """Whether anything was done, for the tag ``state``."""
        return ("done", f"{len(self.taken)} 次") if self.taken else ("todo", "还没有")


def steps_of(pledge: Pledge) -> list[StepView]:
    """Return the five steps in order. One query."""
    rows = list(pledge.supervision.select_related("item", "by"))
    return [StepView(step, [row for row in rows if row.step == step]) for step in Step]
