"""Boxes: mine and those of a body; set up, changed, opened, closed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhengyou.campaigns.models import Campaign
from zhengyou.campaigns.queries.campaigns import covering
from zhengyou.campaigns.views.asking import sent
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person
from zhengyou.people.queries.roll import persons_on
from zhengyou.people.views.trying import attempt, form_page
from zhengyou.voices import rules
from zhengyou.voices.actions import boxes as verbs
from zhengyou.voices.forms.boxes import BoxForm, places_text
from zhengyou.voices.models import Box, BoxKind, BoxOffer
from zhengyou.voices.queries import boxes as queries
from zhengyou.voices.views.finding import BOXES, DESK, actor_of, body_of, box_of

INTRO = "先存着，看过没有错再开箱；开箱以后大家才看得到。"


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List the boxes of the hat's body and those one collates, and what campaigns propose."""
    actor = actor_of(request)
    body = actor.hat.organisation if actor.hat else None
    seen = Box.objects.filter(rules.visible_boxes(actor)).exclude(kind=BoxKind.BURDEN)
    near = Q(collator=actor.person) | Q(organisation=body) if body else Q(collator=actor.person)
    may = rules.may_set_up(actor, body) if body else None
    context = {
        "rows": queries.rows(seen.filter(near)), "body": body, "may": may,
        "offers": queries.offered(body) if body and may else [], "crumbs": [DESK, ("征集意见", "")],
    }  # fmt: skip
    return render(request, "voices/boxes.html", context)


@login_required
@require_safe
def of_body(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """List the boxes of a body."""
    actor, body = actor_of(request), body_of(request, organisation)
    seen = Box.objects.filter(rules.visible_boxes(actor), organisation=body)
    may = rules.may_set_up(actor, body)
    context = {
        "rows": queries.rows(seen.exclude(kind=BoxKind.BURDEN)), "body": body, "may": may,
        "offers": queries.offered(body) if may else [], "crumbs": [BOXES, (body.name, "")],
    }  # fmt: skip
    return render(request, "voices/boxes.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Set up a box; ``?offer=`` begins with what a campaign proposes."""
    actor, body = actor_of(request), body_of(request, organisation)
    rules.may_set_up(actor, body).require()
    offer = _offer(request, body)
    form = BoxForm(sent(request), **_choices(body), initial=_proposed(actor, offer))
    made: list[Box] = []

    def set_up() -> None:
        run = offer.campaign if offer else form.cleaned_data["campaign"]
        made.append(verbs.set_up(actor, body, form.data_of_box, run, offer))

    if attempt(form, set_up):
        messages.success(request, f"“{made[0].title}”存好了，看过再开箱。")
        return redirect("voices:box", made[0].uid)
    return form_page(request, form, title="设一个征集箱", yes="存下", back=BOXES, intro=INTRO)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change a box that is not closed."""
    actor, box = actor_of(request), box_of(request, uid)
    rules.may_change(actor, box).require()
    form = BoxForm(sent(request), **_choices(box.organisation), box=box, initial=_as_is(box))
    if attempt(form, lambda: verbs.change(actor, box, form.data_of_box)):
        messages.success(request, "改好了。")
        return redirect("voices:box", box.uid)
    back = (box.title, f"/boxes/{box.uid}/")
    return form_page(request, form, title=f"修改“{box.title}”", yes="改好了", back=back)


@login_required
@require_POST
def move(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Open, close, open again, or hang up new codes."""
    actor, box = actor_of(request), box_of(request, uid)
    what: dict[str, tuple[Callable[[Actor, Box], Any], str]] = {
        "open": (verbs.open_box, "开箱了。把二维码印出来贴在门口，大家就能写了。"),
        "close": (verbs.close, "收箱了。已经收到的照样要办、要答复。"),
        "open_again": (verbs.open_again, "又开箱了，长期开着；要定到哪天，再改一改。"),
        "renew": (verbs.renew_doors, "旧的二维码不再算门口的了，请重新印、重新贴。"),
    }
    verb, told = what.get(request.POST.get("do", ""), (None, ""))
    if verb is None:
        raise Refused("没有选要做什么。")
    verb(actor, box)
    messages.success(request, told)
    return redirect("voices:box", box.uid)


def _choices(body: Organisation) -> dict[str, Any]:
    home = body.parent if body.parent_id and not persons_on(clock.today(), body).exists() else body
    people = persons_on(clock.today(), home or body) if home else Person.objects.none()
    runs = Campaign.objects.filter(pk__in=[run.pk for run in covering(body)])
    return {"people": people.order_by("sort_key", "pk"), "campaigns": runs}


def _offer(request: HttpRequest, body: Organisation) -> BoxOffer | None:
    asked = request.GET.get("offer")
    if not asked:
        return None
    rows = [each.offer for each in queries.offered(body) if str(each.offer.uid) == asked]
    if not rows:
        raise Http404
    return rows[0]


def _proposed(actor: Actor, offer: BoxOffer | None) -> dict[str, Any]:
    """What a proposal says, so that nobody types it again."""
    if offer is None:
        return {}
    today = clock.today()
    return {
        "kind": offer.kind, "title": offer.title, "question": offer.question,
        "campaign": offer.campaign, "opens_on": max(offer.since or today, today),
        "closes_on": offer.until, "shows": offer.shows, "answer_days": offer.answer_days,
        "max_go_up": offer.max_go_up, "places": "\n".join(offer.places),
        "collator": actor.person,
    }  # fmt: skip


def _as_is(box: Box) -> dict[str, Any]:
    names = ("kind", "title", "question", "opens_on", "closes_on", "shows", "answer_days",
             "max_go_up", "collator")  # fmt: skip
    return {**{name: getattr(box, name) for name in names}, "places": places_text(box)}
