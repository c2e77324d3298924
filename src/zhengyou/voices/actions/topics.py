"""Put the contributions of a discussion under themes; write what it came to."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Max

from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.texts import tidy, tidy_line
from zhengyou.kernel.verdict import Verdict
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.voices.actions import outcomes, triage
from zhengyou.voices.models import Box, Conclusion, Grouped, Theme, Voice, VoiceState
from zhengyou.voices.models.topic import LONGEST_CONCLUSION, LONGEST_THEME
from zhengyou.voices.rules import talks as rules

MOST_THEMES = 20
GROUPABLE = (VoiceState.TAKEN, VoiceState.SHOWN)


def add_theme(actor: Actor, box: Box, title: str) -> Theme:
    """Name one strand of a discussion.

    Raises:
        Refused: not for ``actor``, no name, or one that is there already.
    """
    title = tidy_line(title)
    with book.writing() as facts:
        Box.objects.select_for_update().get(pk=box.pk)
        (rules.may_group(actor, box) & _is_title(title)).require()
        there = list(box.themes.values_list("title", flat=True))
        Verdict.of(title not in there, "已经有这个主题了。").require()
        Verdict.of(len(there) < MOST_THEMES, f"主题最多 {MOST_THEMES} 个。").require()
        last = box.themes.aggregate(last=Max("order"))["last"]
        theme = Theme.objects.create(box=box, title=title, order=(last or 0) + 1)
        facts.record("topic.theme", by=actor, about=box.ref, data={"theme": theme.uid})
    return theme


def drop_theme(actor: Actor, theme: Theme) -> None:
    """Take a theme away; what stood under it stands under none."""
    with book.writing() as facts:
        rules.may_group(actor, theme.box).require()
        data = {"dropped": theme.uid}
        facts.record("topic.theme", by=actor, about=theme.box.ref, data=data)
        theme.delete()


def group(actor: Actor, box: Box, voices: Iterable[Voice], theme: Theme | None) -> list[Voice]:
    """Put contributions under ``theme``, or under none. What stands under a theme is noted: a
    discussion is answered by its conclusion.

    Raises:
        Refused: not for ``actor``, nothing chosen, or not of this discussion.
    """
    with book.writing() as facts:
        rules.may_group(actor, box).require()
        found = [voice for voice in outcomes.locked(voices) if voice.state in GROUPABLE]
        Verdict.of(found, "一条也没有选，或者还没有人看过。").require()
        mine = all(voice.box_id == box.pk for voice in found)
        Verdict.of(mine and (theme is None or theme.box_id == box.pk), "不是这次讨论的。").require()
        Grouped.objects.filter(voice__in=found).delete()
        fresh = [voice for voice in found if not voice.became]
        if theme is not None and fresh:
            triage.note(actor, fresh)
        if theme is not None:
            Grouped.objects.bulk_create(Grouped(voice=voice, theme=theme) for voice in found)
        data = {"count": len(found), "theme": theme.uid if theme else ""}
        facts.record("topic.group", by=actor, about=box.ref, data=data)
    return found


def conclude(actor: Actor, box: Box, text: str) -> Conclusion:
    """Publish what the discussion came to; what stood before is kept and corrected.

    Raises:
        Refused: not for ``actor``, the discussion goes on, nothing said, or nothing changed.
        Stale: somebody else was quicker.
    """
    text = tidy(text).strip()
    with book.writing() as facts:
        (rules.may_conclude(actor, box) & _is_conclusion(text)).require()
        last = box.conclusions.filter(correction=None).first()
        Verdict.of(last is None or last.text != text, "和原来的一样，没有改动。").require()
        assert actor.person is not None and actor.hat is not None  # the rule has asked
        try:
            with transaction.atomic():
                row = Conclusion.objects.create(
                    box=box, text=text, by=actor.person, hat=actor.hat.title, at=clock.now(),
                    corrects=last,
                )  # fmt: skip
        except IntegrityError as problem:
            raise Stale("刚才已经有人写了结论，请看看再改。") from problem
        data = {"conclusion": row.uid, "corrects": last.uid if last else ""}
        facts.record("topic.conclude", by=actor, about=box.ref, data=data)
    return row


def _is_title(title: str) -> Verdict:
    return Verdict.of(title, "还没有写主题。") & Verdict.of(
        len(title) <= LONGEST_THEME, f"主题最多 {LONGEST_THEME} 个字。"
    )


def _is_conclusion(text: str) -> Verdict:
    return Verdict.of(text, "还没有写结论。") & Verdict.of(
        len(text) <= LONGEST_CONCLUSION,
        f"结论最多 {LONGEST_CONCLUSION} 个字，现在 {len(text)} 个。",
    )
