"""Check somebody else's log; give who finds it hard an experienced colleague."""

from datetime import date

from zhengyou.kernel import clock
from zhengyou.kernel.texts import tidy, tidy_line
from zhengyou.kernel.verdict import Refused, Verdict
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Person
from zhengyou.work.actions import recording
from zhengyou.work.content import Attendee, Content
from zhengyou.work.models import (
    CheckResult,
    LogCheck,
    Part,
    RecordKind,
    ServiceDeputy,
    ServiceHolder,
    ServicePost,
)
from zhengyou.work.rules import service as rules


def check_log(
    actor: Actor, holder: ServiceHolder, *, on: date, words: str, result: CheckResult
) -> LogCheck:
    """Write down how somebody's log was found: one record, linked to the post, which counts for the
    duties that ask for checks of it.

    Raises:
        Refused: no right, one's own log, nothing said, or a day that cannot be.
    """
    with book.writing() as facts:
        rules.may_check_log(actor, holder).require()
        said = tidy(words).strip()
        if not said:
            raise Refused("写一句看下来怎样，他好知道哪里要改。")
        if not holder.since <= on <= clock.today():
            raise Refused("检查的日期要在他上岗以后、今天以前。")
        assert actor.person is not None and holder.person is not None  # the rule has asked
        people = (Attendee(actor.person, part=Part.CHECKER), Attendee(holder.person))
        content = Content(
            kind=RecordKind.LOG_CHECK, on=on, title=f"查日志：{holder.post.title}"[:100],
            text=said, people=people, links=(holder.post.ref,),
        )  # fmt: skip
        record = recording.enter(actor, holder.post.organisation, content, by=Verdict.yes())
        check = LogCheck.objects.create(record=record, holder=holder, result=result)
        facts.record("log.check", by=actor, about=record.ref, data={"post": holder.post.uid})
    return check


def give_deputy(
    actor: Actor,
    holder: ServiceHolder,
    person: Person,
    *,
    experience: str,
    because: LogCheck | None = None,
) -> ServiceDeputy:
    """Give somebody one experienced colleague at the side, from today.

    Raises:
        Refused: no right, the same person, somebody helps already, or no word of the experience.
    """
    with book.writing() as facts:
        ServicePost.objects.select_for_update(of=("self",)).get(pk=holder.post_id)
        rules.may_give_deputy(actor, holder).require()
        if person.pk == holder.person_id:
            raise Refused("要找另一个有经验的人来帮。")
        if holder.deputies.filter(until=None).exists():
            raise Refused(f"已经有人在帮{holder.who}了，一个人就够。")
        if not tidy_line(experience):
            raise Refused("写一句他有什么经验，比如：当过十二年班主任。")
        assert actor.person is not None and actor.hat is not None  # the rule has asked
        row = ServiceDeputy.objects.create(
            holder=holder, person=person, experience=tidy_line(experience)[:100], because=because,
            since=clock.today(), by=actor.person, hat=actor.hat.title, decided_at=clock.now(),
        )  # fmt: skip
        facts.record("service_deputy.give", by=actor, about=holder.ref,
                     data={"deputy": person.uid, "post": holder.post.uid})  # fmt: skip
    return row


def end_deputy(actor: Actor, deputy: ServiceDeputy) -> None:
    """End that; who was helped goes on alone."""
    with book.writing() as facts:
        rules.may_give_deputy(actor, deputy.holder).require()
        if not ServiceDeputy.objects.filter(pk=deputy.pk).end(clock.today()):
            raise Refused("已经不帮带了。")
        facts.record("service_deputy.end", by=actor, about=deputy.holder.ref)
