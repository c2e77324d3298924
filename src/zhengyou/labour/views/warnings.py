"""The room's first page, early warnings, who sits there, numbers."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from zhengyou.campaigns.views.asking import ask, sent
from zhengyou.labour import rules
from zhengyou.labour.actions import seats, warnings
from zhengyou.labour.forms import SeatForm, SignalForm, WordsForm
from zhengyou.labour.kinds import KINDS
from zhengyou.labour.models import Level, Mediator, SeatPart
from zhengyou.labour.queries.pages import LEVELS, group_of, home_of
from zhengyou.labour.queries.totals import totals_of
from zhengyou.labour.views.finding import (
    actor_of,
    body_of,
    confidential,
    crumbs,
    others_in,
    people_near,
    signal_of,
)
from zhengyou.people.models import Organisation
from zhengyou.people.rules import visible_organisations
from zhengyou.people.views.trying import attempt, form_page


@confidential
def home(request: HttpRequest) -> HttpResponse:
    """Show what exists for whoever looks; for most that is nothing."""
    actor = actor_of(request)
    context = {
        "home": home_of(actor), "totals": rules.may_see_totals(actor),
        "seats": rules.seats_for(actor),
        "crumbs": [*crumbs()[:1], ("预警和调解", "")],
    }  # fmt: skip
    return render(request, "labour/home.html", context)


@confidential
def note(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Note a signal."""
    body, actor = body_of(request, organisation), actor_of(request)
    others = others_in(body, actor.person)
    form = SignalForm(sent(request), others=others, initial={"key": uuid4()})
    if attempt(form, lambda: warnings.note(actor, body, **form.cleaned_data)):
        urgent = form.cleaned_data["level"] == "red"
        messages.success(request, "记下了，马上告诉了组里的人。" if urgent else "记下了。")
        return redirect("labour:home")
    back = ("预警和调解", reverse("labour:home"))
    return form_page(request, form, title="记一个苗头", yes="记下", back=back, intro=body.name)


@confidential
def signal(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a signal; settle it, or take it up as a case."""
    found, actor = signal_of(request, uid), actor_of(request)
    form = WordsForm(sent(request))
    if attempt(form, lambda: warnings.settle(actor, found, form.cleaned_data["words"])):
        messages.success(request, "化解了，记下了。")
        return redirect("labour:home")
    context = {
        "signal": found, "what": KINDS[found.kind], "form": form,
        "kind": LEVELS[Level(found.level)],
        "may": rules.may_settle(actor, found), "crumbs": crumbs(("苗头", "")),
        "case": getattr(found, "case", None),
    }  # fmt: skip
    return render(request, "labour/signal.html", context, status=422 if form.errors else 200)


# --- who sits there -------------------------------------------------------------------------------
def _body(request: HttpRequest, uid: UUID) -> Organisation:
    return get_object_or_404(
        Organisation.objects.filter(visible_organisations(actor_of(request))), uid=uid
    )


@confidential
def group(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Show who sits in the group of a body, and seat somebody."""
    body, actor = _body(request, organisation), actor_of(request)
    rules.may_seat(actor, body).require()
    form = SeatForm(sent(request), people=people_near(body))

    def seat() -> None:
        given = form.cleaned_data
        seats.seat(actor, body, given["person"], SeatPart(given["part"]))

    if attempt(form, seat):
        messages.success(request, f"{form.cleaned_data['person'].name}从今天起在组里。")
        return redirect("labour:group", body.uid)
    way = [(body.name, reverse("people:organisation", args=[body.uid])), ("预警调解组", "")]
    context = {"body": body, "seats": group_of(body), "form": form, "crumbs": way}
    return render(request, "labour/group.html", context, status=422 if form.errors else 200)


@confidential
def unseat(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End a seat, after a question."""
    row = get_object_or_404(Mediator.objects.select_related("organisation", "person"), uid=uid)
    body, actor = _body(request, row.organisation.uid), actor_of(request)

    def do() -> HttpResponse:
        seats.unseat(actor, row)
        messages.success(request, f"{row.person.name}从今天起不在组里，组里的事对他不存在。")
        return redirect("labour:group", body.uid)

    back = reverse("labour:group", args=[body.uid])
    return ask(request, rules.may_seat(actor, body), do, title=f"{row.person.name}不再在组里？",
               yes="不再在组里", back=back)  # fmt: skip


@confidential
def totals(request: HttpRequest) -> HttpResponse:
    """Show numbers that name nobody, of the hat's body and all below it together."""
    actor = actor_of(request)
    rules.may_see_totals(actor).require()
    assert actor.hat is not None  # the rule has asked
    context = {
        "body": actor.hat.organisation, "totals": totals_of(actor.hat.organisation),
        "crumbs": crumbs(("合计", "")),
    }  # fmt: skip
    return render(request, "labour/totals.html", context)
