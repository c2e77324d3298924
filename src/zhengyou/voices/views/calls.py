"""A call from within: its funnel on any day, the list, the levels, the workbook."""

from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from zhengyou.campaigns.views.asking import sent
from zhengyou.kernel import clock
from zhengyou.people.models import Organisation
from zhengyou.people.roster.sheets import Page, workbook
from zhengyou.people.views.files import workbook_response
from zhengyou.people.views.trying import attempt, form_page
from zhengyou.ui.text import long_date
from zhengyou.voices import rules
from zhengyou.voices.actions import adopting, funnels, suggesting
from zhengyou.voices.forms.ideas import (
    CodeForm,
    GatherForm,
    LevelsForm,
    SuggestForm,
    levels_text,
)
from zhengyou.voices.models import Box, Suggestion, Voice, Where
from zhengyou.voices.queries import ideas
from zhengyou.voices.queries.funnel import LevelCount, funnel_of, shape_of
from zhengyou.voices.views.ideas_finding import (
    BOXES,
    actor_of,
    call_crumbs,
    call_of,
    day_of,
    homes_of,
    picked,
)


@login_required
@require_safe
def call(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show how many came, were chosen and went up, and the suggestions one sees."""
    box, actor, day = call_of(request, uid), actor_of(request), day_of(request)
    counts = funnel_of(box, day)
    table, sheet, choices = ideas.list_of(actor, box, request.GET)
    context = {
        "box": box, "day": day, "past": day != clock.today(), "counts": counts,
        "shape": shape_of(counts), "table": table, "sheet": sheet, "choices": choices,
        "stages": ideas.stages_of(actor, box), "levels": rules.may_set_levels(actor, box),
        "hand_out": rules.may_hand_out(actor, box), "crumbs": [BOXES, (box.title, "")],
        "suggest": rules.takes_voices(box), "title": _title(box, counts),
    }  # fmt: skip
    return render(request, "voices/ideas/call.html", context)


def _title(box: Box, counts: list[LevelCount]) -> str:
    """Say how many came at the bottom, and how many the body of the box chose."""
    if not counts or not counts[0].came:
        return f"{box.title}：还没有转成建议的"
    here = next((count for count in counts if count.level.where == Where.HERE), counts[0])
    return f"{box.title}：收到 {counts[0].came} 条，选上 {here.chosen} 条"


@login_required
@require_safe
def call_workbook(request: HttpRequest, uid: UUID) -> FileResponse:
    """Download the suggestions one sees."""
    box = call_of(request, uid)
    rows = ideas.seen(actor_of(request), box)
    state = request.GET.get("state", "")
    if state in ideas.S.values:
        rows = rows.filter(state=state)
    return workbook_response(lambda path: _write(path, box, list(rows)), f"{box.title}，建议.xlsx")


def _write(path: Path, box: Box, rows: list[Suggestion]) -> None:
    with workbook(path) as book:
        page = Page(book, "建议")
        page.line(f"{box.organisation.name}，{box.title}，{long_date(clock.today())}")
        page.titles(
            ["建议", "内容", "哪里提的", "到哪一级", "现在怎样", "五小", "答复期限"],
            [30, 60, 20, 12, 12, 10, 16],
        )
        for row in rows:
            page.row(
                [
                    row.title, row.text, row.home.name, row.level.title, ideas.badge_of(row)[1],
                    row.get_small_display(), long_date(row.answer_by),
                ]
            )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def levels(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say which levels a call has."""
    box, actor = call_of(request, uid), actor_of(request)
    rules.may_set_levels(actor, box).require()
    now = box.levels.order_by("number") if box.levels.exists() else funnels.usual(box)
    form = LevelsForm(sent(request), initial={"levels": levels_text(now)})
    if attempt(form, lambda: funnels.set_levels(actor, box, form.cleaned_data["levels"])):
        messages.success(request, "层级定好了，建议从最下面一级筛起。")
        return redirect("voices:call", box.uid)
    back = (box.title, reverse("voices:call", args=[box.uid]))
    return form_page(request, form, title="由哪几级来筛", yes="定下来", back=back)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make a suggestion in one's own name."""
    box, actor = call_of(request, uid), actor_of(request)
    mine = {hat.organisation.pk for hat in actor.hats}
    homes = homes_of(box).filter(pk__in=mine)
    (rules.takes_voices(box)).require()
    form = SuggestForm(sent(request), homes=homes, initial={"home": homes.last()})

    def make() -> None:
        suggesting.suggest(actor, box, form.cleaned_data["home"], form.words())

    if attempt(form, make):
        messages.success(
            request, f"交上去了，{box.answer_days} 个工作日内有答复，办到哪一步这里看得到。"
        )
        return redirect("voices:call", box.uid)
    back = (box.title, reverse("voices:call", args=[box.uid]))
    intro = f"{box.question} 署您的名字；不想署名的，从公开的页面写。"
    return form_page(request, form, title="提一条建议", yes="交上去", back=back, intro=intro)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def gather(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make suggestions of the ticked voices."""
    box, actor = call_of(request, uid), actor_of(request)
    rules.may_gather(actor, box, box.organisation).require()
    voices = _voices(request, box)
    form = GatherForm(sent(request), homes=homes_of(box), initial=_beginning(box, voices))

    def make() -> None:
        home, data = form.cleaned_data["home"], form.cleaned_data
        if data["how"] == "each":
            suggesting.gather(actor, box, home, voices)
            return
        words = suggesting.Words(data["title"], data["text"])
        suggesting.gather_as_one(actor, box, home, voices, words)

    if attempt(form, make):
        messages.success(
            request, f"{len(voices)} 条意见转成了建议，写的人凭查询码看得到办到哪一步。"
        )
        return redirect("voices:call", box.uid)
    context = {
        "box": box, "form": form, "voices": voices, "crumbs": call_crumbs(box, ("转为建议", "")),
    }  # fmt: skip
    return render(request, "voices/ideas/gather.html", context, status=422 if form.errors else 200)


def _voices(request: HttpRequest, box: Box) -> list[Voice]:
    keys = picked(request.GET.getlist("pick"))
    rows = Voice.objects.filter(box=box).exclude(text="")
    rows = rows.filter(pk__in=keys) if keys else rows.filter(became="")
    return list(rows.select_related("box__organisation", "box__collator", "place"))


def _beginning(box: Box, voices: list[Voice]) -> dict[str, object]:
    labels = {voice.place.label for voice in voices if voice.place}
    homes: list[Organisation] = list(homes_of(box))
    home = next(
        (each for each in homes if any(each.name.startswith(label) for label in labels)), homes[0]
    )
    if not voices:
        return {"home": home}
    text = "\n".join(voice.text for voice in voices)[:2000]
    return {"home": home, "how": "each", "title": suggesting.title_of(voices[0].text), "text": text}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rewards(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand out what waits for whoever says a code."""
    box, actor = call_of(request, uid), actor_of(request)
    rules.may_hand_out(actor, box).require()
    form = CodeForm(sent(request))
    found: list[str] = []

    def hand_out() -> None:
        found.extend(each.what for each in adopting.hand_out(actor, box, form.cleaned_data["code"]))

    if attempt(form, hand_out):
        messages.success(request, f"请发给来人：{'；'.join(found)}。已经记下领过了，没有记是谁。")
        return redirect("voices:rewards", box.uid)
    back = (box.title, reverse("voices:call", args=[box.uid]))
    intro = "没有署名的建议人报查询码来领，不问是谁，也不记是谁、哪天来的。"
    return form_page(
        request, form, title="凭查询码发奖励", yes="查一查，发给他", back=back, intro=intro
    )
