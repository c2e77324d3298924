"""Two branches inspected by the bureau: each with something to praise and something to mend."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from tests.inspections.scene import ITEMS, Checks

from zhengyou.inspections.actions import bulletins, visits
from zhengyou.inspections.actions.bulletins import Head
from zhengyou.inspections.actions.visits import Answer, Filled
from zhengyou.inspections.models import Bulletin, Finding, FindingKind, Grade, Visit
from zhengyou.kernel import clock
from zhengyou.people.models import Organisation

HANDED = date(2026, 9, 22)
PRAISED, CRITICISED = "家长都说作业少了", "放学时校门口堵了二十分钟"


@dataclass
class Found:
    """What was handed over."""

    checks: Checks
    visits: list[Visit]

    @property
    def first(self) -> Organisation:
        """The body that was drawn first."""
        return self.visits[0].organisation

    def findings(self, kind: FindingKind) -> list[Finding]:
        """Return the findings of a kind, in the order of the visits."""
        rows = Finding.objects.filter(visit__in=self.visits, kind=kind)
        return list(rows.order_by("visit", "pk"))

    def head(self, **changes: object) -> Head:
        """Return what stands above the articles."""
        said = {"title": "关于秋季开学减负抽查情况的通报", "number": "澜教督通〔2026〕1号",
                "scope": self.checks.cast.bureau, "opening": "九月抽查了两个支部。",
                "closing": "各支部对照检查。", **changes}  # fmt: skip
        return Head(**said)  # type: ignore[arg-type]

    def begun(self, **changes: object) -> Bulletin:
        """Return the draft by 顾明川 of all that was found."""
        rows = list(Finding.objects.filter(visit__in=self.visits))
        return bulletins.begin(
            self.checks.office, self.checks.cast.bureau, self.head(**changes), rows
        )

    def out(self, **changes: object) -> Bulletin:
        """Return it signed by 秦望舒 and published."""
        made = self.begun(**changes)
        bulletins.submit(self.checks.office, made)
        bulletins.approve(self.checks.head, made)
        bulletins.publish(self.checks.office, made)
        return made


def handed(checks: Checks) -> Found:
    """Draw, visit, hand over."""
    drawn = checks.drawn()
    with clock.at(HANDED):
        for visit in drawn:
            answers = {item.code: Answer(Grade.YES) for item in ITEMS}
            answers[ITEMS[0].code] = Answer(Grade.YES, PRAISED, FindingKind.PRAISE)
            answers[ITEMS[2].code] = Answer(Grade.NO, CRITICISED, FindingKind.CRITICISM)
            visits.send(checks.yin, visit, Filled(uuid4(), HANDED, answers))
            visits.hand_over(checks.yin, visit)
    return Found(checks, drawn)
