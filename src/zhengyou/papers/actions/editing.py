"""Change the words of a summary. Every change is a row; the one before it stays."""

from dataclasses import dataclass
from uuid import uuid4

from django.db import IntegrityError, transaction

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.papers import rules
from zhengyou.papers.edited import OWN, PartView, Standing
from zhengyou.papers.models import Act, Draft, Edit
from zhengyou.papers.queries import draft_of
from zhengyou.papers.wording import Words, clean, pack
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation

OVERTAKEN = (
    "您打开以后，别人也改了这一段。您写的还在这一页上，请另开一页看看现在的文字，合到一起再保存。"
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who works on which summary."""

    actor: Actor
    campaign: Campaign
    body: Organisation

    def write(self, part: PartView, text: str, seen: int) -> bool:
        """Put ``text`` in the place of a part; the own words are kept over the records of now.

        Returns:
            Whether that changed anything.

        Raises:
            Refused: no right, or the text is empty, too long or no table any more.
            Stale: somebody changed the part meanwhile.
        """
        text = clean(text, part.base)
        if part.standing == Standing.RECORDED and part.now and text == part.now.text:
            return False
        known = part.edit.text if part.edit and part.edited else None
        if text == known and part.standing != Standing.OVERTAKEN:
            return False
        self._append(part.key, Act.WRITE, seen, text, part.base, part.after)
        return True

    def keep(self, part: PartView, seen: int) -> None:
        """Keep the own words although the records say something else now.

        Raises:
            Refused: no right, or nothing of one's own stands there.
            Stale: somebody changed the part meanwhile.
        """
        if not part.edited:
            raise Refused("这一段没有改过，本来就按记录写。")
        self._append(part.key, Act.WRITE, seen, part.text, part.base, part.after)

    def take_back(self, part: PartView, seen: int) -> None:
        """Follow the records again. An added paragraph has none to follow.

        Raises:
            Refused: no right, or an added paragraph.
            Stale: somebody changed the part meanwhile.
        """
        if part.key.startswith(OWN):
            raise Refused("这一段是自己加的，记录里没有；不要了请按“这一段不写”。")
        self._append(part.key, Act.BACK, seen, "", part.base, part.after)

    def leave_out(self, part: PartView, seen: int) -> None:
        """Leave a part out (of a heading: its chapter); the paper says so at its end.

        Raises:
            Refused: no right.
            Stale: somebody changed the part meanwhile.
        """
        words, was = (part.text, part.was) if part.edited else ("", part.base)
        self._append(part.key, Act.LEAVE, seen, words, was, part.after)

    def restore(self, part: PartView, seen: int) -> None:
        """Write what was left out again, in one's own words if it had any.

        Raises:
            Refused: no right.
            Stale: somebody changed the part meanwhile.
        """
        words = part.edit.text if part.edit else ""
        act = Act.WRITE if words else Act.BACK
        self._append(part.key, act, seen, words, part.was, part.after)

    def add(self, text: str, after: str) -> str:
        """Add a paragraph behind the part ``after`` and return its key.

        Raises:
            Refused: no right, or the text is empty or too long.
        """
        key = f"{OWN}{uuid4().hex[:12]}"
        self._append(key, Act.ADD, 0, clean(text, Words("own", "")), None, after)
        return key

    def begin_next(self) -> Draft:
        """Begin the draft of the next summary; what was written stays with the one before.

        Raises:
            Refused: no right, or nothing has been changed in this one.
        """
        with book.writing() as facts:
            rules.may_edit_summary(self.actor, self.campaign, self.body).require()
            last = draft_of(self.campaign, self.body)
            if last is None or not last.edits.exists():
                raise Refused("现在这一份还没有改动，不用另起。")
            return self._begin(facts, last.number + 1)

    def _begin(self, facts: book.Book, number: int) -> Draft:
        assert self.actor.person is not None  # The rule has asked.
        try:
            with transaction.atomic():
                draft = Draft.objects.create(
                    campaign=self.campaign,
                    organisation=self.body,
                    number=number,
                    begun_by=self.actor.person,
                    begun_at=clock.now(),
                )
        except IntegrityError:
            raise Stale("别人刚开了新的一份，请刷新后再看。") from None
        facts.record("summary.begin", by=self.actor, about=draft.ref, data={"number": number})
        return draft

    def _append(
        self, part: str, act: Act, seen: int, text: str, was: Words | None, after: str = ""
    ) -> None:
        with book.writing() as facts:
            rules.may_edit_summary(self.actor, self.campaign, self.body).require()
            draft = draft_of(self.campaign, self.body) or self._begin(facts, 1)
            last = draft.edits.filter(part=part).order_by("-number").first()
            if (last.number if last else 0) != seen:
                raise Stale(OVERTAKEN)
            assert self.actor.person is not None  # The rule has asked.
            try:
                with transaction.atomic():
                    Edit.objects.create(
                        draft=draft,
                        part=part,
                        number=seen + 1,
                        act=act,
                        text=text,
                        was=pack(was),
                        after=last.after if last else after,
                        by=self.actor.person,
                        at=clock.now(),
                    )
            except IntegrityError:
                raise Stale(OVERTAKEN) from None
            facts.record(
                f"summary.{act}",
                by=self.actor,
                about=draft.ref,
                data={"part": part, "number": seen + 1},
            )
