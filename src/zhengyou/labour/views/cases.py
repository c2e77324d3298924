"""Cases: open one, and everything that is done about it."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from zhengyou.campaigns.views.asking import ask, sent
from zhengyou.files.actions import receive
from zhengyou.files.bad_file import BadFile
from zhengyou.kernel.verdict import Refused
from zhengyou.labour import rules
from zhengyou.labour.actions import cases
from zhengyou.labour.forms import (
    CaseForm,
    CloseForm,
    LaterForm,
    MemberForm,
    NoteForm,
    StepForm,
    WordsForm,
)
from zhengyou.labour.kinds import TITLES
from zhengyou.labour.models import CaseKind, LabourCase, Outcome, Part, Signal
from zhengyou.labour.queries.pages import case_page
from zhengyou.labour.views.finding import (
    actor_of,
    body_of,
    case_of,
    confidential,
    crumbs,
    others_in,
    people_near,
    signal_of,
    step_of,
    to_case,
)
from zhengyou.people.views.trying import attempt, form_page


@confidential
def new(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Open a case; ``?signal=`` takes a signal up."""
    body, actor = body_of(request, organisation), actor_of(request)
    taken = _signal(request, request.GET.get("signal", ""))
    initial: dict[str, Any] = {"key": uuid4()}
    if taken is not None:
        initial |= {"about": taken.kind, "text": taken.text, "signal": taken.uid}
    form = CaseForm(sent(request), others=others_in(body, actor.person), initial=initial)

    def save() -> None:
        given = {**form.cleaned_data, "kind": CaseKind(form.cleaned_data["kind"])}
        given["signal"] = _signal(request, str(given["signal"] or ""))
        form.made = cases.open_case(actor, body, **given)  # type: ignore[attr-defined]

    if attempt(form, save):
        messages.success(request, "收下了，各步的日子排好了。")
        return redirect("labour:case", form.made.uid)  # type: ignore[attr-defined]
    back = ("预警和调解", reverse("labour:home"))
    return form_page(request, form, title="收一件争议", yes="收下", back=back, intro=body.name)


@confidential
def case(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a case."""
    found, actor = case_of(request, uid), actor_of(request)
    context = {
        "page": case_page(found), "may": rules.may_work(actor, found),
        "may_reopen": rules.may_reopen(actor, found), "crumbs": crumbs((f"{found.number}号", "")),
    }  # fmt: skip
    return render(request, "labour/case.html", context)


@confidential
def step(request: HttpRequest, uid: UUID, step: UUID) -> HttpResponse:
    """Say that a step was taken."""
    found, actor = step_of(request, uid, step), actor_of(request)
    rules.may_do(actor, found).require()
    form = StepForm(sent(request))
    if attempt(form, lambda: cases.take_step(actor, found, **form.cleaned_data)):
        messages.success(request, "记下了。")
        return redirect("labour:case", uid)
    return _form(request, found.case, form, TITLES[found.code], "办了")


@confidential
def later(request: HttpRequest, uid: UUID, step: UUID) -> HttpResponse:
    """Give a step a later day."""
    found, actor = step_of(request, uid, step), actor_of(request)
    rules.may_do(actor, found).require()
    form = LaterForm(sent(request))
    if attempt(form, lambda: cases.move_step(actor, found, **form.cleaned_data)):
        messages.success(request, "延期了，理由也记下了。")
        return redirect("labour:case", uid)
    return _form(request, found.case, form, f"延期：{TITLES[found.code]}", "延期")


@confidential
def mediate(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down what was said at a mediation."""
    found, actor = case_of(request, uid), actor_of(request)
    rules.may_work(actor, found).require()
    form = NoteForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid() and _noted(request, found, form):
        messages.success(request, "笔录记下了。")
        return redirect("labour:case", uid)
    context = {"form": form, "crumbs": to_case(found, ("调解笔录", ""))}
    return render(request, "labour/note.html", context, status=422 if form.errors else 200)


def _noted(request: HttpRequest, found: LabourCase, form: NoteForm) -> bool:
    given = dict(form.cleaned_data)
    try:
        files = [receive(each, each.name) for each in given.pop("attached")]
        cases.note_mediation(actor_of(request), found, files=files, **given)
    except (Refused, BadFile) as problem:
        form.add_error(None, problem.reason)
        return False
    return True


@confidential
def members(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Name somebody on a case, or keep somebody away."""
    found, actor = case_of(request, uid), actor_of(request)
    rules.may_work(actor, found).require()
    form = MemberForm(sent(request), people=people_near(found.organisation))

    def save() -> None:
        cases.name(actor, found, form.cleaned_data["person"], Part(form.cleaned_data["part"]))

    if attempt(form, save):
        messages.success(request, "记下了。")
        return redirect("labour:case", uid)
    return _form(request, found, form, "谁来办，谁回避", "定下")


@confidential
def unname(request: HttpRequest, uid: UUID, member: UUID) -> HttpResponse:
    """Take somebody off a case, after a question."""
    found, actor = case_of(request, uid), actor_of(request)
    row = get_object_or_404(found.members.filter(until=None).select_related("person"), uid=member)

    def do() -> HttpResponse:
        cases.unname(actor, found, row.person)
        return redirect("labour:case", uid)

    return ask(request, rules.may_name(actor, found, row.person), do, yes="去掉",
               title=f"把{row.person.name}从这个案件上去掉？",
               back=reverse("labour:case", args=[uid]))  # fmt: skip


@confidential
def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End a case."""
    found, actor = case_of(request, uid), actor_of(request)
    rules.may_work(actor, found).require()
    form = CloseForm(sent(request))

    def save() -> None:
        given = form.cleaned_data
        cases.close(actor, found, Outcome(given["outcome"]), given["words"])

    if attempt(form, save):
        messages.success(request, "办结了。")
        return redirect("labour:case", uid)
    return _form(request, found, form, "办结", "办结")


@confidential
def reopen(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take an ended case up again."""
    found, actor = case_of(request, uid), actor_of(request)
    rules.may_reopen(actor, found).require()
    form = WordsForm(sent(request))
    if attempt(form, lambda: cases.reopen(actor, found, form.cleaned_data["words"])):
        messages.success(request, "重新办理。")
        return redirect("labour:case", uid)
    return _form(request, found, form, "重新办理", "重新办理")


# --- inside -------------------------------------------------------------------------------------
def _signal(request: HttpRequest, typed: str) -> Signal | None:
    if not typed:
        return None
    try:
        return signal_of(request, UUID(typed))
    except ValueError:
        raise Http404 from None


def _form(request: HttpRequest, found: LabourCase, form: Any, title: str, yes: str) -> HttpResponse:
    back = (f"{found.number}号", reverse("labour:case", args=[found.uid]))
    return form_page(request, form, title=title, yes=yes, back=back)
