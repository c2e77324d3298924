"""One suggestion or piece: its page, and all that is done with it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhengyou.campaigns.views.asking import sent
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.views.trying import attempt, form_page
from zhengyou.voices import rules
from zhengyou.voices.actions import adopting, climbing, screening, suggesting
from zhengyou.voices.forms.ideas import MergeForm, ReasonForm, WordsForm
from zhengyou.voices.models import Said, Suggestion
from zhengyou.voices.models.suggestion import OPEN
from zhengyou.voices.queries.suggestion import view_of
from zhengyou.voices.views.ideas_finding import actor_of, idea_crumbs, suggestion_of

Why = Callable[[Actor, Suggestion, str], object]
WHY: dict[str, tuple[str, str, Why]] = {
    "not_chosen": (
        "不选这一条",
        "不选",
        lambda a, s, r: screening.screen(a, [s], Said.NOT_CHOSEN, r),
    ),
    "returned": ("退回补充", "退回", lambda a, s, r: screening.screen(a, [s], Said.RETURNED, r)),
    "again": ("重新筛这一条", "重新筛", screening.screen_again),
    "back": ("撤回上报", "撤回", climbing.call_back),
    "decline": ("不采纳", "不采纳", adopting.decline),
    "withdraw": ("撤回这一条", "撤回", suggesting.withdraw),
}
"""What is asked with a reason: do → title, button, verb."""
AT_ONCE: dict[str, tuple[str, Callable[[Actor, Suggestion], object]]] = {
    "chosen": ("选上了。", lambda a, s: screening.screen(a, [s], Said.CHOSEN)),
    "up": ("报上去了。", climbing.go_up),
    "part": ("分开了，单独等着筛。", screening.part),
}
"""What is done at a press: do → what is told, verb."""


@login_required
@require_safe
def suggestion(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a suggestion with its way, and what the viewer may do with it."""
    row = suggestion_of(request, uid)
    crumbs = idea_crumbs(row)
    crumbs[-1] = (row.title, "")
    context = {"row": row, "view": view_of(actor_of(request), row), "crumbs": crumbs}
    return render(request, "voices/ideas/suggestion.html", context)


@login_required
@require_POST
def do(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Do what a press does."""
    row, what = suggestion_of(request, uid), request.POST.get("do", "")
    if what not in AT_ONCE:
        return redirect("voices:suggestion", uid)
    told, verb = AT_ONCE[what]
    verb(actor_of(request), row)
    messages.success(request, told)
    return redirect("voices:suggestion", uid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def why(request: HttpRequest, uid: UUID, what: str) -> HttpResponse:
    """Ask for the reason, then do it."""
    row, actor = suggestion_of(request, uid), actor_of(request)
    if what not in WHY:
        return redirect("voices:suggestion", uid)
    title, yes, verb = WHY[what]
    _asked(actor, row, what).require()
    form = ReasonForm(sent(request))
    if attempt(form, lambda: verb(actor, row, form.cleaned_data["reason"])):
        messages.success(request, f"{yes}了，理由写的人看得到。")
        return _after(request, row)
    back = (row.title, reverse("voices:suggestion", args=[uid]))
    return form_page(request, form, title=title, yes=yes, back=back, intro=row.title)


def _asked(actor: Actor, row: Suggestion, what: str) -> Verdict:
    """Whether the actor may, before a reason is typed."""
    if what in ("not_chosen", "returned"):
        return rules.may_screen(actor, row)
    if what == "back":
        return rules.may_call_back(actor, row, climbing.last_ascent(row))
    may = {"again": rules.may_screen_again, "decline": rules.may_decide}
    return may.get(what, rules.may_withdraw)(actor, row)


def _after(request: HttpRequest, row: Suggestion) -> HttpResponse:
    """Back to the suggestion where it still exists for the actor, else to the call."""
    seen = Suggestion.objects.filter(rules.visible_suggestions(actor_of(request)), pk=row.pk)
    if seen.exists():
        return redirect("voices:suggestion", row.uid)
    return redirect("voices:call", row.box.uid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rewrite(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Complete what was returned, and send it again."""
    row, actor = suggestion_of(request, uid), actor_of(request)
    rules.may_rewrite(actor, row).require()
    now = {"title": row.title, "text": row.text, "small": row.small}
    form = WordsForm(sent(request), initial=now)
    if row.composite:
        form.fields["text"].max_length = suggesting.LONGEST_PIECE  # type: ignore[attr-defined]
        form.fields["text"].validators = []
        del form.fields["small"]
    if attempt(form, lambda: suggesting.rewrite(actor, row, form.words())):
        messages.success(request, "补好送上去了。")
        return redirect("voices:suggestion", uid)
    last = row.screenings.filter(answer=Said.RETURNED).last()
    back = (row.title, reverse("voices:suggestion", args=[uid]))
    intro = f"退回的理由：{last.reason}" if last else ""
    return form_page(request, form, title="补充以后再送", yes="再送", back=back, intro=intro)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Merge it into another one of the same call and level."""
    row, actor = suggestion_of(request, uid), actor_of(request)
    rules.may_merge(actor, row).require()
    others = Suggestion.objects.filter(
        box=row.box, holder=row.holder, state__in=OPEN, composite=False
    ).exclude(pk=row.pk)
    form = MergeForm(sent(request), others=others.order_by("title"))
    if attempt(form, lambda: screening.merge(actor, [row], form.cleaned_data["into"])):
        messages.success(request, "并好了，建议人都还在。")
        return redirect("voices:suggestion", form.cleaned_data["into"].uid)
    back = (row.title, reverse("voices:suggestion", args=[uid]))
    return form_page(request, form, title="并入相近的建议", yes="并入", back=back, intro=row.title)
