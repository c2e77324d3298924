"""What a member does: sign in the own name, and hear what is said about the own place."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from zhengyou.campaigns.views.asking import sent
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.views.trying import attempt
from zhengyou.voices import rules
from zhengyou.voices.actions import triage, writing
from zhengyou.voices.forms.public import VoiceForm
from zhengyou.voices.models import BoxPlace
from zhengyou.voices.queries import collating
from zhengyou.voices.queries.heard import heard_by
from zhengyou.voices.queries.public import put_in_url
from zhengyou.voices.views.finding import BOXES, actor_of, public_box_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put in a voice in the own name; the page beside it knows nobody."""
    actor, box = actor_of(request), public_box_of(uid)
    Verdict.of(actor.person, "署真名要用本人的账号登录。").require()
    form = VoiceForm(sent(request), box=box)
    del form.fields["signature"], form.fields["website"], form.fields["token"]
    if attempt(form, lambda: writing.sign(actor, box, form.slip)):
        messages.success(request, "交了，办到哪一步在“我署名的”里看。")
        return redirect("voices:signed")
    context = {
        "box": box, "form": form, "open": rules.takes_voices(box), "apart_url": put_in_url(box),
        "crumbs": [BOXES, (box.title, "")],
    }  # fmt: skip
    return render(request, "voices/sign.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD"])
def signed(request: HttpRequest) -> HttpResponse:
    """List what one has put in under the own name, with what became of it."""
    found = collating.signed_by(actor_of(request), request.GET.get("page"))
    context = {"page": found[0], "lines": found[1], "crumbs": [BOXES, ("我署名的", "")]}
    return render(request, "voices/signed.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def heard(request: HttpRequest) -> HttpResponse:
    """List what was said about the own lessons and places; say that it was heard."""
    actor = actor_of(request)
    if request.method == "POST":
        places = BoxPlace.objects.filter(hears=actor.person).select_related("box", "hears")
        place = get_object_or_404(places, uid=request.POST.get("place") or None)
        triage.hear(actor, place)
        messages.success(request, f"{place.label}，听到了。")
        return redirect("voices:heard")
    context = {"places": heard_by(actor), "crumbs": [BOXES, ("说给我听的", "")]}
    return render(request, "voices/heard.html", context)
