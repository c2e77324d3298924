"""Progress notes of a pledge, one item a screen, and the correction of the last one."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.pledges import rules
from zhengyou.pledges.actions import progress as verbs
from zhengyou.pledges.forms import ProgressForm
from zhengyou.pledges.models import Pledge, Progress
from zhengyou.pledges.queries import reading
from zhengyou.pledges.views.finding import actor_of, inside, item_inside, to_pledge


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note progress on one of the public items; ``item`` says on which."""
    pledge = inside(request, uid)
    public = reading.public_items(pledge)
    if not public:
        raise Refused("承诺公开以后才能写进展。")
    asked = request.POST.get("item") or request.GET.get("item")
    item = next((each for each in public if str(each.uid) == asked), reading.most_due(public))
    rules.may_note(actor_of(request), item).require()
    latest = {"seen": item.latest.uid if item.latest else ""}
    form = ProgressForm(item, request.POST or None, initial=latest)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.note(actor_of(request), item, seen=form.seen_uid, **form.note)
        except (Refused, Stale) as refusal:
            form.add_error(None, refusal.reason)
        else:
            return _onward(request, pledge)
    context = {
        "pledge": pledge,
        "public": public,
        "item": item,
        "form": form,
        "view": reading.item_view(item),
        "title": f"写进展，第 {item.number} 条",
        "bar": f"第 {item.number} 条",
        "crumbs": to_pledge(pledge, ("写进展", "")),
    }
    return render(request, "pledges/progress.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Correct the last note of an item."""
    note = get_object_or_404(Progress.objects.select_related("item"), uid=uid)
    note.item = item_inside(request, note.item.uid)
    rules.may_correct(actor_of(request), note).require()
    now = {"value": note.value, "words": note.words, "noted_on": note.noted_on}
    form = ProgressForm(note.item, request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.correct(actor_of(request), note, **form.note)
        except (Refused, Stale) as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, "更正好了，原来那次也还留着。")
            return redirect("pledges:pledge", note.item.pledge.uid)
    pledge = note.item.pledge
    context = {"item": note.item, "note": note, "form": form, "pledge": pledge}
    context["crumbs"] = to_pledge(pledge, ("更正进展", ""))
    return render(request, "pledges/correct.html", context, status=422 if form.errors else 200)


def _onward(request: HttpRequest, pledge: Pledge) -> HttpResponse:
    """Go on to the next item without a note in this period, else to the pledge."""
    left = reading.still_to_note(pledge)
    if left:
        messages.success(request, f"记下了，还有 {len(left)} 条没写这次的进展。")
        address = reverse("pledges:progress", args=[pledge.uid])
        return redirect(f"{address}?item={left[0].uid}")
    messages.success(request, "记下了。")
    return redirect("pledges:pledge", pledge.uid)
