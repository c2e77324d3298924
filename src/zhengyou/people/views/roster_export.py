"""Take the roll out: masked, in full with a reason, or a blank one to fill in."""

from pathlib import Path
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhengyou.kernel import clock
from zhengyou.people import rules
from zhengyou.people.actions import roster_export as verbs
from zhengyou.people.forms.roster import NumbersForm
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Organisation
from zhengyou.people.roster.template import write_template
from zhengyou.people.views import finding
from zhengyou.people.views.files import workbook_response
from zhengyou.people.views.shaping import FORM
from zhengyou.people.views.trying import form_page


@login_required
@never_cache
@require_safe
def masked(request: ActorRequest, uid: UUID) -> HttpResponseBase:
    """Hand out the roll with masked numbers."""
    body = finding.organisation(request, uid)
    rules.may_see_roll(request.actor, body).require()
    return workbook_response(
        lambda path: verbs.export_masked(request.actor, body, path), _name(body, "花名册")
    )


@login_required
@never_cache
@FORM
def numbers(request: ActorRequest, uid: UUID) -> HttpResponseBase:
    """Ask what the full numbers are for, then hand out the roll with them."""
    body = finding.organisation(request, uid)
    rules.may_export_numbers(request.actor, body).require()
    form = NumbersForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]

        def write(path: Path) -> None:
            verbs.export_numbers(request.actor, body, reason, path)

        return workbook_response(write, _name(body, "花名册（号码全文）"))
    return form_page(
        request, form, title=f"导出{body.name}花名册，带号码全文", yes="导出",
        intro="身份证号、手机号码、住址都是全的。谁、哪天、为什么导出，会记在账上。",
        back=(f"{body.name}花名册", reverse("people:roll", args=[body.uid])),
    )  # fmt: skip


@login_required
@require_safe
def template(request: ActorRequest, uid: UUID) -> HttpResponseBase:
    """Hand out a blank roster."""
    body = finding.organisation(request, uid)
    rules.may_import_roster(request.actor, body).require()
    return workbook_response(lambda path: write_template(path, body), _name(body, "花名册空表"))


def _name(body: Organisation, what: str) -> str:
    return f"{body.name}{what}{clock.today():%Y%m%d}.xlsx"
