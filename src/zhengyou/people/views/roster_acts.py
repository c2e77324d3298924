"""What is done with an import: confirm, cancel, try again, undo; the error workbook."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhengyou.people import rules
from zhengyou.people.actions import roster as verbs
from zhengyou.people.actor import Actor
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import RosterImport
from zhengyou.people.queries.roster import import_page
from zhengyou.people.views.files import workbook_response
from zhengyou.people.views.roster import found
from zhengyou.people.views.shaping import FORM


@login_required
@FORM
def confirm(request: ActorRequest, uid: UUID, import_uid: UUID) -> HttpResponse:
    """Have the import written."""
    roster = found(request, uid, import_uid)
    if request.method == "POST":
        return _done(request, roster, verbs.confirm)
    words = import_page(roster).title
    return _ask(request, roster, "确认导入吗", f"{words}。导入以后还可以整批撤回。", "导入")


@login_required
@FORM
def undo(request: ActorRequest, uid: UUID, import_uid: UUID) -> HttpResponse:
    """Have a confirmed import taken back."""
    roster = found(request, uid, import_uid)
    if request.method == "POST":
        return _done(request, roster, verbs.undo)
    words = "新增的人会删去，更新的人改回原来的样子。"
    return _ask(request, roster, "整批撤回这次导入吗", words, "撤回")


@login_required
@FORM
def cancel(request: ActorRequest, uid: UUID, import_uid: UUID) -> HttpResponse:
    """Give an import up, or stop what the worker does."""
    roster = found(request, uid, import_uid)
    if request.method == "POST":
        return _done(request, roster, verbs.cancel)
    words = "上传的文件会删掉，谁也没有改动。"
    return _ask(request, roster, "取消这次导入吗", words, "取消导入")


@login_required
@require_POST
def retry(request: ActorRequest, uid: UUID, import_uid: UUID) -> HttpResponse:
    """Take up an interrupted import again, or check once more."""
    roster = found(request, uid, import_uid)
    verb = verbs.release if roster.is_busy else verbs.recheck
    return _done(request, roster, verb)


@login_required
@never_cache
@require_safe
def faults(request: ActorRequest, uid: UUID, import_uid: UUID) -> FileResponse:
    """Hand out the error workbook."""
    roster = found(request, uid, import_uid)
    rules.may_import_roster(request.actor, roster.organisation).require()
    name = roster.file_name.rpartition(".")[0] or roster.file_name
    return workbook_response(
        lambda path: verbs.write_faults(request.actor, roster, path), f"{name}-有问题.xlsx"
    )


def _done(
    request: ActorRequest, roster: RosterImport, verb: Callable[[Actor, RosterImport], None]
) -> HttpResponse:
    verb(request.actor, roster)
    return redirect("people:roster-import-page", roster.organisation.uid, roster.uid)


def _ask(
    request: ActorRequest, roster: RosterImport, title: str, text: str, yes: str
) -> HttpResponse:
    where = [roster.organisation.uid, roster.uid]
    context = {
        "title": title,
        "text": text,
        "yes": yes,
        "url": request.path,
        "back": reverse("people:roster-import-page", args=where),
        "hidden": {},
    }
    return render(request, "ui/confirm.html", context)
