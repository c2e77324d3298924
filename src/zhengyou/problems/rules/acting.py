"""Who does what with a problem. Nobody verifies what he or she mended, handed in or is about."""

from zhengyou.kernel import clock, paths
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person, Post, Role
from zhengyou.people.rules import KEEPERS, LEADERS, OVERSEERS, follows
from zhengyou.problems import sources
from zhengyou.problems.models import (
    LIVE,
    MENDING,
    SETTLED,
    Extension,
    ExtensionState,
    Measure,
    Privacy,
    Problem,
    ProblemState,
)
from zhengyou.problems.rules.seeing import HANDS, LOOKERS, SPEAKERS, answering

DECIDERS = (*SPEAKERS, Role.CAMPAIGN_OFFICE, Role.COMMITTEE_MEMBER)
JUDGES = (*DECIDERS, Role.INSPECTOR)
"""Who verifies within the body."""


# --- who is who ---------------------------------------------------------------------------------
def _at_home(actor: Actor, problem: Problem, roles: tuple[Role, ...]) -> bool:
    """Whether the hat worn is one of ``roles`` of the body, or of one that goes on from it."""
    body = problem.organisation
    if any(actor.holds_at(path, roles) for path in {body.path, answering(body)}):
        return True
    if actor.hat is None or actor.hat.role not in roles:
        return False
    return follows(actor.hat.organisation, body, problem.subject)


def handles(actor: Actor, problem: Problem, roles: tuple[Role, ...] = HANDS) -> Verdict:
    """The hands of the body; of a person's own shortcoming, its leaders."""
    body = problem.organisation
    if problem.subject is not None:
        return _leads(actor, problem)
    return Verdict.of(
        _at_home(actor, problem, roles),
        f"这件事由责任人，或者{body.name}的书记、副书记、委员、组长、活动办来办。",
    )


def _leads(actor: Actor, problem: Problem) -> Verdict:
    """Leads the body that somebody's own shortcoming is found in; where that person leads it, the
    body above."""
    body, subject = problem.organisation, problem.subject
    assert subject is not None  # asked before
    if leads_it(subject, body):
        above = actor.holds_above(body.path, LEADERS)
        return Verdict.of(above, f"班子成员自己的问题，由{body.name}上级的书记、副书记来办。")
    return Verdict.of(
        _at_home(actor, problem, LEADERS) and not actor.is_person(subject),
        f"个人的问题，由本人和{body.name}的书记、副书记来办。",
    )


def leads_it(person: Person, body: Organisation) -> bool:
    """Tell whether ``person`` is secretary or deputy of ``body`` today."""
    held = Post.objects.on(clock.today()).filter(person=person, organisation=body, role__in=LEADERS)
    return held.exists()


def _mends(actor: Actor, problem: Problem) -> Verdict:
    """Whoever mends it, or a hand of the body for him or her."""
    return handles(actor, problem) | Verdict.of(
        actor.is_person(problem.owner) or actor.is_person(problem.subject),
        handles(actor, problem).reason or "这件事由责任人来办。",
    )


def _signed(actor: Actor) -> Verdict:
    return Verdict.of(actor.person and actor.hat, "办问题要用本人的账号。")


def _in(problem: Problem, states: tuple[ProblemState, ...], otherwise: str) -> Verdict:
    state = ProblemState(problem.state).label
    return Verdict.of(problem.state in states, f"这个问题现在是“{state}”，{otherwise}")


# --- finding ------------------------------------------------------------------------------------
def may_raise(actor: Actor, body: Organisation, subject: Person | None = None) -> Verdict:
    """Say that something is wrong: the own shortcoming anybody, that of a body its members, its
    posts and those above; somebody else's shortcoming the leaders of the body and above."""
    still = Verdict.of(body.is_open(), f"{body.name}已经撤销，请在接着办的组织里提。")
    return _may_find(actor, body, subject) & _signed(actor) & still


def _may_find(actor: Actor, body: Organisation, subject: Person | None) -> Verdict:
    home = answering(body) in {answering(each) for each in actor.memberships}
    if subject is not None:
        own = actor.is_person(subject) and home
        return Verdict.of(
            own or leads_for(actor, body),
            "个人的不足由本人自己查，或者由本组织和上级的书记、副书记指出。",
        )
    posts = actor.holds_at(body.path, HANDS) or actor.holds(answering(body), (*OVERSEERS, *HANDS))
    return Verdict.of(home or posts, f"{body.name}的问题由本组织的人，或者上级任职的人来提。")


def may_raise_from(source: Ref) -> Verdict:
    """A stuck point, a find: one problem at a time; another when that one is settled."""
    if not sources.named(source.kind).once:
        return Verdict.yes()
    rows = Problem.objects.filter(source_kind=source.kind, source_uid=source.uid)
    going = rows.exclude(state__in=SETTLED).exists()
    return Verdict.of(not going, "已经提为问题，正在整改。")


def leads_for(actor: Actor, body: Organisation) -> bool:
    """Tell whether the hat worn may name somebody else's shortcomings in ``body``. No query."""
    return actor.holds(answering(body), LEADERS)


def may_widen(actor: Actor, problem: Problem) -> Verdict:
    """Let more people see it: who found it, and the leaders of the body. Never a person's own."""
    found = Verdict.of(actor.is_person(problem.raised_by), "由提出问题的人来定给谁看。")
    return (
        Verdict.of(problem.subject is None, "个人的不足只给本人和书记、副书记看，不能放开。")
        & (handles(actor, problem, (*LEADERS, Role.GROUP_LEADER, Role.SEAT_HEAD)) | found)
        & _signed(actor)
        & Verdict.of(problem.privacy != Privacy.PUBLIC, "已经公开了。")
    )


# --- mending ------------------------------------------------------------------------------------
def may_agree(actor: Actor, problem: Problem) -> Verdict:
    """Say what is done, by whom, until when."""
    return (
        _mends(actor, problem)
        & _signed(actor)
        & _in(problem, (ProblemState.OPEN,), "措施已经定过，要改请点“调整措施”。")
    )


def may_revise(actor: Actor, problem: Problem) -> Verdict:
    """Put other measures in the place of those agreed; the deadline stays."""
    return _mends(actor, problem) & _signed(actor) & _mending(problem, "不能再调整措施。")


def may_assign(actor: Actor, problem: Problem) -> Verdict:
    """Name another owner: the hands of the body. A person's own shortcoming stays his or hers."""
    return (
        Verdict.of(problem.subject is None, "个人的不足由本人来改，不能换人。")
        & handles(actor, problem, DECIDERS)
        & _signed(actor)
        & _in(problem, (*LIVE, ProblemState.SUBMITTED), "不用再换责任人。")
    )


def may_start(actor: Actor, problem: Problem) -> Verdict:
    """Begin to mend."""
    states = (ProblemState.AGREED, ProblemState.RETURNED)
    return _mends(actor, problem) & _signed(actor) & _in(problem, states, "不能再开始。")


def may_tick_off(actor: Actor, measure: Measure) -> Verdict:
    """Note that one measure is done: whoever has it, too."""
    problem = measure.problem
    own = Verdict.of(
        actor.is_person(measure.who), _mends(actor, problem).reason or "不是您的措施。"
    )
    return (
        (_mends(actor, problem) | own)
        & _signed(actor)
        & _mending(problem, "措施不用再记。")
        & Verdict.of(measure.done_on is None and measure.dropped_at is None, "这一条已经记过了。")
    )


def may_submit(actor: Actor, problem: Problem) -> Verdict:
    """Say that it is mended, and let somebody else look."""
    return _mends(actor, problem) & _signed(actor) & _mending(problem, "现在不能送验收。")


def may_take_back(actor: Actor, problem: Problem) -> Verdict:
    """Take back what one handed in, as long as nobody has verified it."""
    mine = actor.is_person(problem.submitted_by) or actor.is_person(problem.owner)
    return (
        Verdict.of(mine, "由送验收的人自己收回。")
        & _signed(actor)
        & _in(problem, (ProblemState.SUBMITTED,), "没有在等验收，收不回。")
    )


def may_drop_file(actor: Actor, problem: Problem) -> Verdict:
    """Take away a file that was attached by mistake, as long as nobody has verified it."""
    states = (*MENDING, ProblemState.SUBMITTED)
    return _mends(actor, problem) & _signed(actor) & _in(problem, states, "附件不能再动。")


def _mending(problem: Problem, otherwise: str) -> Verdict:
    return _in(problem, MENDING, otherwise)


# --- looking whether it is mended ---------------------------------------------------------------
def judges(actor: Actor, problem: Problem) -> Verdict:
    """Somebody else than who mends, handed in or is concerned: within the body and above; what was
    found from above, by those above, or who found it."""
    own = any(
        actor.is_person(person) for person in (problem.owner, problem.submitted_by, problem.subject)
    )
    return Verdict.of(
        not own, "整改的人、送验收的人和问题说的那个人不能自己验收，要由别人来。"
    ) & _place(actor, problem)


def _place(actor: Actor, problem: Problem) -> Verdict:
    body, top = problem.organisation, answering(problem.organisation)
    if problem.subject is not None:
        return _leads(actor, problem)
    finder = Verdict.of(actor.is_person(problem.raised_by), "由提出问题的人验收。")
    above = actor.holds_above(top, LOOKERS)
    if found_above(problem):
        return finder | Verdict.of(
            above, f"这个问题是上级找出来的，由{problem.found_for.name}这一级或者提出的人来验收。"
        )
    return finder | Verdict.of(
        above or _at_home(actor, problem, JUDGES),
        f"验收由{body.name}别的书记、委员、督查员，提出问题的人，或者上级来做。",
    )


def found_above(problem: Problem) -> bool:
    """Tell whether it was found in the name of a body above the one that mends it."""
    top, finder = answering(problem.organisation), problem.found_for.path
    return len(finder) < len(top) and top.startswith(finder)


def may_verify(actor: Actor, problem: Problem) -> Verdict:
    """Say that it is mended."""
    return (
        judges(actor, problem)
        & _signed(actor)
        & _in(problem, (ProblemState.SUBMITTED,), "没有在等验收。")
    )


may_send_back = may_verify
"""The same people send it back, with the reason."""


def may_close(actor: Actor, problem: Problem) -> Verdict:
    """Strike off what is verified."""
    return (
        judges(actor, problem)
        & _signed(actor)
        & _in(problem, (ProblemState.VERIFIED,), "验收通过了才能销号。")
    )


def may_reopen(actor: Actor, problem: Problem) -> Verdict:
    """Say that it was not mended after all, or came back: also whoever mends it."""
    done = (ProblemState.VERIFIED, ProblemState.CLOSED, ProblemState.EXPLAINED)
    return (
        (_mends(actor, problem) | _place(actor, problem))
        & _signed(actor)
        & _in(problem, done, "还没有了结，不用重新打开。")
    )


# --- more time, or no way -----------------------------------------------------------------------
def may_ask_extension(actor: Actor, problem: Problem) -> Verdict:
    """Ask for more time."""
    return (
        _mends(actor, problem)
        & _signed(actor)
        & _in(problem, MENDING, "现在不用申请延期。")
        & Verdict.of(
            not problem.extensions.filter(state=ExtensionState.ASKED).exists(),
            "已经申请过一次延期，上级还没有批。",
        )
    )


def may_answer_extension(actor: Actor, extension: Extension) -> Verdict:
    """Grant more time or refuse it, with the reason: the superior."""
    problem = extension.problem
    own = any(actor.is_person(who) for who in (problem.owner, extension.asked_by, problem.subject))
    return (
        _superior(actor, problem)
        & _signed(actor)
        & Verdict.of(not own, "这是您自己要延的期，要由别人来批。")
        & Verdict.of(extension.state == ExtensionState.ASKED, "这次延期已经批过了。")
    )


def _superior(actor: Actor, problem: Problem) -> Verdict:
    body = problem.organisation
    if problem.subject is not None:
        return _leads(actor, problem)
    if not paths.parent(answering(body)):
        return Verdict.of(
            _at_home(actor, problem, KEEPERS),
            f"{body.name}上面没有上级，由本级另一位书记、副书记或活动办来批。",
        )
    inside = any(
        hat.organisation.path in {body.path, answering(body)} and hat.role in HANDS
        for hat in actor.hats
    )
    return Verdict.of(
        actor.holds_above(answering(body), KEEPERS) and not inside,
        f"延期由{body.name}上级的书记、副书记或活动办来批，写明理由。",
    )


def may_explain(actor: Actor, problem: Problem) -> Verdict:
    """Say that it cannot be solved now: why, or in which steps later."""
    return handles(actor, problem, DECIDERS) & _signed(actor) & _in(problem, LIVE, "不用再作说明。")
