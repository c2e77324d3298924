"""One person: what is known, the numbers in full (a fact), the record amended."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhengyou.people import rules
from zhengyou.people.actions import record, standings
from zhengyou.people.forms.persons import AmendForm, CircumstanceForm, OnForm, StandingForm
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Circumstance, Person
from zhengyou.people.queries.history import facts_about
from zhengyou.people.queries.person import person_page
from zhengyou.people.views import finding
from zhengyou.people.views.shaping import FORM
from zhengyou.people.views.trying import attempt, form_page


def of(person: Person) -> tuple[str, str]:
    """Return where a form about a person leads back to."""
    return person.name, reverse("people:person", args=[person.uid])


@login_required
@require_safe
def person(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Show a person: to fellow members the name and posts, to who keeps the roll all of it."""
    return _show(request, finding.person(request, uid))


def _show(
    request: ActorRequest, who: Person, numbers: record.Numbers | None = None
) -> HttpResponse:
    page, actor = person_page(who), request.actor
    may_see = rules.may_see_person_record(actor, who, page.bodies)
    context = {
        "page": page,
        "numbers": numbers,
        "may_see": may_see,
        "may_see_full": rules.may_see_full_numbers(actor, who, page.bodies),
        "may_amend": rules.may_amend(actor, page.bodies),
        "may_close_account": rules.may_close_account(actor, page.bodies)
        & rules.may_hand_key(actor, page.posts_held),
        "facts": facts_about(who.ref) if may_see else [],
    }
    return render(request, "people/person.html", context)


@login_required
@never_cache
@require_POST
def numbers(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Show the page once with the numbers in full; that somebody looked is a fact."""
    who = finding.person(request, uid)
    return _show(request, who, record.reveal_numbers(request.actor, who))


@login_required
@FORM
def amend(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Correct the record."""
    who = finding.person(request, uid)
    rules.may_amend(request.actor, who.bodies()).require()
    form = AmendForm(request.POST or None, person=who)
    if attempt(form, lambda: record.amend(request.actor, who, form.changes)):
        messages.success(request, "改好了。")
        return redirect("people:person", who.uid)
    return form_page(request, form, title=f"改{who.name}的信息", yes="存下", back=of(who))


@login_required
@FORM
def standing(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Set 人员类别 from a date on."""
    who = finding.person(request, uid)
    rules.may_amend(request.actor, who.bodies()).require()
    form = StandingForm(request.POST or None)
    if attempt(form, lambda: standings.set_standing(request.actor, who, **form.cleaned_data)):
        messages.success(request, f"{who.name}现在是{form.cleaned_data['kind'].label}。")
        return redirect("people:person", who.uid)
    return form_page(
        request, form, title=f"改{who.name}的人员类别", yes="存下", back=of(who),
        intro="入党日期、转正日期空着的，会按这里填的补上。",
    )  # fmt: skip


@login_required
@FORM
def circumstance(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Note 失联, 流动, 停止党籍 from a date on."""
    who = finding.person(request, uid)
    rules.may_amend(request.actor, who.bodies()).require()
    form = CircumstanceForm(request.POST or None)
    if attempt(form, lambda: standings.note_circumstance(request.actor, who, **form.cleaned_data)):
        messages.success(request, "记下了。")
        return redirect("people:person", who.uid)
    return form_page(request, form, title=f"记{who.name}的特殊情况", yes="记下", back=of(who))


@login_required
@FORM
def circumstance_end(request: ActorRequest, uid: UUID, pk: int) -> HttpResponse:
    """Note from when it is over."""
    who = finding.person(request, uid)
    rules.may_amend(request.actor, who.bodies()).require()
    row = finding.row(Circumstance.objects.filter(person=who), pk=pk)
    form = OnForm(request.POST or None)
    if attempt(form, lambda: standings.end_circumstance(request.actor, row, **form.cleaned_data)):
        messages.success(request, "记下了。")
        return redirect("people:person", who.uid)
    title = f"{who.name}的“{row.get_kind_display()}”结束了"
    return form_page(request, form, title=title, yes="记下", back=of(who))
