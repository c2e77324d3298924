"""Who sees how it stands with duties. Names stay within the body: above it there are numbers."""

from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person
from zhengyou.work.rules.recording import BOOKKEEPERS, LOOKERS, OF_GROUPS

INSIDE = (*BOOKKEEPERS, *OF_GROUPS)


def may_see_standing(actor: Actor, body: Organisation) -> Verdict:
    """See in numbers how a body and those below it stand."""
    return Verdict.of(
        actor.holds_at(body.path, INSIDE) or actor.holds(body.path, LOOKERS),
        "任务做得怎么样，给本组织任职的人和上级的书记、副书记、活动办、督查员看。",
    )


def may_see_missing(actor: Actor, body: Organisation) -> Verdict:
    """See by name who has not done what: within the body only, never a public shaming list."""
    return Verdict.of(
        actor.holds_at(body.path, INSIDE),
        "谁做了谁没做，名字只有本人和本组织任职的人看得到。",
    )


def may_see_of_person(actor: Actor, person: Person) -> Verdict:
    """See how one person stands: oneself."""
    return Verdict.of(actor.is_person(person), "个人的任务只给本人看。")
