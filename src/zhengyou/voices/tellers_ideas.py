"""What the holder of a code is told of a suggestion: level by level, with the reasons, its answer
and what there is to fetch. Never who."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse

from zhengyou.ui.text import short_date
from zhengyou.voices.following import Told
from zhengyou.voices.models import (
    Adoption,
    Part,
    Reward,
    Said,
    Screening,
    Suggestion,
    SuggestionState,
)
from zhengyou.voices.queries.ideas import BADGES, benefit_words

SHOWN = (
    Said.CHOSEN, Said.NOT_CHOSEN, Said.RETURNED, Said.AGAIN, Said.UP, Said.CALLED_BACK,
    Said.ADOPTED, Said.DECLINED,
)  # fmt: skip


def of_suggestions(uids: Collection[UUID]) -> Mapping[UUID, Told]:
    """Return where suggestions stand. One merged into another stands where that one does; one in a
    piece where it stands itself, with where the piece is. Six queries."""
    rows = list(Suggestion.objects.filter(uid__in=uids).select_related("into__box", "box"))
    leads = {row.pk: row.into or row for row in rows}
    keys = {lead.pk for lead in leads.values()}
    pieces = {
        part.suggestion_id: part.piece
        for part in Part.objects.filter(suggestion__in=keys, until=None).select_related("piece")
    }
    keys |= {piece.pk for piece in pieces.values()}
    steps: dict[int, list[Screening]] = {}
    for step in (
        Screening.objects.filter(suggestion__in=keys, answer__in=SHOWN)
        .select_related("level")
        .order_by("pk")
    ):
        steps.setdefault(step.suggestion_id, []).append(step)
    adopted = {
        each.suggestion_id: each
        for each in Adoption.objects.filter(suggestion__in=keys).prefetch_related("benefits")
    }
    given = _rewards(leads)
    return {
        row.uid: _told(
            row, leads[row.pk], pieces.get(leads[row.pk].pk), steps, adopted, given.get(row.pk)
        )
        for row in rows
    }


def _rewards(keys: Collection[int]) -> dict[int, str]:
    rows = Reward.objects.filter(
        contributor__suggestion__in=keys, contributor__voice__isnull=False
    ).select_related("contributor")
    return {
        row.contributor.suggestion_id: f"建议人有奖励：{row.what}。"
        f"到{row.where or '征集的地方'}报查询码来领，不用说是谁。"
        for row in rows
    }


def _told(
    row: Suggestion, lead: Suggestion, piece: Suggestion | None,
    steps: Mapping[int, list[Screening]], adopted: Mapping[int, Adoption],
    given: str | None,
) -> Told:  # fmt: skip
    lines = ["和别的建议相近，并在一起办。"] if row.pk != lead.pk else []
    lines += _way(steps.get(lead.pk, []))
    lines += _carried(adopted.get(lead.pk))
    if piece is not None:
        lines.append(f"编进了综合稿《{piece.title}》。")
        lines += _way(steps.get(piece.pk, []))
        lines += _carried(adopted.get(piece.pk))
    lines += [given] if given else []
    state = SuggestionState(lead.state)
    day = lead.answer_by if lead.answered_on is None else None
    url = reverse("voices:results", args=[row.box.uid])
    return Told(BADGES[state], str(state.label), day, "\n".join(lines), url)


def _way(steps: list[Screening]) -> list[str]:
    return [
        f"{short_date(step.decided_at)}，{step.level.title}：{step.words}"
        + (f"。{step.reason}" if step.reason else "")
        for step in steps
    ]


def _carried(adoption: Adoption | None) -> list[str]:
    if adoption is None:
        return []
    if adoption.result_on is None:
        return [f"{adoption.organisation.name}采纳了，{short_date(adoption.due_on)}以前办成。"]
    benefit = benefit_words(adoption)
    return [f"办成了：{adoption.result}" + (f"（{benefit}）" if benefit else "")]
