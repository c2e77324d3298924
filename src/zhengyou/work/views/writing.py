"""Write a record: choose the kind, fill in what is missing, finish; or save and go on elsewhere."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_safe

from zhengyou.files.actions import receive
from zhengyou.files.bad_file import BadFile
from zhengyou.files.queries import attachments_of
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.people.models import Organisation, Person
from zhengyou.work import linkable, rules
from zhengyou.work.actions import recording
from zhengyou.work.actions import series as series_acts
from zhengyou.work.content import content_of
from zhengyou.work.forms.record import RecordForm, Setting
from zhengyou.work.models import Cadence, Record, RecordKind, RecordState
from zhengyou.work.queries import choosing
from zhengyou.work.queries.records import duties_of
from zhengyou.work.queries.series import beginning_of, copied
from zhengyou.work.queries.sheet import sheet_of
from zhengyou.work.views.finding import Crumbs, actor_of, body_of, record_of, series_of, to_book

ASKED = ["GET", "HEAD", "POST"]
LATER = {"later", "sheet"}
"""The buttons that save and do not finish."""


@login_required
@require_safe
def choose(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Choose what to record, and for which body."""
    body, actor = body_of(request, uid), actor_of(request)
    page = choosing.choosing_page(actor, body)
    page.may.require()
    context = {"body": body, "page": page, "crumbs": to_book(body, ("记一件做过的事", ""))}
    return render(request, "work/records/choose.html", context)


@login_required
@require_http_methods(ASKED)
def new(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """Write a new record of a kind; ``?series=`` or ``?from=`` fill in what is likely the same."""
    body, actor = body_of(request, uid), actor_of(request)
    if kind not in RecordKind.values:
        raise Http404
    setting = _setting_of_new(request, body, RecordKind(kind))
    rules.may_record_kind(actor, body, setting.kind).require()
    return _answer(request, body, _form(request, setting), None)


@login_required
@require_http_methods(ASKED)
def write(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Go on with a draft, or change a finished record."""
    record, actor = record_of(request, uid), actor_of(request)
    draft = record.state == RecordState.DRAFT
    typing = _types(request)
    if not typing:
        (rules.may_write if draft else rules.may_amend)(actor, record).require()
    body = record.organisation
    setting = Setting(
        RecordKind(record.kind), body, content_of(record), keeps=True, amends=not draft,
        series=record.series, things=tuple(linkable.things_of(body, record.on)),
        programmes=choosing.programmes_of(body), seen=record.changed_at.isoformat(),
    )  # fmt: skip
    return _answer(request, body, _form(request, setting), record)


@login_required
@require_safe
def sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Print the sheet on which those called sign; its QR code leads the recorder to the record."""
    record = record_of(request, uid)
    rules.may_record_kind(actor_of(request), record.organisation, RecordKind(record.kind)).require()
    address = request.build_absolute_uri(reverse("work:record", args=[record.uid]))
    context = {"record": record, "sheet": sheet_of(record, address)}
    return render(request, "work/records/sheet.html", context)


# --- inside -------------------------------------------------------------------------------------
def _setting_of_new(request: HttpRequest, body: Organisation, kind: RecordKind) -> Setting:
    before, series = None, None
    if typed := request.GET.get("series"):
        series = series_of(request, _uid(typed))
        if series.organisation_id != body.pk or series.kind != kind:
            raise Http404
        rules.may_keep_series(actor_of(request), series).require()
        before = beginning_of(series, rules.visible_records(actor_of(request)))
    elif typed := request.GET.get("from"):
        old = record_of(request, _uid(typed))
        before = copied(old, clock.today())
    return Setting(
        kind, body, before, series=series, things=tuple(linkable.things_of(body, clock.today())),
        about=request.GET.get("about", ""), writer=_writer(request, body),
        programmes=choosing.programmes_of(body),
    )  # fmt: skip


def _form(request: HttpRequest, setting: Setting) -> RecordForm:
    drafts = _types(request) or bool(LATER & set(request.POST))
    return RecordForm(setting, request.POST or None, request.FILES or None, drafts=drafts)


def _writer(request: HttpRequest, body: Organisation) -> Person | None:
    """Return the actor where only the own work may be written down: he or she was there."""
    actor = actor_of(request)
    return None if rules.may_record(actor, body) else actor.person


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _types(request: HttpRequest) -> bool:
    """Tell whether the page saves by itself while somebody types."""
    return request.method == "POST" and "HX-Request" in request.headers


def _answer(
    request: HttpRequest, body: Organisation, form: RecordForm, record: Record | None
) -> HttpResponse:
    if _types(request):
        return _typed(request, body, form, record)
    status = 200
    if request.method == "POST":
        status, saved = _keep(request, body, form, record)
        if saved is not None:
            return saved
    return _screen(request, body, form, record, status)


def _keep(
    request: HttpRequest, body: Organisation, form: RecordForm, record: Record | None
) -> tuple[int, HttpResponse | None]:
    """Save as the button says; return the page's status, or where to go on."""
    if not form.is_valid():
        return 422, None
    finishing = not LATER & set(request.POST)
    if finishing and form.people.news:
        form.add_error(None, form.people.news)
        return 422, None
    try:
        files = [receive(each, each.name) for each in form.cleaned_data["attached"]]
        return 200, _saved(request, body, form, record, files, finishing)
    except (Refused, BadFile) as problem:
        form.add_error(None, problem.reason)
        return 422, None
    except Stale as stale:
        form.add_error(None, stale.reason)
        _refresh_seen(form, record)
        return 409, None


def _saved(
    request: HttpRequest, body: Organisation, form: RecordForm, record: Record | None,
    files: list[Any], finishing: bool,
) -> HttpResponse:  # fmt: skip
    actor, content = actor_of(request), form.content
    how: dict[str, Any] = {"key": form.cleaned_data["key"], "files": files}
    seen = parse_datetime(form.cleaned_data["seen"]) if form.cleaned_data["seen"] else None
    if record is not None and record.state != RecordState.DRAFT:
        recording.amend(actor, record, content, why=form.cleaned_data["why"], seen=seen,
                        files=files)  # fmt: skip
        messages.success(request, "改好了，原来写的也留着。")
    elif not finishing:
        if record is None:
            record = recording.begin(actor, body, content, **how)
        else:
            recording.save_draft(actor, record, content, seen=seen, **how)
        messages.success(request, "存下了，还没记好；在手机上、电脑上都能接着写。")
        for words in form.unfinished:
            messages.warning(request, f"这一处没写全，先没存：{words}")
        return redirect("work:sheet" if "sheet" in request.POST else "work:write", record.uid)
    else:
        if record is None:
            record = recording.enter(actor, body, content, **how)
        else:
            recording.finish(actor, record, content, seen=seen, **how)
        _repeat(request, form, record)
        messages.success(request, _counts(record))
    return redirect("work:record", record.uid)


def _repeat(request: HttpRequest, form: RecordForm, record: Record) -> None:
    often = form.cleaned_data.get("repeat")
    if often and not record.series_id and rules.may_record(actor_of(request), record.organisation):
        series_acts.start(actor_of(request), record, Cadence(often))


def _counts(record: Record) -> str:
    titles = "、".join(f"“{row['title']}”" for row in duties_of(record))
    return f"记好了，算进{titles}。" if titles else "记好了。"


def _refresh_seen(form: RecordForm, record: Record | None) -> None:
    """Let the next press save over what was changed elsewhere, now that it was said."""
    now = Record.objects.filter(pk=record.pk).first() if record else None
    if now is not None:
        form.data = {**{name: form.data[name] for name in form.data},
                     "seen": now.changed_at.isoformat()}  # fmt: skip


def _typed(
    request: HttpRequest, body: Organisation, form: RecordForm, record: Record | None
) -> HttpResponse:
    """Keep what is typed so far and say in words whether it is kept."""
    wrong, made = "", record
    if form.is_valid():
        try:
            made = _autosaved(request, body, form, record)
        except (Stale, Refused) as refusal:
            wrong = refusal.reason
    else:
        wrong = str(next(error for errors in form.errors.values() for error in errors))
    context = {"wrong": wrong, "now": clock.now(), "form": form}
    answer = render(request, "work/records/saved.html", context)
    if not wrong:
        answer["HX-Trigger"] = "saved"
    if made is not None and record is None:
        answer["HX-Replace-Url"] = reverse("work:write", args=[made.uid])
    return answer


def _autosaved(
    request: HttpRequest, body: Organisation, form: RecordForm, record: Record | None
) -> Record:
    actor, key = actor_of(request), form.cleaned_data["key"] or uuid4()
    if record is None:
        return recording.begin(actor, body, form.content, key=key)
    seen = parse_datetime(form.cleaned_data["seen"]) if form.cleaned_data["seen"] else None
    recording.save_draft(actor, record, form.content, seen=seen, key=key)
    return record


def _screen(
    request: HttpRequest, body: Organisation, form: RecordForm, record: Record | None, status: int
) -> HttpResponse:
    kind = form.setting.kind
    context: dict[str, Any] = {
        "body": body,
        "form": form,
        "record": record,
        "draft": record is None or record.state == RecordState.DRAFT,
        "files": attachments_of(record.ref) if record else [],
        "title": f"{'改' if form.setting.amends else '记'}：{kind.label}",
        "crumbs": _crumbs(body, record, kind),
    }
    return render(request, "work/records/write.html", context, status=status)


def _crumbs(body: Organisation, record: Record | None, kind: RecordKind) -> Crumbs:
    if record is not None and record.state != RecordState.DRAFT:
        step = (record.title, reverse("work:record", args=[record.uid]))
        return to_book(body, step, ("改", ""))
    step = ("记一件做过的事", reverse("work:choose", args=[body.uid]))
    return to_book(body, step, (str(kind.label), ""))
