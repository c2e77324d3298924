"""Adopt a campaign: the body's plan, prefilled, and its groups; then write it."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from zhengyou.campaigns import drafting, rules
from zhengyou.campaigns.actions.groups import set_up
from zhengyou.campaigns.models import Campaign, Plan, PlanSection, SectionCode
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.texts import tidy
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation

LONGEST = 10_000
"""Characters that one section may have."""


def adopt(actor: Actor, campaign: Campaign, body: Organisation) -> Plan:
    """Begin the plan of ``body``: sections filled from the campaign, groups set up as bodies.

    Raises:
        Refused: not the secretary's, not covered, not in this phase, or adopted already.
    """
    today = clock.today()
    with book.writing() as facts:
        rules.may_adopt(actor, campaign, body).require()
        try:
            with transaction.atomic():
                plan = Plan.objects.create(
                    campaign=campaign,
                    organisation=body,
                    title=f"{body.name}“{campaign.title}”方案",
                    adopted_on=today,
                )
        except IntegrityError:
            raise Refused(
                f"{body.name}已经采用了“{campaign.title}”，请接着写那一份方案。"
            ) from None
        texts = drafting.first_draft(campaign, body)
        PlanSection.objects.bulk_create(
            PlanSection(plan=plan, code=code, text=text, given=text, order=order)
            for order, (code, text) in enumerate(texts.items())
        )
        facts.record(
            "plan.adopt",
            by=actor,
            about=plan.ref,
            data={"campaign": campaign.uid, "organisation": body.uid},
        )
        set_up(actor, plan)
    return plan


def write(actor: Actor, plan: Plan, texts: Mapping[str, str], revision: int) -> list[SectionCode]:
    """Write sections of a plan.

    Args:
        texts: section code → text; sections left out stay.
        revision: the draft that was being changed.

    Returns:
        The sections that changed, none where all is as it was.

    Raises:
        Refused: no right, not in a state to be written, or a section is too long.
        Stale: somebody wrote meanwhile.
    """
    with book.writing() as facts:
        stored = Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
        rules.may_edit_plan(actor, plan).require()
        if (stored.state, stored.revision) != (plan.state, revision):
            raise Stale(
                "您打开以后，别人也改了这份方案。您写的还在这一页上，"
                "请另开一页看看现在的文字，合到一起再保存。"
            )
        rows = {row.code: row for row in plan.sections.all()}
        changed = [code for code in rows if code in texts and tidy(texts[code]) != rows[code].text]
        for code in changed:
            _write(rows[code], tidy(texts[code]))
        if changed:
            plan.revision = stored.revision + 1
            plan.save(update_fields=["revision"])
            facts.record(
                "plan.write",
                by=actor,
                about=plan.ref,
                data={"revision": plan.revision, "sections": changed},
            )
    return [SectionCode(code) for code in changed]


def _write(row: PlanSection, text: str) -> None:
    if len(text) > LONGEST:
        raise Refused(f"“{row.title}”有 {len(text)} 个字，最多 {LONGEST} 个，请写短些。")
    row.text = text
    row.save(update_fields=["text"])
