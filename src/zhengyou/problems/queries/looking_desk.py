"""What self-checks put on 工作台, my own and that of the body I lead, nobody else is told;
and what has climbed to that body."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.kernel import clock, paths
from zhengyou.kernel.errands import Errand
from zhengyou.people.actor import Actor
from zhengyou.people.models import Standing
from zhengyou.people.rules import LEADERS
from zhengyou.problems import looking
from zhengyou.problems.looking import Window
from zhengyou.problems.models import CatalogueItem, CheckState, SelfCheck
from zhengyou.problems.queries import climbing_desk
from zhengyou.ui.text import long_date

SOON = 7
"""Days before the end of the window in which it presses."""


def todo_for(actor: Actor) -> list[Errand]:
    """Return what is to be looked at while the window is open. Three queries."""
    if actor.person is None:
        return []
    runs = [run for run in _runs(actor) if Window.of(run).holds(clock.today())]
    if not runs:
        return []
    member = Standing.objects.on(clock.today()).filter(
        person=actor.person, kind__in=looking.MEMBERS
    )
    found = [_mine(run) for run in runs if _asks_me(actor, run)] if member.exists() else []
    return found + [_of_body(actor, run) for run in runs if _asks_body(actor, run)]


def waiting_for(actor: Actor) -> list[Errand]:
    """Return what has climbed to the body whose hat is worn; self-checks await no decision."""
    return climbing_desk.waiting_for(actor)


def _runs(actor: Actor) -> list[Campaign]:
    bodies = [*actor.memberships, *([actor.hat.organisation] if actor.hat else [])]
    line = {step for each in bodies for step in (each.path, *paths.ancestors(each.path))}
    done = SelfCheck.objects.filter(campaign=OuterRef("pk"), state=CheckState.DONE)
    since = Q(on__gte=OuterRef("mending_terms__phase__starts_on")) | Q(
        campaign__mending_terms__phase=None
    )
    body = actor.hat.organisation if actor.hat else None
    rows = Campaign.objects.filter(
        state=CampaignState.OPEN, organisation__path__in=line,
        pk__in=CatalogueItem.objects.values("campaign"),
    ).annotate(
        i_looked=Exists(done.filter(since, person=actor.person)),
        body_looked=Exists(done.filter(since, person=None, organisation=body)),
    )  # fmt: skip
    return list(
        rows.select_related("organisation", "mending_terms__phase")
        .prefetch_related("catalogue_items")
        .order_by("pk")
    )


def _asks_me(actor: Actor, run: Campaign) -> bool:
    roles = {hat.role.value for hat in actor.hats if hat.role}
    top = run.organisation.path
    inside = any(paths.is_within(body.path, top) for body in actor.memberships)
    asked = any(item.is_for_person(roles) for item in run.catalogue_items.all())
    return inside and asked and not run.i_looked  # type: ignore[attr-defined]


def _asks_body(actor: Actor, run: Campaign) -> bool:
    if actor.hat is None or actor.hat.role not in LEADERS:
        return False
    asked = looking.items_of_body(run, actor.hat.organisation)
    return bool(asked) and not run.body_looked  # type: ignore[attr-defined]


def _mine(run: Campaign) -> Errand:
    return _errand(run, "对照突出问题，查一查自己", reverse("problems:my_check", args=[run.uid]))


def _of_body(actor: Actor, run: Campaign) -> Errand:
    assert actor.hat is not None  # asked before
    body = actor.hat.organisation
    url = reverse("problems:self_check", args=[body.uid, run.uid])
    return _errand(run, f"{body.name}对照突出问题查摆", url)


def _errand(run: Campaign, title: str, url: str) -> Errand:
    until = Window.of(run).until
    left = (until - clock.today()).days
    return Errand(
        "due" if left < SOON else "todo", "快到了" if left < SOON else "没查",
        title, f"“{run.title}”里的，没有的也是回答", f"{long_date(until)}前", url, "去查", until,
    )  # fmt: skip
