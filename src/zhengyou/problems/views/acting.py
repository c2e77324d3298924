"""The verbs on a problem that ask for words: each a page with one form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from zhengyou.campaigns.views.asking import sent
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.views.trying import attempt, form_page
from zhengyou.problems import owners, rules, terms
from zhengyou.problems.actions import extending, judging, mending
from zhengyou.problems.forms.mending import (
    ExplainForm,
    ExtensionForm,
    OwnerForm,
    PlanForm,
    ReopenForm,
    WhyForm,
    WidenForm,
)
from zhengyou.problems.models import MENDING, Privacy, Problem
from zhengyou.problems.views.finding import page_of, problem_of, to_ledger
from zhengyou.problems.views.raising import ASKED


@dataclass(frozen=True, slots=True)
class Act:
    """A verb as a page: its rule, its form, what it does and what is said."""

    title: str
    yes: str
    done: str
    may: Callable[[Actor, Problem], Verdict]
    form: Callable[[Any, Problem], forms.Form]
    do: Callable[[Actor, Problem, dict[str, Any]], Any]
    intro: str = ""


ACTS = {
    "assign": Act(
        "换责任人", "换人", "责任人换好了。", rules.may_assign,
        lambda data, problem: OwnerForm(data, owners.people_of(problem.organisation)),
        lambda actor, problem, said: mending.assign(actor, problem, **said),
    ),
    "reopen": Act(
        "重新打开", "重新打开", "重新打开了，要重新定措施和期限。", rules.may_reopen,
        lambda data, _: ReopenForm(data, "为什么重新打开", "没有改好，或者又出现了。"),
        lambda actor, problem, said: judging.reopen(actor, problem, **said),
        "以前的措施、验收都留着。",
    ),
    "extend": Act(
        "申请延期", "申请", "申请送到上级了。", rules.may_ask_extension,
        lambda data, _: ExtensionForm(data),
        lambda actor, problem, said: extending.ask(actor, problem, **said),
        "由上级批；批下来以前，还按原来的期限算。",
    ),
    "explain": Act(
        "现在办不了，作说明", "说明", "说明写好了，提意见的人看得到。", rules.may_explain,
        lambda data, _: ExplainForm(data),
        lambda actor, problem, said: judging.explain(actor, problem, **said),
    ),
    "widen": Act(
        "让更多人看到", "放宽", "看得到的人放宽了。", rules.may_widen,
        lambda data, problem: WidenForm(data, Privacy(problem.privacy)),
        lambda actor, problem, said: judging.widen(actor, problem, **said),
        "只能放宽，不能再收窄。",
    ),
    "close": Act(
        "销号", "销号", "销号了。", rules.may_close,
        lambda data, _: _optional(WhyForm(data, "说一句", "可以不写。")),
        lambda actor, problem, said: judging.close(actor, problem, said["why"]),
        "验收通过了，从台账上销号；以后又出现可以重新打开。",
    ),
}  # fmt: skip


def _optional(form: WhyForm) -> WhyForm:
    form.fields["why"].required = False
    return form


@login_required
@ASKED
def act(request: ActorRequest, uid: UUID, verb: str) -> HttpResponse:
    """Do one of :data:`ACTS`."""
    found = problem_of(request, uid)
    what = ACTS.get(verb)
    if what is None:
        raise Http404("no such verb")
    what.may(request.actor, found).require()
    form = what.form(sent(request), found)
    if attempt(form, lambda: what.do(request.actor, found, form.cleaned_data)):
        messages.success(request, what.done)
        return redirect("problems:problem", found.uid)
    title = f"{what.title}：{found.title}"
    return form_page(
        request, form, title=title, yes=what.yes, back=page_of(found), here=what.title,
        intro=what.intro,
    )  # fmt: skip


@login_required
@ASKED
def plan(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Agree who mends it, how and until when; later, put other measures in their place."""
    found, actor = problem_of(request, uid), request.actor
    again = found.state in MENDING
    (rules.may_revise if again else rules.may_agree)(actor, found).require()
    form = _plan_form(request, found, again)

    def do() -> None:
        data = {**form.cleaned_data, "measures": form.measures}
        (mending.revise if again else mending.agree)(actor, found, **data)

    if attempt(form, do):
        messages.success(request, "措施定好了。")
        return redirect("problems:problem", found.uid)
    context = {
        "form": form, "problem": found, "again": again,
        "crumbs": to_ledger(request, found.organisation, page_of(found), ("定措施", "")),
    }  # fmt: skip
    return render(request, "problems/plan.html", context, status=422 if form.is_bound else 200)


def _plan_form(request: ActorRequest, found: Problem, again: bool) -> PlanForm:
    due = terms.usual_deadline(clock.today(), found.campaign).day
    hints = tuple(found.catalogue.hints) if found.catalogue else ()
    return PlanForm(
        sent(request), found, owners.people_of(found.organisation), again=again, hints=hints,
        initial={"owner": found.owner or found.subject, "deadline": found.deadline or due},
    )  # fmt: skip
