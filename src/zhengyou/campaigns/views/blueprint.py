"""The blueprint editor: one part of the file at a time as a form, or the whole as text."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from zhengyou.campaigns import parts
from zhengyou.campaigns.blueprint import Flawed, decode
from zhengyou.campaigns.blueprint.edits import raw_table
from zhengyou.campaigns.forms import DayField
from zhengyou.campaigns.models.manuscript import digest
from zhengyou.campaigns.part_forms import PartForm, titles_in
from zhengyou.campaigns.parts import Part
from zhengyou.campaigns.queries.changes_page import hunks
from zhengyou.campaigns.queries.checking import Checked, by_field, look_at, where
from zhengyou.campaigns.sources import CampaignSource, OwnSource, Source
from zhengyou.campaigns.views.finding import actor_of, campaign_of, crumbs, manuscript_of
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.people.actor import Actor

WHOLE = "raw"
"""Name of the tab with the whole file as text."""


class TextForm(forms.Form):
    """A part of the file, or all of it, as the text it is."""

    text = forms.CharField(
        label="原文",
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 24, "spellcheck": "false", "wrap": "off", "class": "zc-code"}
        ),
    )


@dataclass
class Desk:
    """One visit to the editor: what is open, what was typed, what came of it."""

    request: HttpRequest
    source: Source
    at: str
    text: str = ""  # stored
    typed: str = ""  # what the file would be with what was typed
    part: Part | None = None
    form: forms.Form = field(default_factory=forms.Form)
    checked: Checked | None = None
    status: int = 200
    theirs: str = ""  # what somebody else saved meanwhile
    saved_at: str = ""  # the part that was saved

    @property
    def actor(self) -> Actor:
        """Who writes."""
        return actor_of(self.request)

    @property
    def whole(self) -> bool:
        """Whether the file as text is open."""
        return self.part is None

    @property
    def seen(self) -> str:
        """What tells the state of what is open now."""
        return digest(self.text) if self.part is None else self.part.seen(self.text)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def campaign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Edit the blueprint of a campaign in preparation; read that of one that runs."""
    found = campaign_of(request, uid)
    return _editor(request, CampaignSource(found))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def manuscript(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Edit a blueprint of one's own."""
    return _editor(request, OwnSource(manuscript_of(request, uid)))


def _editor(request: HttpRequest, source: Source) -> HttpResponse:
    desk = _open(request, source)
    if request.method == "POST":
        source.may_change(desk.actor).require()
        done = _act(desk)
        if done is not None:
            return done
    live = request.method == "POST" and request.headers.get("HX-Request")
    template = "campaigns/blueprint/live.html" if live else "campaigns/blueprint/editor.html"
    # A live check is an answer, not a refusal: htmx shows only good ones.
    return render(request, template, _context(desk), status=200 if live else desk.status)


def _open(request: HttpRequest, source: Source) -> Desk:
    """Find what the address names; a text that is no TOML can only be seen as a whole."""
    desk = Desk(request, source, request.GET.get("at", ""), text=source.text)
    desk.typed = desk.text
    if desk.at != WHOLE:
        try:
            desk.part = parts.find(desk.text, desk.at)
        except tomllib.TOMLDecodeError:
            desk.at = WHOLE
        else:
            if desk.part is None:
                raise Http404
    desk.form = _form(desk, request.POST if request.method == "POST" else None)
    return desk


def _form(desk: Desk, data: Any) -> forms.Form:
    if desk.part is None:
        return TextForm(data, initial={"text": desk.text})
    if desk.part.is_raw:
        return TextForm(data, initial={"text": raw_table(desk.text, desk.part.path)})
    form = PartForm(desk.part, desk.part.own(desk.text), titles_in(desk.text), data)
    if isinstance(desk.source, CampaignSource) and not desk.part.path:
        form.fields["starts_on"] = DayField(label="活动从哪天开始", initial=desk.source.starts_on)
    return form


def _act(desk: Desk) -> HttpResponse | None:
    """Do what was asked; None: show the page again with what came of it."""
    do = desk.request.POST.get("do", "check")
    if do == "drop" and desk.part is not None and not desk.part.new and desk.part.path:
        desk.form = _form(desk, None)  # what is in it was not sent
        if desk.request.POST.get("seen") != desk.seen:
            _tell_stale(desk)
            return None
        desk.typed = parts.drop(desk.text, desk.part)
        return _save(desk, desk.source.starts_on)
    if not desk.form.is_valid():
        desk.status = 422
        return None
    saved = _compose(desk)
    desk.saved_at = saved.at if saved else WHOLE
    starts_on = desk.form.cleaned_data.get("starts_on") or desk.source.starts_on
    desk.checked = look_at(desk.typed, starts_on)
    if do != "save":
        return None
    if desk.request.POST.get("seen") != desk.seen:
        _tell_stale(desk)
        return None
    return _save(desk, starts_on)


def _compose(desk: Desk) -> Part | None:
    """Put what was typed into the text; return the part as it is then."""
    if desk.part is None:
        desk.typed = _plain(desk.form.cleaned_data["text"])
        return None
    if isinstance(desk.form, PartForm):
        code = desk.form.cleaned_data.get("code", "")
        desk.typed, part = parts.put(desk.text, desk.part, desk.form.changes, code)
        return part
    desk.typed = parts.put_raw(desk.text, desk.part, _plain(desk.form.cleaned_data["text"]))
    return desk.part


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _save(desk: Desk, starts_on: date) -> HttpResponse | None:
    """Save, and say what came of it; a mistake where none may be keeps everything on the page."""
    try:
        decode(desk.typed.encode())
        desk.source.save(desk.actor, desk.typed, digest(desk.text), starts_on)
    except Flawed:
        desk.checked, desk.status = look_at(desk.typed, starts_on), 422
        return None
    except Stale:
        desk.text = desk.source.text
        _tell_stale(desk)
        return None
    except Refused as refused:
        desk.checked, desk.status = Checked(clash=refused.reason), 422
        return None
    wrong = len(look_at(desk.typed, starts_on).problems)
    messages.success(
        desk.request, f"存下了，还有 {wrong} 处要改。" if wrong else "存下了，没有错。"
    )
    dropped = desk.request.POST.get("do") == "drop"
    at = "" if dropped else desk.saved_at
    return redirect(f"{desk.source.url}?{urlencode({'at': at})}" if at else desk.source.url)


def _tell_stale(desk: Desk) -> None:
    """Somebody saved meanwhile: what was typed stays, what they wrote is shown beside it."""
    desk.status = 409
    desk.theirs = (
        desk.text
        if desk.part is None
        else raw_table(desk.text, desk.part.path) or _top_of(desk.text)
    )


def _top_of(text: str) -> str:
    """Return what stands above the first table."""
    lines = text.splitlines()
    end = next((n for n, line in enumerate(lines) if line.startswith("[")), len(lines))
    return "\n".join(lines[:end]).strip()


def _context(desk: Desk) -> dict[str, Any]:
    source, part = desk.source, desk.part
    checked = desk.checked or look_at(desk.typed, source.starts_on)
    verdict = source.may_change(desk.actor)
    if isinstance(desk.form, PartForm) and part is not None and desk.form.is_bound:
        for key, words in by_field(desk.typed, _placed(desk), checked.problems).items():
            desk.form.add_error(f"f-{key.replace('.', '-')}", f"{words}。")
    try:
        groups = parts.outline(desk.text)
    except tomllib.TOMLDecodeError:
        groups = []
    return {
        "desk": desk,
        "source": source,
        "part": part,
        "form": desk.form,
        "groups": groups,
        "checked": checked,
        "wrongs": [
            (where(desk.typed, part, problem), problem, line) for problem, line in checked.problems
        ],
        "verdict": verdict,
        "elsewhere": source.elsewhere(desk.actor, part) if part else None,
        "additions": parts.additions(part) if part and verdict else [],
        "own": source.manuscript if isinstance(source, OwnSource) else None,
        "campaign": source.campaign if isinstance(source, CampaignSource) else None,
        "their_changes": hunks(desk.typed, desk.theirs) if desk.theirs and desk.whole else [],
        "crumbs": crumbs(*_steps(source)),
    }


def _placed(desk: Desk) -> Part:
    """Return the part as it stands in what was typed: a new one has its place by then."""
    part = desk.part
    assert part is not None
    if not part.new or not desk.saved_at:
        return part
    return Part(tuple(desk.saved_at.split(".")), part.label, fields=part.fields)


def _steps(source: Source) -> list[tuple[str, str]]:
    if isinstance(source, CampaignSource):
        uid = source.campaign.uid
        return [(source.title, f"/campaigns/{uid}/"), ("蓝图", "")]
    return [("自己的蓝图", "/blueprints/"), (source.title, "")]
