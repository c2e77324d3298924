"""Freeze, enter the seed, name, annul, replace: what is done once and before everybody."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from zhengyou.campaigns.views.asking import sent
from zhengyou.inspections import rules
from zhengyou.inspections.actions import draws
from zhengyou.inspections.forms.planning import FreezeForm, NameForm, PublicReasonForm, SeedForm
from zhengyou.inspections.models import SeedSource
from zhengyou.inspections.views import finding
from zhengyou.inspections.views.finding import actor_of, inspection_of, visit_of
from zhengyou.people.models import Organisation
from zhengyou.people.views.trying import attempt, form_page

FORM = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@FORM
def freeze(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Freeze the list and say where the seed will come from."""
    found, actor = inspection_of(request, uid), actor_of(request)
    rules.may_freeze(actor, found).require()
    form = FreezeForm(sent(request))
    if attempt(form, lambda: draws.freeze(actor, found, form.announced())):
        messages.success(request, "名单封存了，校验码已经公开。")
        return redirect("inspections:inspection", found.uid)
    return form_page(
        request, form, title="封存名单，公布校验码", yes="封存", back=finding.step_of(found),
        intro="封存以后名单和方案不能再改。校验码马上公开，种子以后才知道：谁也挑不了结果。",
    )  # fmt: skip


@login_required
@FORM
def seed(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Enter the seed; the draw follows at once."""
    found, actor = inspection_of(request, uid), actor_of(request)
    rules.may_enter_seed(actor, found).require()
    draw = found.draw
    form = SeedForm(sent(request), single=draw.source == SeedSource.DICE)
    if attempt(form, lambda: draws.enter_seed(actor, found, form.cleaned_data["seed"],
                                              form.cleaned_data["witnesses"])):  # fmt: skip
        messages.success(request, "抽好了，结果已经公开。")
        return redirect("inspections:inspection", found.uid)
    count = f"一共 {draw.seed_count} 个数" if draw.seed_count else "每次掷两颗，需要几次掷几次"
    return form_page(
        request, form, title="录入种子并抽签", yes="录入并抽签", back=finding.step_of(found),
        intro=f"{draw.source_words}。{count}，每个 {draw.seed_least} 到 {draw.seed_most}。"
        "只能录入一次。",
    )  # fmt: skip


@login_required
@FORM
def name(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Name the bodies and begin."""
    found, actor = inspection_of(request, uid), actor_of(request)
    rules.may_name(actor, found).require()
    bodies = Organisation.objects.filter(rules.within_scope(found)).order_by("path")
    form = NameForm(sent(request), bodies=bodies)
    if attempt(form, lambda: draws.name_bodies(actor, found, **form.cleaned_data)):
        messages.success(request, "开始了。")
        return redirect("inspections:inspection", found.uid)
    return form_page(request, form, title="指定单位并开始", yes="开始", back=finding.step_of(found))


@login_required
@FORM
def annul(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Annul in public."""
    found, actor = inspection_of(request, uid), actor_of(request)
    rules.may_annul(actor, found).require()
    form = PublicReasonForm(sent(request))
    if attempt(form, lambda: draws.annul(actor, found, form.cleaned_data["reason"])):
        messages.success(request, "已作废，理由已经公开。")
        return redirect("inspections:inspection", found.uid)
    return form_page(
        request, form, title=f"作废“{found.title}”", yes="作废", back=finding.step_of(found),
        danger=True,
        intro="名单、种子、结果照样公开，注明作废和理由。要重来另拟一次，页面上看得到接替的是哪一次。",
    )  # fmt: skip


@login_required
@FORM
def replace(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put the next of the reserve in the place of a body."""
    visit, actor = visit_of(request, uid), actor_of(request)
    rules.may_replace(actor, visit).require()
    form = PublicReasonForm(sent(request))

    def do() -> None:
        new = draws.replace(actor, visit, form.cleaned_data["reason"])
        words = f"换成{new.organisation.name}。" if new else "已换下，这一层没有备选了。"
        messages.success(request, words)

    if attempt(form, do):
        return redirect("inspections:inspection", visit.inspection.uid)
    return form_page(
        request, form, title=f"把{visit.organisation.name}换成备选单位", yes="换",
        back=finding.visit_step(visit), intro="换成同一层备选的第一个，理由会公开。",
    )  # fmt: skip
