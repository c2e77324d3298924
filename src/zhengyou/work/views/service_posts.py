"""Posts of service of a body, one post, and members' share of all holders."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhengyou.campaigns.views.asking import ask, sent
from zhengyou.campaigns.views.finding import own_body
from zhengyou.kernel import clock
from zhengyou.people.forms.fields import day_of
from zhengyou.people.views.trying import attempt, form_page
from zhengyou.work.actions import service_posts as verbs
from zhengyou.work.forms.service import AssignForm, DutiesForm, PostForm
from zhengyou.work.models import (
    PostOffer,
    ResourceOffer,
    RotaOffer,
    ServiceKind,
    ServicePost,
)
from zhengyou.work.models.service import COUNTED
from zhengyou.work.queries import service as query
from zhengyou.work.rules import service as rules
from zhengyou.work.views import service_finding as finding
from zhengyou.work.views.service_finding import actor_of, body_of, post_of

FORM = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def posts(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Show the posts of a body with who holds them, on any past day."""
    body, actor = body_of(request, organisation), actor_of(request)
    page = query.posts_page(actor, body, day_of(request))
    may = rules.may_keep_posts(actor, body)
    context = {
        "body": body, "page": page, "may": may, "today": clock.today(),
        "campaigns": list(query.running_above(body)),
        "crumbs": finding.crumbs(body, ("服务岗位", "")),
        "title": f"{body.name}，{len(page.lines)} 个岗位里 {page.held} 个有人",
    }  # fmt: skip
    return render(request, "work/service/posts.html", context)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Lead to the posts of the body of the hat that is worn."""
    body = own_body(request)
    return redirect("work:posts", body.uid) if body else redirect("/desk/")


@login_required
@require_safe
def sheet(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Print the posts with duties and holders, for the notice board."""
    body = body_of(request, organisation)
    context = {"body": body, "page": query.posts_page(actor_of(request), body, clock.today())}
    return render(request, "work/service/posts_sheet.html", context)


@login_required
@FORM
def new(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Open a post; ``?offer=`` begins with what a campaign proposes."""
    body, actor = body_of(request, organisation), actor_of(request)
    rules.may_keep_posts(actor, body).require()
    offers = PostOffer.objects.filter(campaign__in=query.running_above(body))
    offer = offered(request, offers)
    names = ("title", "kind", "duties")
    form = PostForm(sent(request), initial=given_by(offer, names))
    if attempt(form, lambda: verbs.open_post(actor, body, offer=offer, **form.said)):
        messages.success(request, f"“{form.said['title']}”设好了。")
        return redirect("work:posts", body.uid)
    back = ("服务岗位", reverse("work:posts", args=[body.uid]))
    return form_page(request, form, title="设一个岗位", yes="设岗", back=back)


def offered[Offer: (PostOffer, RotaOffer, ResourceOffer)](
    request: HttpRequest, offers: QuerySet[Offer]
) -> Offer | None:
    """Return what a campaign proposes and is taken up here."""
    try:
        uid = UUID(request.POST.get("offer") or request.GET.get("offer", ""))
    except ValueError:
        return None
    return offers.filter(uid=uid).first()


def given_by(offer: object | None, names: Iterable[str]) -> dict[str, object]:
    """Return what a form begins with."""
    if offer is None:
        return {}
    return {name: getattr(offer, name) for name in names} | {"offer": getattr(offer, "uid", None)}


@login_required
@require_safe
def share(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Show members' share of all holders at each month's end, here and below."""
    body, day = body_of(request, organisation), day_of(request)
    kind = request.GET.get("kind", "")
    kinds = [kind] if kind in COUNTED else list(COUNTED)
    line = query.share_over(day, body, kinds)
    choices = [{"title": "三种岗一起", "url": f"?day={day}", "current": len(kinds) > 1}] + [
        {"title": each.label, "url": f"?kind={each.value}&day={day}", "current": kinds == [each]}
        for each in COUNTED
    ]
    pct = line[-1].pct
    context = {
        "title": f"服务岗位上，党员占 {pct}%" if pct else "服务岗位上还没有人",
        "body": body, "line": line, "day": day, "today": clock.today(),
        "kinds": choices, "crumbs": finding.to_posts(body, ("党员占多少", "")),
    }  # fmt: skip
    return render(request, "work/service/share.html", context)


# --- one post -----------------------------------------------------------------------------------
@login_required
@require_safe
def post(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one post: duties, who holds it, who has asked, its log."""
    found, actor = post_of(request, uid), actor_of(request)
    page = query.post_page(actor, found)
    leads = [(row, rules.may_answer(actor, row), actor.is_person(row.person)) for row in page.asked]
    lines = [
        (line, rules.may_end_holding(actor, line.holder), rules.may_check_log(actor, line.holder),
         rules.may_give_deputy(actor, line.holder))
        for line in page.holders
    ]  # fmt: skip
    mine = any(actor.is_person(row.person) for row in page.asked) or any(
        actor.is_person(line.holder.person) for line in page.holders
    )
    context = {
        "post": found, "page": page, "lines": lines, "asked": leads, "mine": mine,
        "may_change": rules.may_change_post(actor, found),
        "may_choose": rules.may_choose(actor, found),
        "crumbs": finding.to_posts(found.organisation, (found.title, "")),
        "logged": found.kind == ServiceKind.WORK,
    }  # fmt: skip
    return render(request, "work/service/post.html", context)


@login_required
@FORM
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Word the duties of a post anew."""
    found, actor = post_of(request, uid), actor_of(request)
    rules.may_change_post(actor, found).require()
    form = DutiesForm(sent(request), initial={"duties": found.duties, "place": found.place})
    if attempt(form, lambda: verbs.change_post(actor, found, **form.cleaned_data)):
        return redirect("work:post", found.uid)
    return form_page(request, form, title=f"改“{found.title}”", yes="存下", back=_to(found))


@login_required
@require_POST
def choose(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Choose a post for oneself."""
    found = post_of(request, uid)
    verbs.choose(actor_of(request), found, request.POST.get("reason", ""))
    messages.success(request, f"选了“{found.title}”，等书记同意。")
    return redirect("work:post", found.uid)


@login_required
@FORM
def assign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a post to somebody at once."""
    found, actor = post_of(request, uid), actor_of(request)
    rules.may_change_post(actor, found).require()
    form = AssignForm(sent(request), people=finding.people_of(found.organisation))

    def give() -> None:
        data = form.cleaned_data
        verbs.assign(actor, found, data["person"] or data["label"], since=data["since"])

    if attempt(form, give):
        messages.success(request, f"“{found.title}”安排好了。")
        return redirect("work:post", found.uid)
    return form_page(request, form, title=f"安排谁到“{found.title}”", yes="安排", back=_to(found))


@login_required
@FORM
def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Close a post, after asking."""
    found, actor = post_of(request, uid), actor_of(request)

    def do() -> HttpResponse:
        verbs.close_post(actor, found)
        messages.success(request, f"“{found.title}”撤了。")
        return redirect("work:posts", found.organisation.uid)

    return ask(
        request, rules.may_change_post(actor, found), do, title=f"撤掉“{found.title}”？",
        text="在岗的人今天离岗，做过的事都留着。", yes="撤岗", back=_to(found)[1],
    )  # fmt: skip


@login_required
@require_POST
def carry(request: HttpRequest, organisation: UUID, uid: UUID) -> HttpResponse:
    """Carry a post of a body that ended on in this one."""
    body, actor = body_of(request, organisation), actor_of(request)
    old = get_object_or_404(
        ServicePost.objects.select_related("organisation"), uid=uid,
        organisation__in=query.forebears(body),
    )  # fmt: skip
    new_post = verbs.carry_on(actor, old, body)
    messages.success(request, f"“{new_post.title}”由{body.name}接着办了。")
    return redirect("work:posts", body.uid)


def _to(found: ServicePost) -> tuple[str, str]:
    return (found.title, reverse("work:post", args=[found.uid]))
