"""A box from within: what was put in, and what becomes of it, several at once."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from zhengyou.campaigns.views.asking import sent
from zhengyou.kernel import paths
from zhengyou.kernel.texts import tidy
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.queries import history
from zhengyou.people.models import Organisation
from zhengyou.people.views.trying import attempt
from zhengyou.remarks.models import HoldReason
from zhengyou.voices import kinds, rules
from zhengyou.voices.actions import triage
from zhengyou.voices.forms.boxes import ProblemForm
from zhengyou.voices.models import Box, Voice
from zhengyou.voices.queries import collating as queries
from zhengyou.voices.queries.boxes import badge_of
from zhengyou.voices.queries.public import put_in_url
from zhengyou.voices.views.finding import BOXES, actor_of, box_of, picked, voice_of

FORWARD = {"problem": "voices:problem", "suggestion": "voices:gather"}
"""What is asked on a page of its own, with the ticked voices in its address: do → name."""
TOLD = {
    "done": "写上了怎么办好的",
    "answer": "答复了",
    "note": "记下了",
    "take": "收下了",
    "show": "公开了",
    "cover": "不再公开",
    "hold": "没有收",
    "repeat": "并到了一条上",
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def box(request: HttpRequest, uid: UUID) -> HttpResponse:
    """List what was put in; do something with the ticked ones."""
    found = box_of(request, uid)
    own = kinds.of(found).inside
    if own is not None:
        return own(request, found)
    if request.method != "POST":
        return page(request, found)
    rules.may_collate(actor_of(request), found).require()
    what = request.POST.get("do", "")
    if what in FORWARD:
        picks = urlencode([("pick", pick) for pick in request.POST.getlist("pick")])
        return redirect(f"{reverse(FORWARD[what], args=[found.uid])}?{picks}")
    try:
        told = _do(request, found, what)
    except Refused as refusal:
        return page(request, found, refusal.reason, 422)
    messages.success(request, told)
    return redirect(request.get_full_path())


def _do(request: HttpRequest, found: Box, what: str) -> str:
    actor, given = actor_of(request), request.POST
    words, reason = given.get("words", ""), given.get("reason", "")
    if what == "clear":
        asked = queries.Filter.of(request.GET)
        return f"没有收 {triage.clear(actor, found, asked.narrow(), reason)} 条，都还查得到。"
    if what == "clear_same":
        same = Q(text=tidy(given.get("same", "")))
        return f"没有收 {triage.clear(actor, found, same, reason)} 条一样的，都还查得到。"
    chosen = picked(given, found)
    if not chosen:
        raise Refused("一条也没有选。先在意见前面打勾，再按按钮。")
    verbs = {
        "done": lambda: triage.done(actor, chosen, words),
        "answer": lambda: triage.answer(actor, chosen, words),
        "note": lambda: triage.note(actor, chosen),
        "take": lambda: triage.take(actor, chosen),
        "show": lambda: triage.show(actor, chosen),
        "cover": lambda: triage.cover(actor, chosen),
        "hold": lambda: triage.hold(actor, chosen, reason),
        "repeat": lambda: triage.repeat(actor, chosen[1:], chosen[0]),
    }
    if what not in verbs:
        raise Refused("没有选要做什么。")
    missed = len(chosen) - len(verbs[what]()) - (what == "repeat")
    done = len(chosen) - missed
    return f"{TOLD[what]} {done} 条。" + (f"另有 {missed} 条已经办过，没有动。" if missed else "")


def page(request: HttpRequest, found: Box, wrong: str = "", status: int = 200) -> HttpResponse:
    """Render the page of a box for those who see it from within."""
    actor = actor_of(request)
    part = kinds.of(found).inside_part
    context = {
        "box": found, "badge": badge_of(found), "wrong": wrong,
        "page": queries.collation(actor, found, request.GET),
        "collate": rules.may_collate(actor, found), "set_up": rules.may_change(actor, found),
        "open": rules.may_open(actor, found), "close": rules.may_close(actor, found),
        "again": rules.may_open_again(actor, found), "paper": rules.may_enter_paper(actor, found),
        "public_url": put_in_url(found), "reasons": HoldReason.choices,
        "ticked": set(request.POST.getlist("pick")), "words": request.POST.get("words", ""),
        "part": part(request, found) if part else None,
        "crumbs": [BOXES, (found.title, "")],
    }  # fmt: skip
    return render(request, "voices/box.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def problem(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make a problem of the ticked voices."""
    actor, found = actor_of(request), box_of(request, uid)
    rules.may_collate(actor, found).require()
    chosen = picked(request.GET, found)
    if not chosen:
        raise Refused("一条也没有选。先在意见前面打勾，再按按钮。")
    bodies = Organisation.objects.filter(
        paths.within("path", found.organisation.path), closed_on=None
    )
    form = ProblemForm(
        sent(request), bodies=bodies.order_by("path"), initial=_beginning(found, chosen)
    )

    def raise_it() -> None:
        data = form.cleaned_data
        triage.to_problem(
            actor, chosen, data["body"], data["title"], data["text"], privacy=data["privacy"]
        )

    if attempt(form, raise_it):
        messages.success(request, f"转成了一个问题，{len(chosen)} 条意见的人都查得到办到哪一步。")
        return redirect("voices:box", found.uid)
    context = {"box": found, "form": form, "chosen": chosen, "crumbs": _crumbs(found, "转为问题")}
    return render(request, "voices/problem.html", context, status=422 if form.errors else 200)


def _beginning(found: Box, chosen: list[Voice]) -> dict[str, object]:
    """What the voices say already."""
    first = chosen[0]
    where = f"{first.place.label}：" if first.place else ""
    words = "\n".join(voice.text for voice in chosen)[:1000]
    title = f"{where}{first.text}".replace("\n", " ")[:60]
    return {"title": title, "text": words, "body": found.organisation}


def _crumbs(found: Box, here: str) -> list[tuple[str, str]]:
    return [BOXES, (found.title, f"/boxes/{found.uid}/"), (here, "")]


@login_required
@require_http_methods(["GET", "HEAD"])
def voice(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one voice, with all that became of it."""
    found, actor = voice_of(request, uid), actor_of(request)
    inside = bool(rules.may_collate(actor, found.box))
    outcomes = found.outcomes.select_related("by").order_by("at", "pk")
    context = {
        "voice": found, "line": queries.line_of(actor, found), "inside": inside,
        "outcomes": outcomes, "facts": history(found.ref) if inside else [],
        "crumbs": _crumbs(found.box, "一条意见") if inside else [BOXES, ("一条意见", "")],
    }  # fmt: skip
    return render(request, "voices/voice.html", context)
