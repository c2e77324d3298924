"""Rotas of a body, one rota, its changes, its sheet, and what is written down in a turn."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from zhengyou.campaigns.views.asking import ask, sent
from zhengyou.kernel import clock, onward
from zhengyou.people.forms.fields import day_of
from zhengyou.people.models import Organisation
from zhengyou.people.views.trying import attempt, form_page
from zhengyou.work.actions import rotas as verbs
from zhengyou.work.forms.service import (
    OrderForm,
    PauseForm,
    ReasonForm,
    RecordTurnForm,
    RotaForm,
    TurnForm,
    WhomForm,
)
from zhengyou.work.models import Cadence, RecordKind, Rota, RotaOffer, TurnChange, Whom
from zhengyou.work.queries import rotas as query
from zhengyou.work.queries.service import forebears, running_above
from zhengyou.work.rotas import Book, Turn
from zhengyou.work.rules import service as rules
from zhengyou.work.views import service_finding as finding
from zhengyou.work.views.service_finding import actor_of, body_of, rota_of
from zhengyou.work.views.service_posts import FORM, given_by, offered

AHEAD = timedelta(days=180)


@login_required
@require_safe
def rotas(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Show the rotas of a body with whose turn it is."""
    body, actor = body_of(request, organisation), actor_of(request)
    page = query.rotas_page(actor, body, day_of(request))
    context = {
        "body": body, "page": page, "today": clock.today(),
        "may": rules.may_keep_rotas(actor, body),
        "crumbs": finding.crumbs(body, ("值班表", "")),
        "title": f"{body.name}，{len(page.lines)} 张值班表",
    }  # fmt: skip
    return render(request, "work/service/rotas.html", context)


@login_required
@FORM
def new(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Draw up a rota: first of whom it is made, then the rest; ``?offer=`` begins with what a
    campaign proposes."""
    body, actor = body_of(request, organisation), actor_of(request)
    rules.may_keep_rotas(actor, body).require()
    offer = offered(request, RotaOffer.objects.filter(campaign__in=running_above(body)))
    asked = request.POST.get("whom") or request.GET.get("whom") or (offer.whom if offer else "")
    back = ("值班表", reverse("work:rotas", args=[body.uid]))
    if asked not in Whom.values or (request.method == "POST" and "title" not in request.POST):
        return _ask_whom(request, back)
    whom = Whom(asked)
    form = RotaForm(sent(request), known=finding.known_of(whom, body),
                    initial=_given(offer, whom, body))  # fmt: skip
    if attempt(form, lambda: verbs.open_rota(actor, body, whom=whom, offer=offer, **form.said)):
        messages.success(request, f"“{form.said['title']}”排好了。")
        return redirect("work:rotas", body.uid)
    intro = f"轮到的是{whom.label}。"
    return form_page(request, form, title="排一张值班表", yes="排好", back=back, intro=intro)


def _ask_whom(request: HttpRequest, back: tuple[str, str]) -> HttpResponse:
    """Ask of whom the rota is made."""
    form = WhomForm(sent(request))
    if form.is_valid():
        return redirect(f"{request.path}?whom={form.cleaned_data['whom'].value}")
    return form_page(request, form, title="排一张值班表", yes="下一步", back=back)


def _given(offer: RotaOffer | None, whom: Whom, body: Organisation) -> dict[str, object]:
    """Return what the form begins with: what the campaign proposes, and who there is to take."""
    given = given_by(offer, ("title", "cadence", "daily", "task"))
    record = offer.record_kind if offer else RecordKind.DUTY_WEEK
    names = finding.known_of(whom, body) or ()
    return {"cadence": Cadence.WEEK, "whom": whom, "record": record, **given,
            "order": "\n".join(names)}  # fmt: skip


# --- one rota -----------------------------------------------------------------------------------
@login_required
@require_safe
def rota(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show whose turn it is, what comes, what was written down and handed over."""
    found, actor = rota_of(request, uid), actor_of(request)
    page = query.rota_page(actor, found)
    context = {
        "rota": found, "page": page, "inside": rules.may_see_inside(actor, found.organisation),
        "may_change": rules.may_change_rota(actor, found),
        "may_record": rules.may_record_turn(actor, found), "today": clock.today(),
        "crumbs": finding.to_rotas(found.organisation, (found.title, "")),
    }  # fmt: skip
    return render(request, "work/service/rota.html", context)


@login_required
@require_safe
def sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Print the turns from this one on for half a year."""
    found = rota_of(request, uid)
    today = clock.today()
    context = {"rota": found, "turns": query.sheet(found, today, today + AHEAD), "today": today}
    return render(request, "work/service/rota_sheet.html", context)


@login_required
@FORM
def record(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down what was done on a day, and hand over what was found."""
    found, actor = rota_of(request, uid), actor_of(request)
    rules.may_record_turn(actor, found).require()
    people = finding.people_of(found.organisation)
    form = RecordTurnForm(sent(request), rota=found, people=people)

    def note() -> None:
        data = form.cleaned_data
        verbs.record_turn(actor, found, on=data["on"], text=data["text"], key=data["key"],
                          finds=form.finds())  # fmt: skip

    if attempt(form, note):
        messages.success(request, f"“{found.title}”记好了。")
        return redirect("work:rota", found.uid)
    today = Book.of(found).turn_on(clock.today())
    said = f"今天轮到{today.who}" if today and today.taker else "今天没有人值班，可以补记前几天的"
    context = {
        "rota": found, "form": form, "sub": said,
        "crumbs": finding.to_rotas(found.organisation, _to(found), ("记一笔", "")),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "work/service/record_turn.html", context, status=status)


@login_required
@FORM
def order(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Set another order from the next turn on."""
    found, actor = rota_of(request, uid), actor_of(request)
    rules.may_change_rota(actor, found).require()
    slots = list(found.orders.all())[-1].slots.all()
    form = OrderForm(
        sent(request), known=finding.known_of(Whom(found.whom), found.organisation),
        initial={"order": "\n".join(slot.who for slot in slots)},
    )  # fmt: skip
    if attempt(form, lambda: verbs.reorder(actor, found, form.cleaned_data["order"])):
        messages.success(request, "次序改好了，从下一轮起。")
        return redirect("work:rota", found.uid)
    return form_page(
        request, form, title=f"改“{found.title}”的次序", yes="存下", back=_to(found),
        intro="从下一轮起照新的次序，过去的轮次不变。",
    )  # fmt: skip


@login_required
@FORM
def pause(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let nobody have a turn for some days."""
    found, actor = rota_of(request, uid), actor_of(request)
    rules.may_change_rota(actor, found).require()
    form = PauseForm(sent(request))
    if attempt(form, lambda: verbs.pause(actor, found, **form.cleaned_data)):
        messages.success(request, "停值的日子记下了。")
        return redirect("work:rota", found.uid)
    return form_page(
        request, form, title=f"“{found.title}”停值", yes="停值", back=_to(found),
        intro="停值的一轮跳过去，轮到的顺延到下一轮。",
    )  # fmt: skip


@login_required
@FORM
def turn(request: HttpRequest, uid: UUID, day: date) -> HttpResponse:
    """Change one turn: swap, stand in."""
    found, actor = rota_of(request, uid), actor_of(request)
    rules.may_change_rota(actor, found).require()
    this = _turn(found, day)
    coming = Book.of(found).turns(clock.today(), clock.today() + AHEAD)
    others = [each for each in coming if each.taker is not None and each.first != this.first]
    known = finding.known_of(Whom(found.whom), found.organisation)
    form = TurnForm(sent(request), others=others, known=known)

    def change() -> None:
        data = form.cleaned_data
        if data["other"]:
            verbs.swap(actor, found, this, _turn(found, data["other"]), data["reason"])
        else:
            verbs.stand_in(actor, found, this, data["who"], data["reason"])

    if attempt(form, change):
        messages.success(request, "这一轮改好了。")
        return redirect("work:rota", found.uid)
    title = f"{this.first:%-m月%-d日}这一轮是{this.who}，改一改"
    return form_page(request, form, title=title, yes="改好", back=_to(found))


def _turn(found: Rota, day: date) -> Turn:
    this = Book.of(found).turn_on(day)
    if this is None or this.taker is None:
        raise Http404("nobody has a turn then")
    return this


@login_required
@FORM
def restore(request: HttpRequest, uid: UUID, day: date) -> HttpResponse:
    """Let a turn go by the order again."""
    found, actor = rota_of(request, uid), actor_of(request)
    rules.may_change_rota(actor, found).require()
    this = _turn(found, day)
    form = ReasonForm(sent(request))
    if attempt(form, lambda: verbs.restore(actor, found, this, **form.cleaned_data)):
        messages.success(request, TurnChange.BACK.label)
        return redirect("work:rota", found.uid)
    title = f"{this.first:%-m月%-d日}这一轮还照次序"
    return form_page(request, form, title=title, yes="照次序", back=_to(found))


@login_required
@FORM
def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End a rota, after asking."""
    found, actor = rota_of(request, uid), actor_of(request)

    def do() -> HttpResponse:
        verbs.close_rota(actor, found)
        messages.success(request, f"“{found.title}”停用了。")
        return redirect("work:rotas", found.organisation.uid)

    return ask(
        request, rules.may_change_rota(actor, found), do, title=f"停用“{found.title}”？",
        text="从今天起不再轮，记过的都留着。", yes="停用", back=_to(found)[1],
    )  # fmt: skip


@login_required
@require_POST
def carry(request: HttpRequest, organisation: UUID, uid: UUID) -> HttpResponse:
    """Carry a rota of a body that ended on in this one."""
    body = body_of(request, organisation)
    old = get_object_or_404(query.rows(), uid=uid, organisation__in=forebears(body))
    made = verbs.carry_on(actor_of(request), old, body)
    messages.success(request, f"“{made.title}”由{body.name}接着办了。")
    return redirect("work:rotas", body.uid)


@login_required
@FORM
def find(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what a patrol found; whom it was handed to takes it."""
    found, actor = finding.find_of(request, uid), actor_of(request)
    if request.method == "POST":
        verbs.take_find(actor, found)
        messages.success(request, "接下了。")
        return redirect("work:find", found.uid)
    context = {
        "find": found, "may_take": rules.may_take_find(actor, found),
        "crumbs": [finding.DESK, ("巡查发现", "")], "onward": onward.of(found.ref, actor),
    }  # fmt: skip
    return render(request, "work/service/find.html", context)


def _to(found: Rota) -> tuple[str, str]:
    return (found.title, reverse("work:rota", args=[found.uid]))
