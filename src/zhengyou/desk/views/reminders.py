"""Reminders by mail and calendars by link: one's own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhengyou.campaigns.views.asking import ask
from zhengyou.desk import changes, feeds, letters, reminding
from zhengyou.desk.forms import ReminderForm
from zhengyou.desk.models import Feed
from zhengyou.kernel.verdict import Refused, Verdict
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Organisation
from zhengyou.people.rules import visible_organisations

SECRET = "feed_link"
SENT = "确认信发出去了，请到邮箱里点一下信中的链接。点了才开始发提醒。"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: ActorRequest) -> HttpResponse:
    """Show and change when letters come, and list the calendars."""
    reminding.may_set(request.actor).require()
    account = request.actor.account
    assert account is not None
    row = reminding.reminder_of(account)
    initial = {"address": row.address or row.waiting, "hour": row.hour, "on": row.on}
    form = ReminderForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            waiting = reminding.save(request.actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, SENT if waiting else "记住了。")
            return redirect("desk:reminders")
    context = {
        "form": form, "row": row, "can_send": letters.can_send(),
        "feeds": feeds.open_feeds(request.actor), "bodies": _bodies(request),
        "link": request.session.pop(SECRET, None),
    }  # fmt: skip
    return render(request, "desk/reminders.html", context, status=422 if form.errors else 200)


def _bodies(request: ActorRequest) -> list[Organisation]:
    """Return the bodies whose calendar one may have, each once."""
    found = {hat.organisation.pk: hat.organisation for hat in request.actor.hats}
    return [body for body in found.values() if feeds.may_have(request.actor, body)]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: ActorRequest, code: str) -> HttpResponse:
    """Confirm an address: by a press, since programs follow links in letters by themselves."""
    if request.method == "POST":
        row = reminding.confirm(request.actor, code)
        messages.success(request, f"邮箱确认好了，有事要办的日子 {row.hour} 点发一封。")
        return redirect("desk:reminders")
    return render(request, "desk/confirm.html", {"code": code})


@login_required
@require_POST
def seen(request: ActorRequest) -> HttpResponse:
    """Put away what changed up to the newest row that was shown."""
    number = request.POST.get("seq", "")
    if number.isascii() and number.isdigit() and len(number) < 19:
        changes.look(request.actor, int(number))
    return redirect("desk:today")


@login_required
@require_POST
def make_feed(request: ActorRequest) -> HttpResponse:
    """Make the link of a calendar; it is shown on the next page, once."""
    body = None
    if uid := request.POST.get("organisation"):
        rows = Organisation.objects.filter(visible_organisations(request.actor))
        try:
            body = get_object_or_404(rows, uid=uid)
        except ValidationError as problem:  # not a number at all
            raise Http404 from problem
    secret = feeds.make(request.actor, body)
    url = request.build_absolute_uri(reverse("desk:feed", args=[secret]))
    request.session[SECRET] = {"url": url, "name": body.name if body else "我的事"}
    return redirect("desk:reminders")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def revoke_feed(request: ActorRequest, uid: str) -> HttpResponse:
    """End the link of a calendar, after a question."""
    feed = get_object_or_404(Feed, uid=uid, account=request.actor.account)

    def do() -> HttpResponse:
        feeds.revoke(request.actor, feed)
        messages.success(request, "这个链接作废了，用它订阅的手机再也读不到。")
        return redirect("desk:reminders")

    return ask(
        request, Verdict.yes(), do, title="作废这个日历链接吗", yes="作废",
        text="用它订阅的手机、电脑以后都读不到。", back=reverse("desk:reminders"),
    )  # fmt: skip


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer with a calendar; whoever has the link is not asked for more."""
    found = feeds.find(secret)
    if found is None:
        raise Http404
    response = HttpResponse(feeds.written(found), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="zhengyou.ics"'
    response["Cache-Control"] = "private, max-age=900"
    return response
