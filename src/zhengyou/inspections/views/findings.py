"""One finding: photos, what the body replies, what comes of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhengyou.campaigns.views.asking import sent
from zhengyou.files.actions import receive
from zhengyou.files.bad_file import BadFile
from zhengyou.inspections import rules
from zhengyou.inspections.actions import photos, visits
from zhengyou.inspections.forms.visiting import PhotoForm, ProblemForm, ReplyForm
from zhengyou.inspections.queries import visits as query
from zhengyou.inspections.views import finding as finding_views
from zhengyou.inspections.views.finding import actor_of, finding_of
from zhengyou.people.views.trying import attempt, form_page

FORM = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@FORM
def finding(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one finding, and take in a reply."""
    found, actor = finding_of(request, uid), actor_of(request)
    may = rules.may_reply(actor, found)
    if request.method == "POST":
        may.require()
    form = ReplyForm(sent(request))
    if attempt(form, lambda: visits.reply(actor, found, form.cleaned_data["text"])):
        messages.success(request, "答复记下了。")
        return redirect("inspections:finding", found.uid)
    visit = found.visit
    context = {
        "finding": found, "visit": visit, "page": query.finding_page(actor, found), "form": form,
        "may_reply": may, "may_photo": rules.may_add_photo(actor, found),
        "crumbs": finding_views.to_inspection(
            visit.inspection, finding_views.visit_step(visit), (found.get_kind_display(), "")
        ),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "inspections/finding.html", context, status=status)


@login_required
@FORM
def photo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Attach a photo; nobody must."""
    found, actor = finding_of(request, uid), actor_of(request)
    rules.may_add_photo(actor, found).require()
    form = PhotoForm(sent(request), request.FILES or None)
    if _attached(form, lambda file: photos.add(actor, found, receive(file, file.name))):
        return redirect("inspections:finding", found.uid)
    context = {
        "form": form, "finding": found, "back": reverse("inspections:finding", args=[uid]),
        "crumbs": finding_views.crumbs(("附照片", "")),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "inspections/photo.html", context, status=status)


def _attached(form: forms.Form, add: Callable[[Any], Any]) -> bool:
    """Do it if the form is sound; what is wrong with the file goes back into it."""
    if not form.is_valid():
        return False
    try:
        add(form.cleaned_data["photo"])
    except BadFile as bad:
        form.add_error("photo", bad.reason)
        return False
    return True


@login_required
@FORM
def raise_problem(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make a problem of a criticism, with the day until which it is to be mended."""
    found, actor = finding_of(request, uid), actor_of(request)
    rules.may_raise(actor, found).require()
    given = {"title": visits.title_of(found), "text": found.text, "key": uuid4(),
             "deadline": visits.deadline_of(found)}  # fmt: skip
    form = ProblemForm(sent(request), initial=given)
    if attempt(form, lambda: visits.to_problem(actor, found, **form.cleaned_data)):
        messages.success(request, f"列为问题了，由{found.visit.organisation.name}限期整改。")
        return redirect("inspections:finding", found.uid)
    here = reverse("inspections:finding", args=[found.uid])
    return form_page(
        request, form, title="列为问题，限期整改", yes="列为问题", back=("督查发现", here),
        intro=f"责任单位：{found.visit.organisation.name}。",
    )  # fmt: skip
