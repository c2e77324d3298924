"""From within: the board of a body, writing, publishing, correcting, taking off."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_safe

from zhengyou.campaigns.views.asking import ask, sent
from zhengyou.disclosure import periods, rules
from zhengyou.disclosure.actions import publishing
from zhengyou.disclosure.content import Words
from zhengyou.disclosure.forms import CorrectionForm, ItemForm, WhyForm
from zhengyou.disclosure.models import DisclosedItem, DisclosureTopic
from zhengyou.disclosure.queries.board import board_of
from zhengyou.disclosure.queries.late import closes_of
from zhengyou.disclosure.queries.pages import beginning, item_page
from zhengyou.disclosure.views.finding import Crumbs, actor_of, body_of, item_of, to_board, topic_of
from zhengyou.disclosure.views.public import year_in, years_of
from zhengyou.files.actions import receive
from zhengyou.files.bad_file import BadFile
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.people.forms.fields import day_of
from zhengyou.people.views.trying import attempt, form_page

ASKED = ["GET", "HEAD", "POST"]


@login_required
@require_safe
def board(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Show what a body lays open, for its own people included, and lead to what is to be done."""
    body, actor = body_of(request, organisation), actor_of(request)
    rules.may_see_board(actor, body).require()
    day = day_of(request)
    shown = board_of(body, day, year_in(request), public=False)
    context = {
        "board": shown, "day": day, "today": clock.today(), "may": rules.may_draft(actor, body),
        "crumbs": [*to_board(body)[:-1], ("公开事项", "")],
        "years": years_of(shown),
    }  # fmt: skip
    return render(request, "disclosure/board.html", context)


@login_required
@require_http_methods(ASKED)
def new(request: HttpRequest, organisation: UUID, topic: UUID, start: str) -> HttpResponse:
    """Write what is laid open for a period; it begins with the words of the last time."""
    body, actor = body_of(request, organisation), actor_of(request)
    rules.may_draft(actor, body).require()
    found, day = topic_of(topic, start)
    turn = periods.turn_from(found, body, day)
    initial = {**beginning(found, body, turn.label), "key": uuid4()}
    form = ItemForm(found, sent(request), request.FILES or None, initial=initial)

    def write(files: list[Any]) -> DisclosedItem:
        key = form.cleaned_data["key"]
        return publishing.draft(actor, found, body, day, form.words, key=key, files=files)

    return _answer(request, form, write, found, to_board(body, (found.title, "")), turn.label)


@login_required
@require_safe
def item(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one item from within, with what may be done."""
    found, actor = item_of(request, uid), actor_of(request)
    context = {
        "page": item_page(found, closes_of(found)),
        "crumbs": to_board(found.organisation, (str(found), "")),
        "may": {
            name: getattr(rules, f"may_{name}")(actor, found)
            for name in ("edit", "submit", "send_back", "publish", "correct", "withdraw", "discard")
        },
    }
    return render(request, "disclosure/item.html", context)


@login_required
@require_http_methods(ASKED)
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Go on with a draft."""
    found, actor = item_of(request, uid), actor_of(request)
    rules.may_edit(actor, found).require()
    form = ItemForm(found.topic, sent(request), request.FILES or None, initial=_as_it_is(found))

    def write(files: list[Any]) -> DisclosedItem:
        publishing.save(actor, found, form.words, seen=_seen(form), files=files)
        return found

    return _answer(request, form, write, found.topic, _crumbs(found, "改"), found.period)


@login_required
@require_http_methods(ASKED)
def correct(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put corrected words beside the published ones."""
    found, actor = item_of(request, uid), actor_of(request)
    rules.may_correct(actor, found).require()
    initial = _as_it_is(found)
    form = CorrectionForm(found.topic, sent(request), request.FILES or None, initial=initial)

    def write(files: list[Any]) -> DisclosedItem:
        why = form.cleaned_data["why"]
        publishing.correct(actor, found, form.words, why, seen=_seen(form), files=files)
        return found

    crumbs = _crumbs(found, "更正")
    return _answer(request, form, write, found.topic, crumbs, found.period, correcting=True)


@login_required
@require_http_methods(ASKED)
def publish(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Lay it open, after a question."""
    found, actor = item_of(request, uid), actor_of(request)

    def do() -> HttpResponse:
        publishing.publish(actor, found)
        messages.success(request, f"“{found}”公开了。")
        return redirect("disclosure:item", found.uid)

    return ask(
        request, rules.may_publish(actor, found), do, title=f"公开“{found}”？", yes="公开",
        text="公开以后不能改，写错了只能更正，原来的也留着。", back=_url(found),
    )  # fmt: skip


@login_required
@require_http_methods(ASKED)
def submit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask somebody else to look at it."""
    found, actor = item_of(request, uid), actor_of(request)

    def do() -> HttpResponse:
        publishing.submit(actor, found)
        messages.success(request, "送去核对了，核对的人看过就公开。")
        return redirect("disclosure:item", found.uid)

    return ask(
        request, rules.may_submit(actor, found), do, title=f"请人核对“{found}”？", yes="请人核对",
        back=_url(found),
    )  # fmt: skip


@login_required
@require_http_methods(ASKED)
def discard(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Throw a draft away, after a question."""
    found, actor = item_of(request, uid), actor_of(request)

    def do() -> HttpResponse:
        body = found.organisation
        publishing.discard(actor, found)
        messages.success(request, "删去了。")
        return redirect("disclosure:board", body.uid)

    return ask(
        request, rules.may_discard(actor, found), do, title=f"删去“{found}”这份草稿？", yes="删去",
        back=_url(found),
    )  # fmt: skip


@login_required
@require_http_methods(ASKED)
def send_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Return it with a word."""
    found, actor = item_of(request, uid), actor_of(request)
    rules.may_send_back(actor, found).require()
    form = WhyForm(sent(request))
    if attempt(form, lambda: publishing.send_back(actor, found, form.cleaned_data["why"])):
        messages.success(request, "退回了。")
        return redirect("disclosure:item", found.uid)
    back = (str(found), _url(found))
    return form_page(request, form, title=f"退回“{found}”", yes="退回", back=back)


@login_required
@require_http_methods(ASKED)
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take off what should not have been shown."""
    found, actor = item_of(request, uid), actor_of(request)
    rules.may_withdraw(actor, found).require()
    form = WhyForm(sent(request))
    if attempt(form, lambda: publishing.withdraw(actor, found, form.cleaned_data["why"])):
        messages.success(request, "撤下了。页面上写着撤下的日子和理由。")
        return redirect("disclosure:item", found.uid)
    intro = "只在公开了不该公开的（比如个人信息）时撤下；写错了请用更正。理由大家都看得到。"
    back = (str(found), _url(found))
    return form_page(
        request, form, title=f"撤下“{found}”", yes="撤下", back=back, intro=intro, danger=True
    )


# --- inside -------------------------------------------------------------------------------------
def _answer(
    request: HttpRequest,
    form: ItemForm,
    write: Callable[[list[Any]], DisclosedItem],
    topic: DisclosureTopic,
    crumbs: Crumbs,
    period: str,
    correcting: bool = False,
) -> HttpResponse:
    """Write what was sent, or show the form with what is wrong."""
    status = 200
    if request.method == "POST":
        status, found = _written(form, write)
        if found is not None:
            return _go_on(request, found, correcting)
    context = {
        "form": form, "topic": topic, "crumbs": crumbs, "period": period, "correcting": correcting,
    }  # fmt: skip
    return render(request, "disclosure/write.html", context, status=status)


def _written(
    form: ItemForm, write: Callable[[list[Any]], DisclosedItem]
) -> tuple[int, DisclosedItem | None]:
    if not form.is_valid():
        return 422, None
    try:
        files = [receive(each, each.name) for each in form.cleaned_data["attached"]]
        return 200, write(files)
    except (Refused, BadFile) as problem:
        form.add_error(None, problem.reason)
        return 422, None
    except Stale as stale:
        form.add_error(None, stale.reason)
        return 409, None


def _go_on(request: HttpRequest, found: DisclosedItem, correcting: bool) -> HttpResponse:
    if correcting:
        messages.success(request, "更正了，原来公开的也留着。")
    elif "publish" in request.POST:
        actor = actor_of(request)
        try:
            publishing.publish(actor, item_of(request, found.uid))
            messages.success(request, f"“{found}”公开了。")
        except Refused as refusal:
            messages.warning(request, f"存下了，还没有公开：{refusal.reason}")
    else:
        messages.success(request, "存下了，还没有公开。")
    return redirect("disclosure:item", found.uid)


def _as_it_is(found: DisclosedItem) -> dict[str, Any]:
    last = found.versions.last()
    assert last is not None  # an item has one from the beginning
    words = Words.of(last)
    return {
        "title": words.title, "text": words.text, "figures": words.figures,
        "seen": found.changed_at.isoformat(),
    }  # fmt: skip


def _seen(form: ItemForm) -> Any:
    return parse_datetime(form.cleaned_data["seen"]) if form.cleaned_data["seen"] else None


def _url(found: DisclosedItem) -> str:
    return reverse("disclosure:item", args=[found.uid])


def _crumbs(found: DisclosedItem, here: str) -> Crumbs:
    return to_board(found.organisation, (str(found), _url(found)), (here, ""))
