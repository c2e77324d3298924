"""Writing bulletins: begin, choose, write over, send in, sign, publish, correct, read."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhengyou.campaigns.views.asking import ask, sent
from zhengyou.campaigns.views.finding import actor_of, own_body
from zhengyou.inspections.actions import bulletins as verbs
from zhengyou.inspections.forms.bulletins import (
    ALL,
    ArticleForm,
    FindingsForm,
    HeadForm,
    WhyForm,
)
from zhengyou.inspections.models.bulletin import Bulletin, BulletinArticle
from zhengyou.inspections.queries import bulletins as queries
from zhengyou.inspections.rules import bulletins as rules
from zhengyou.inspections.views.bulletins import crumbs, found_of, page_of, step
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.people.views.trying import attempt, form_page

FORM = require_http_methods(["GET", "HEAD", "POST"])
Rule = Callable[[Actor, Bulletin], Verdict]
Verb = Callable[[Actor, Bulletin], object]
ACTS: dict[str, tuple[Rule, Verb, str, str, str]] = {
    "submit": (rules.may_submit, verbs.submit, "送签吗？", "送签",
               "送出以后不能再改，直到签发的人退回来。"),
    "take-back": (rules.may_take_back, verbs.take_back, "收回来改吗？", "收回", ""),
    "approve": (rules.may_sign, verbs.approve, "签发吗？", "签发", "签发以后由起草的人印发。"),
    "publish": (rules.may_publish, verbs.publish, "印发吗？", "印发",
                "印发以后不能再改，只能出一版更正。"),
    "discard": (rules.may_edit, verbs.discard, "删去这份草稿吗？", "删去",
                "督查发现还在，只是不出这份通报了。"),
}  # fmt: skip
"""Rule, verb, question, words on the button, what follows."""


def _bodies(body: Organisation) -> list[Organisation]:
    return [body, *body.children.filter(closed_on=None).order_by("sort_key", "path")]


@login_required
@FORM
def new(request: HttpRequest) -> HttpResponse:
    """Begin a bulletin: its head, and the findings that it tells."""
    actor, body = actor_of(request), own_body(request)
    if body is None:
        raise Http404
    rules.may_draft(actor, body).require()
    head = HeadForm(_bodies(body), sent(request), {"number": verbs.suggested_number(body)})
    pick = FindingsForm(queries.choosable(actor, body, None), sent(request))
    made: list[Bulletin] = []

    def begin() -> None:
        made.append(verbs.begin(actor, body, head.head, pick.chosen))

    if pick.is_valid() and attempt(head, begin):
        messages.success(request, "每一条都照督查发现起草好了，看一遍，要改的改。")
        return redirect(page_of(made[0]))
    context = {"head": head, "pick": pick, "title": "起草通报", "yes": "起草",
               "crumbs": crumbs(("起草", ""))}  # fmt: skip
    status = 422 if head.is_bound else 200
    return render(request, "inspections/bulletins/new.html", context, status=status)


@login_required
@FORM
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write title, number, to whom, opening and demands."""
    actor, found = actor_of(request), found_of(request, uid)
    rules.may_edit(actor, found).require()
    initial = {
        "title": found.title, "number": found.number, "opening": found.opening,
        "closing": found.closing, "reach": ALL if found.public else str(found.scope.uid),
    }  # fmt: skip
    form = HeadForm(_bodies(found.organisation), sent(request), initial)
    if attempt(form, lambda: verbs.rewrite_head(actor, found, form.head)):
        messages.success(request, "存好了。")
        return redirect(page_of(found))
    return form_page(request, form, title="标题、文号、发给谁", yes="存下", back=step(found))


@login_required
@FORM
def findings(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Add articles about further findings."""
    actor, found = actor_of(request), found_of(request, uid)
    rules.may_edit(actor, found).require()
    form = FindingsForm(queries.choosable(actor, found.organisation, found), sent(request))
    if attempt(form, lambda: verbs.add(actor, found, form.chosen)):
        messages.success(request, "加好了，原来改过的字一个没动。")
        return redirect(page_of(found))
    context = {"pick": form, "title": "再选督查发现", "yes": "加上",
               "crumbs": crumbs(step(found), ("再选", ""))}  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "inspections/bulletins/new.html", context, status=status)


def _article(request: HttpRequest, uid: UUID, article: UUID) -> tuple[Bulletin, BulletinArticle]:
    found = found_of(request, uid)
    rules.may_edit(actor_of(request), found).require()
    rows = found.articles.select_related("finding", "organisation")
    row = get_object_or_404(rows, uid=article)
    row.bulletin = found
    return found, row


@login_required
@FORM
def article(request: HttpRequest, uid: UUID, article: UUID) -> HttpResponse:
    """Write over one article."""
    found, row = _article(request, uid, article)
    form = ArticleForm(row, sent(request))

    def write() -> None:
        data = form.cleaned_data
        verbs.write(actor_of(request), row, text=data["text"], seen=data["seen"],
                    deadline=data.get("deadline"))  # fmt: skip

    if attempt(form, write):
        messages.success(request, "存好了。")
        return redirect(f"{page_of(found)}#a-{row.uid}")
    intro = f"督查发现：{row.finding.text}"
    if row.overtaken:
        intro += "。照督查起草的字变了，下面已经和您改的合到一起，看一遍再存。"
    return form_page(
        request, form, title=f"{row.organisation.name}：{row.get_kind_display()}", yes="存下",
        here="改一条", back=step(found), intro=intro,
    )  # fmt: skip


@login_required
@FORM
def drop(request: HttpRequest, uid: UUID, article: UUID) -> HttpResponse:
    """Take an article out."""
    found, row = _article(request, uid, article)

    def do() -> HttpResponse:
        verbs.drop(actor_of(request), row)
        return redirect(page_of(found))

    return ask(
        request, Verdict.yes(), do, title="这一条不通报吗？", yes="去掉", back=page_of(found),
        text=row.words,
    )  # fmt: skip


@login_required
@FORM
def act(request: HttpRequest, uid: UUID, verb: str) -> HttpResponse:
    """Move a bulletin on; asked first where there are no scripts."""
    actor, found = actor_of(request), found_of(request, uid)
    if verb not in ACTS:
        raise Http404
    rule, move, title, yes, text = ACTS[verb]

    def do() -> HttpResponse:
        move(actor, found)
        messages.success(request, f"{yes}好了。")
        gone = verb == "discard"
        return redirect(reverse("inspections:bulletins") if gone else page_of(found))

    return ask(request, rule(actor, found), do, title=title, yes=yes, back=page_of(found),
               text=text)  # fmt: skip


@login_required
@FORM
def send_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send it back with a reason."""
    actor, found = actor_of(request), found_of(request, uid)
    rules.may_sign(actor, found).require()
    form = WhyForm(sent(request))
    if attempt(form, lambda: verbs.send_back(actor, found, form.cleaned_data["reason"])):
        messages.success(request, "退回去了。")
        return redirect(page_of(found))
    return form_page(request, form, title="退回去改", yes="退回", back=step(found))


@login_required
@FORM
def correct(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Begin a correction with a reason."""
    actor, found = actor_of(request), found_of(request, uid)
    rules.may_correct(actor, found).require()
    form = WhyForm(sent(request))
    made: list[Bulletin] = []

    def begin() -> None:
        made.append(verbs.correct(actor, found, form.cleaned_data["reason"]))

    if attempt(form, begin):
        messages.success(
            request, "新的一版照原样起草好了，改好再送签。印发以前，原来的一版还算数。"
        )
        return redirect(page_of(made[0]))
    return form_page(request, form, title="出一版更正", yes="起草更正", back=step(found),
                     intro="理由写在更正的最前面，收到的人都看得到。")  # fmt: skip


@login_required
@FORM
def read(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Sign for the body of the hat that it has read it."""
    actor, found, body = actor_of(request), found_of(request, uid), own_body(request)
    if body is None:
        raise Http404

    def do() -> HttpResponse:
        first = verbs.read(actor, found, body)
        messages.success(request, "签收了。" if first else f"{body.name}已经有人签收过了。")
        return redirect(page_of(found))

    verdict = rules.may_sign_for(actor, found, body)
    return ask(request, verdict, do, title=f"{body.name}签收吗？", yes="签收", back=page_of(found))
