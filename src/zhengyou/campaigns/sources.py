"""Where the text lives that the blueprint editor is open on: a body's own blueprint, or a campaign.

Both answer the same questions, so that there is one editor.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.urls import reverse

from zhengyou.campaigns import authoring, rules
from zhengyou.campaigns.actions import campaigns, manuscripts
from zhengyou.campaigns.blueprint.amended import amended
from zhengyou.campaigns.models import Campaign, CampaignState, Manuscript
from zhengyou.campaigns.models.manuscript import digest
from zhengyou.campaigns.parts import Part
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor


class Source(Protocol):
    """What the editor is open on."""

    @property
    def text(self) -> str:
        """The text as it is stored."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def url(self) -> str:
        """The editor's address."""

    @property
    def starts_on(self) -> date:
        """The day from which phases are laid out."""

    def may_change(self, actor: Actor) -> Verdict:
        """Whether everything may be changed here."""

    def save(self, actor: Actor, text: str, seen: str, starts_on: date) -> None:
        """Put another text in place of the one whose digest was ``seen``."""

    def elsewhere(self, actor: Actor, part: Part) -> tuple[str, str, Verdict] | None:
        """Return label, address and verdict of what may still be changed of a part, where not all
        may be changed here."""


@dataclass(frozen=True, slots=True)
class OwnSource:
    """A body's own blueprint."""

    manuscript: Manuscript

    @property
    def text(self) -> str:
        """The text as it is stored."""
        return self.manuscript.text

    @property
    def title(self) -> str:
        """What it is called."""
        return self.manuscript.title

    @property
    def url(self) -> str:
        """The editor's address."""
        return reverse("campaigns:manuscript", args=[self.manuscript.uid])

    @property
    def starts_on(self) -> date:
        """Today: no campaign is there yet."""
        return clock.today()

    def may_change(self, actor: Actor) -> Verdict:
        """Whether everything may be changed here."""
        return authoring.may_change_manuscript(actor, self.manuscript)

    def save(self, actor: Actor, text: str, seen: str, starts_on: date) -> None:
        """Put another text in place; mistakes are kept, to be mended later."""
        manuscripts.save(actor, self.manuscript, text, seen)

    def elsewhere(self, actor: Actor, part: Part) -> tuple[str, str, Verdict] | None:
        """Nothing is fixed here."""
        return None


@dataclass(frozen=True, slots=True)
class CampaignSource:
    """A campaign: all of it while it is prepared, afterwards only to be read."""

    campaign: Campaign

    @property
    def text(self) -> str:
        """The file as it is today."""
        return amended(self.campaign)

    @property
    def title(self) -> str:
        """What it is called."""
        return self.campaign.title

    @property
    def url(self) -> str:
        """The editor's address."""
        return reverse("campaigns:blueprint", args=[self.campaign.uid])

    @property
    def starts_on(self) -> date:
        """The campaign's first day."""
        return self.campaign.starts_on

    def may_change(self, actor: Actor) -> Verdict:
        """Whether everything may be changed here."""
        return rules.may_replace_blueprint(actor, self.campaign)

    def save(self, actor: Actor, text: str, seen: str, starts_on: date) -> None:
        """Take the text as the campaign's file; it must be right."""
        began = self.campaign.blueprint_digest if digest(self.text) == seen else "-"
        campaigns.replace_blueprint(actor, self.campaign, text, starts_on, seen=began)

    def elsewhere(self, actor: Actor, part: Part) -> tuple[str, str, Verdict] | None:
        """Words, days of phases and unused standards have pages of their own that ask why."""
        if self.campaign.state == CampaignState.DRAFT:
            return None
        edit = rules.may_edit_campaign(actor, self.campaign)
        uid = self.campaign.uid
        if not part.path:
            return "改名称、主题、目标、载体、名字写法", reverse("campaigns:edit", args=[uid]), edit
        if part.path[0] == "phase":
            return "调整阶段日期", reverse("campaigns:phases", args=[uid]), edit
        if part.path[0] == "standard":
            standards = self.campaign.standards.select_related("campaign__organisation")
            row = standards.filter(code=part.path[1]).first()
            if row is not None:
                url = reverse("campaigns:standard", args=[uid, row.code])
                return "改标准的文字", url, rules.may_change_standard(actor, row)
        return None
