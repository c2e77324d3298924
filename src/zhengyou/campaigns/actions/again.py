"""Run a campaign again: the next run as this one is today, with what is to be taken along."""

from datetime import date

from zhengyou.campaigns import repeating as rules
from zhengyou.campaigns.blueprint import check, dump_again, sections
from zhengyou.campaigns.models import Campaign, Lesson
from zhengyou.kernel import clock
from zhengyou.kernel.texts import tidy, tidy_line
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation

LONGEST = 2000
"""Characters of what was learnt."""


def run_again(
    actor: Actor, old: Campaign, title: str, starts_on: date
) -> tuple[Campaign, list[str]]:
    """Make the next run of ``old``, in preparation; nothing about ``old`` changes.

    Returns:
        The new campaign, and in words what other parts of the house took along.

    Raises:
        Refused: no right, made already, or its dates cannot be.
        Flawed: the blueprint as it is today has problems with the new title.
    """
    with book.writing() as facts:
        Campaign.objects.select_for_update().get(pk=old.pk)
        rules.may_run_again(actor, old).require()
        rules.begins_later(old, starts_on).require()
        blueprint = check(dump_again(old, tidy_line(title), starts_on))
        made = Campaign(
            organisation=old.organisation,
            starts_on=starts_on,
            created_at=clock.now(),
            previous=old,
        )
        blueprint.install(made)
        taken = [line for section in sections() for line in section.take_over(old, made, actor)]
        facts.record(
            "campaign.run_again",
            by=actor,
            about=made.ref,
            data={
                "previous": old.uid,
                "organisation": old.organisation.uid,
                "title": made.title,
                "starts_on": starts_on,
                "blueprint": made.blueprint_digest,
            },
        )
    return made, taken


def write_lesson(actor: Actor, campaign: Campaign, body: Organisation, text: str) -> Lesson:
    """Say what ``body`` learnt from this run; said again it replaces what was said.

    Raises:
        Refused: no right, not started yet, or nothing said.
    """
    text = tidy(text).strip()
    with book.writing() as facts:
        rules.may_write_lesson(actor, campaign, body).require()
        if not text or len(text) > LONGEST:
            raise Refused(f"经验教训要写 1 到 {LONGEST} 个字，现在 {len(text)} 个。")
        assert actor.hat is not None and actor.person is not None  # may_write_lesson has asked
        lesson, _ = Lesson.objects.update_or_create(
            campaign=campaign,
            organisation=body,
            defaults={
                "text": text,
                "written_by": actor.person,
                "hat": actor.hat.title,
                "written_at": clock.now(),
            },
        )
        facts.record(
            "campaign.lesson",
            by=actor,
            about=campaign.ref,
            data={"organisation": body.uid},
            names={"text": text},
        )
    return lesson
