"""Who reviews. Nobody reviews the own pledge, whoever stands in."""

from django.db.models import CharField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Substr

from zhengyou.campaigns.models import Subject
from zhengyou.kernel import clock, paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Post, Role
from zhengyou.people.rules import KEEPERS, followed_by
from zhengyou.pledges.models import Fulfilment, Pledge, PledgeItem
from zhengyou.pledges.rules.ground import BRANCH, NOBODY, may_go_on


def reviewable_pledges(actor: Actor) -> Q:
    """Return the pledges that ``actor`` may review in the hat worn, whatever their state."""
    return _decidable(actor, "", "submitted_by")


def confirmable(actor: Actor) -> Q:
    """Return the fulfilments that ``actor`` may confirm: as a reviewer of the body that confirms,
    which after a transfer need not be the body of the pledge."""
    return Q(standing=True) & _decidable(actor, "item__pledge__", "by")


def _decidable(actor: Actor, pledge: str, author: str) -> Q:
    """Return the rows of which ``actor`` decides.

    Args:
        pledge: relation from a row to its pledge; the row's own ``organisation`` decides.
        author: who wrote the row, and does not decide where it is a body's.
    """
    if actor.person is None or actor.hat is None or actor.hat.role is None:
        return NOBODY
    path, role, me = actor.hat.organisation.path, actor.hat.role, actor.person
    here, below = Q(organisation__path=path), paths.within("organisation__path", path)
    of_person = Q(**{f"{pledge}subject": Subject.PERSON}) & ~Q(**{f"{pledge}person": me})
    of_body = Q(**{f"{pledge}subject": Subject.ORGANISATION}) & ~Q(**{author: me})
    vacant = ~Q(Exists(_reviewer_in_post(pledge)))
    # Where the body is no more, the one where the person is today stands in its place.
    came = followed_by(actor.hat.organisation, "organisation", f"{pledge}person") & of_person
    nobody_here = ~Q(Exists(_reviewer_in_post(pledge, actor.hat.organisation)))
    may = of_person & (here | came) & Q(**{f"{pledge}rule__reviewer": role})
    if role in KEEPERS:
        may |= (of_person & below & vacant) | (came & nobody_here)
        may |= of_body & below & ~here
    if role in BRANCH:
        top = here & ~Q(Exists(_keepers_above(path)))
        may |= top & (of_body | (of_person & vacant))
        may |= came & nobody_here & ~Q(Exists(_keepers_above(path)))
    return may


def may_review(actor: Actor, pledge: Pledge) -> Verdict:
    """Review the items of a pledge, and send out the results."""
    if actor.is_person(pledge.person):
        return Verdict.no("自己的承诺不能自己审，要由副书记或者上级来审。")
    if not pledge.of_person and actor.is_person(pledge.submitted_by):
        return Verdict.no("这份承诺是您送审的，要由别人来审。")
    return may_go_on(pledge.campaign) & Verdict.of(
        Pledge.objects.filter(reviewable_pledges(actor), pk=pledge.pk).exists(),
        _who_reviews(pledge),
    )


def may_confirm(actor: Actor, said: Fulfilment) -> Verdict:
    """Confirm what somebody said became of a promise, or differ. Nobody confirms the own."""
    pledge = said.item.pledge
    if actor.is_person(pledge.person):
        return Verdict.no("自己的承诺不能自己确认，要由副书记或者上级来确认。")
    if not pledge.of_person and actor.is_person(said.by):
        return Verdict.no("这是您写的兑现情况，要由别人来确认。")
    return may_go_on(pledge.campaign) & Verdict.of(
        Fulfilment.objects.filter(confirmable(actor), pk=said.pk).exists(),
        _who_confirms(pledge, said),
    )


def _who_confirms(pledge: Pledge, said: Fulfilment) -> str:
    if not said.standing:
        return "本人后来又改过，请看最后写的那一次。"
    if not pledge.of_person:
        return f"{pledge.organisation.name}的承诺由上级的书记、副书记或者活动办来确认。"
    role = Role(pledge.rule.reviewer).label
    if said.organisation_id != pledge.organisation_id:
        return f"到期的时候人在{said.organisation.name}，由{said.organisation.name}{role}来确认。"
    return f"这份承诺由{said.organisation.name}{role}来确认。"


def may_pass(item: PledgeItem) -> Verdict:
    """Pass an item: not before the public has had its days."""
    until = item.announced_until
    return Verdict.of(
        not item.announced, f"征求意见到{until.month}月{until.day}日，之后再审。" if until else "-"
    )


def _who_reviews(pledge: Pledge) -> str:
    if not pledge.of_person:
        return f"{pledge.organisation.name}的承诺由上级的书记、副书记或者活动办来审。"
    return f"这份承诺由{pledge.organisation.name}{Role(pledge.rule.reviewer).label}来审。"


def _reviewer_in_post(pledge: str, body: Organisation | None = None) -> QuerySet[Post]:
    """Whoever holds the reviewer's post at ``body``, the pledger left out; None: at the body of
    the outer row."""
    return Post.objects.on(clock.today()).filter(
        ~Q(person=OuterRef(f"{pledge}person")),
        organisation=body or OuterRef("organisation"),
        role=OuterRef(f"{pledge}rule__reviewer"),
    )


def _keepers_above(path: str) -> QuerySet[Post]:
    return Post.objects.on(clock.today()).filter(
        organisation__path__in=paths.ancestors(path), role__in=KEEPERS
    )


def nearer(path: str, pledge: str = "") -> QuerySet[Post]:
    """Keepers between ``path`` and the body of the outer row; for a person's pledge those of the
    body itself count, without the one who pledges.

    Args:
        pledge: relation from the outer row to its pledge.
    """
    steps = range(paths.depth(path) + 1, paths.DEPTH + 1)
    line = [Substr(OuterRef("organisation__path"), 1, step * paths.WIDTH) for step in steps]
    subject = ExpressionWrapper(OuterRef(f"{pledge}subject"), output_field=CharField())
    posts: QuerySet[Post] = Post.objects.on(clock.today())
    return (
        # By equality with each body on the line, so that an index finds them one by one.
        posts.filter(role__in=KEEPERS, organisation__path__in=line)
        .annotate(whose=subject)
        .exclude(person_id=Coalesce(OuterRef(f"{pledge}person_id"), 0))  # 0: nobody is left out
        .exclude(organisation=OuterRef("organisation"), whose=Subject.ORGANISATION)
    )
