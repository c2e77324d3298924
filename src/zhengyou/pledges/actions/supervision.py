"""Write down a step by which the branch keeps after a promise."""

from datetime import date

from zhengyou.kernel import clock
from zhengyou.kernel.texts import tidy
from zhengyou.kernel.verdict import Verdict
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.pledges import rules
from zhengyou.pledges.models import Pledge, PledgeItem, Step, SupervisionStep


def take_step(
    actor: Actor,
    pledge: Pledge,
    *,
    step: Step,
    words: str,
    item: PledgeItem | None = None,
    taken_on: date | None = None,
    next_on: date | None = None,
) -> SupervisionStep:
    """Write down one step, on one item or on the whole pledge.

    Args:
        words: what was found, said or agreed.
        taken_on: the day, today or before; None: today.
        next_on: when to look again, after today.

    Raises:
        Refused: no right, nothing said, or a day that does not fit.
    """
    today, words = clock.today(), tidy(words).strip()
    day = taken_on or today
    with book.writing() as facts:
        Pledge.objects.select_for_update().get(pk=pledge.pk)
        rules.may_supervise(actor, pledge).require()
        Verdict.of(words, "写一句看到了什么、说了什么。").require()
        Verdict.of(day <= today, "日期还没到，请写今天或者以前。").require()
        Verdict.of(pledge.made_on <= day, "日期早于承诺那天，请改日期。").require()
        Verdict.of(next_on is None or next_on > today, "下次看的日子要在今天以后。").require()
        assert actor.person is not None and actor.hat is not None  # may_supervise has asked
        same = pledge.supervision.filter(
            item=item, step=step, words=words, taken_on=day, by=actor.person
        )
        Verdict.of(not same.exists(), "这一步刚才已经记过了。").require()
        taken = SupervisionStep.objects.create(
            pledge=pledge,
            item=item,
            step=Step(step),
            taken_on=day,
            words=words,
            next_on=next_on,
            by=actor.person,
            hat=actor.hat.title,
            recorded_at=clock.now(),
        )
        facts.record(
            "supervision.step",
            by=actor,
            about=pledge.ref,
            data={
                "step": taken.step,
                "item": str(item.uid) if item else None,
                "on": day.isoformat(),
                "next_on": next_on.isoformat() if next_on else None,
            },
        )
    return taken
