"""Common problems: gather them, answer them, take one out again."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Organisation
from zhengyou.people.views.trying import attempt, form_page
from zhengyou.problems.actions import gathering as verbs
from zhengyou.problems.forms.gathering import AnswerForm, GatherForm, LetGoForm, MembersForm
from zhengyou.problems.models import GatheredProblem, Problem
from zhengyou.problems.queries import gathering as query
from zhengyou.problems.rules import gathering as rules
from zhengyou.problems.rules import visible_problems
from zhengyou.work.views.finding import body_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def gather(request: ActorRequest, organisation: UUID) -> HttpResponse:
    """Gather what bodies below have in common into one problem of this body."""
    body = body_of(request, organisation)
    rules.may_gather(request.actor, body).require()
    sent = _sent(request, body)
    if sent is not None:
        return redirect("problems:common", sent.uid)
    rows = query.offered(request.actor, body)
    first = {"with": request.GET.getlist("with"), "key": uuid4(), "title": _title(request, rows)}
    form = GatherForm(_typed(request), rows=rows, initial=first)
    made: list[Problem] = []

    def verb() -> None:
        given = {name: form.cleaned_data[name] for name in ("title", "text", "deadline", "key")}
        made.append(verbs.gather(request.actor, body, form.members, **given))

    if request.method == "POST" and attempt(form, verb):
        messages.success(request, "归在一起了，责任在本级。")
        return redirect("problems:common", made[0].uid)
    return _chooser(request, body, form, rows, "归并共性问题")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Put further problems into a common one."""
    found = _common(request, uid)
    rules.may_answer(request.actor, found).require()
    rows = query.offered(request.actor, found.organisation)
    rows = [row for row in rows if row.pk != found.pk]
    form = MembersForm(_typed(request), rows=rows)
    if request.method == "POST" and attempt(
        form, lambda: verbs.join(request.actor, found, form.members)
    ):
        messages.success(request, "归进来了。")
        return redirect("problems:common", uid)
    return _chooser(request, found.organisation, form, rows, f"再归一些到“{found.title}”")


def _chooser(
    request: ActorRequest, body: Organisation, form: MembersForm, rows: list[Problem], title: str
) -> HttpResponse:
    context = {
        "body": body,
        "form": form,
        "rows": rows,
        "hints": query.hints(rows),
        "title": title,
        "crumbs": _crumbs(body, (title, "")),
    }
    status = 422 if form.errors else 200
    return render(request, "problems/common/gather.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def common(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Show a common problem with its members and answers; answer it."""
    found = _common(request, uid)
    may = rules.may_answer(request.actor, found)
    form = AnswerForm(_typed(request))
    if request.method == "POST":
        may.require()
        if attempt(form, lambda: verbs.answer(request.actor, found, **form.cleaned_data)):
            messages.success(request, "答复了，归进来的组织都看得到。")
            return redirect("problems:common", uid)
    context = {
        "problem": found,
        "found": query.common_of(request.actor, found),
        "form": form,
        "may_answer": may,
        "crumbs": _crumbs(found.organisation, (found.title, found.url), ("共性问题", "")),
    }
    status = 422 if form.errors else 200
    return render(request, "problems/common/common.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def let_go(request: ActorRequest, uid: UUID, member: UUID) -> HttpResponse:
    """Take a problem out again."""
    found = _common(request, uid)
    rules.may_answer(request.actor, found).require()
    rows = GatheredProblem.objects.filter(gathered=found, left_at=None)
    link = get_object_or_404(
        rows.select_related("member__organisation", "member__owner", "gathered__organisation"),
        member__uid=member,
    )
    form = LetGoForm(_typed(request))
    back = ("共性问题", reverse("problems:common", args=[uid]))
    if request.method == "POST" and attempt(
        form, lambda: verbs.let_go(request.actor, link, form.cleaned_data["why"])
    ):
        messages.success(request, "拿出来了，由原来的组织自己改。")
        return redirect(back[1])
    title = f"把{link.member.organisation.name}的问题拿出来"
    return form_page(request, form, title=title, yes="拿出来", back=back)


def _sent(request: ActorRequest, body: Organisation) -> Problem | None:
    """Return what the same form has made already: what it gathered is not offered any more."""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        return None
    return Problem.objects.filter(organisation=body, form_key=key).first()


def _typed(request: ActorRequest) -> QueryDict | None:
    """Return what was sent, even where nothing was chosen; None where the page is only opened."""
    return request.POST if request.method == "POST" else None


def _common(request: ActorRequest, uid: UUID) -> Problem:
    rows = Problem.objects.filter(visible_problems(request.actor), source_kind=verbs.KIND)
    return get_object_or_404(rows.select_related("organisation__parent"), uid=uid)


def _title(request: ActorRequest, rows: list[Problem]) -> str:
    """Return what it would be called: as the first of those chosen in the address."""
    chosen = request.GET.getlist("with")
    return next((row.title for row in rows if str(row.uid) in chosen), "")


def _crumbs(body: Organisation, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    home = reverse("people:organisation", args=[body.uid])
    return [("工作台", "/desk/"), (body.name, home), *steps]
