"""A whole import taken back, while nothing hangs on it."""

import pytest
from tests.cast import ENROLLED
from tests.people.roster_books import (
    HEADER,
    book,
    confirmed,
    keeper,
    line,
    office,
    row_of,
    update,
    uploaded,
)

from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actions import posts, record
from zhengyou.people.actions import roster as verbs
from zhengyou.people.models import (
    Choice,
    ImportedRow,
    ImportState,
    Person,
    Role,
    RosterImport,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


# --- undo ---------------------------------------------------------------------------------------


def everything():
    """Return all there is of people, to see whether undo leaves a trace."""
    from zhengyou.people.roster import snapshots

    taken = snapshots.take(Person.objects.values_list("pk", flat=True))
    return {pk: snapshots.digest(one) for pk, one in taken.items()}


def test_undo_makes_the_roll_what_it_was(cast):
    before = everything()
    header = (*HEADER, "所在党小组", "是否失联党员", "党籍状态", "工作岗位")
    rows = [
        line("钱小满", 1) | {"所在党小组": "低段党小组", "是否失联党员": "是"},
        row_of(cast.song, 所在党支部="南湖小学党支部", 工作岗位="教导主任"),
        row_of(cast.fang, 人员类别="正式党员", 转正日期="2026.06", 所在党支部="育新小学党支部",
               党籍状态="停止党籍", 手机号码="13812345678"),
    ]  # fmt: skip
    actor = office(cast)
    roster = uploaded(actor, cast.bureau, book(rows, header=header))
    roster.matches.update(choice=Choice.UPDATE)
    confirmed(actor, roster)
    assert roster.counts == {"add": 1, "update": 1, "transfer": 1, "hints": 0}
    assert everything() != before

    verbs.undo(actor, roster)
    roster.refresh_from_db()
    assert (roster.state, roster.reason) == (ImportState.UNDONE, "")
    assert everything() == before
    fact = Fact.objects.latest("seq")
    assert (fact.verb, fact.data) == (
        "roster.undo", {"import": str(roster.uid), "people": 3},
    )  # fmt: skip


def test_undo_keeps_no_old_values_in_the_clear(cast):
    update(cast, cast.song, 入党日期="2012.05", 手机号码="13812345678")
    row = ImportedRow.objects.get()
    assert row.before
    assert "宋知行" not in row.before
    assert "2012" not in row.before


def after_import(cast):
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1)]))
    confirmed(keeper(cast), roster)
    return roster, Person.objects.get(name="钱小满")


def test_undo_is_refused_when_somebody_holds_a_post(cast):
    roster, new = after_import(cast)
    posts.appoint(keeper(cast), new, cast.branch, Role.COMMITTEE_MEMBER, portfolio="宣传")
    with pytest.raises(Refused, match="1 人已经有职务"):
        verbs.undo(keeper(cast), roster)


def test_undo_is_refused_when_somebody_has_an_invitation_or_an_account(cast):
    from tests.cast import account_of

    from zhengyou.people.actions.accounts import invite

    roster, new = after_import(cast)
    invite(keeper(cast), cast.branch, [new])
    account_of(new)
    with pytest.raises(Refused, match=r"账号.*邀请条|邀请条.*账号"):
        verbs.undo(keeper(cast), roster)


def test_undo_asks_every_app_that_refers_to_people(cast):
    """Relations are found in the models, so that no app can be forgotten."""
    from zhengyou.people.roster import undoing

    asked = {
        relation.related_model._meta.label
        for relation in Person._meta.related_objects
        if relation.related_model not in undoing._OWN
    }
    assert {"people.Post", "people.Account", "people.Invitation"} <= asked
    others = [label for label in asked if not label.startswith("people.")]
    assert others, "apps above refer to people, and are asked"


def test_undo_is_refused_when_somebody_was_changed_since(cast):
    roster, new = after_import(cast)
    record.amend(keeper(cast), new, {"work": "教导主任"})
    verbs.undo(keeper(cast), roster)
    roster.refresh_from_db()
    assert roster.state == ImportState.CONFIRMED
    assert "又改过钱小满的资料" in roster.reason
    assert Person.objects.filter(pk=new.pk).exists()


def test_undo_is_refused_when_a_membership_was_changed_since(cast):
    from zhengyou.people.actions.people import release

    roster, new = after_import(cast)
    release(keeper(cast), new, cast.branch)
    verbs.undo(keeper(cast), roster)
    roster.refresh_from_db()
    assert (roster.state, Person.objects.filter(pk=new.pk).exists()) == ("confirmed", True)


def test_an_import_is_undone_once(cast):
    roster, _ = after_import(cast)
    other = RosterImport.objects.get(pk=roster.pk)
    verbs.undo(keeper(cast), roster)
    with pytest.raises(Stale):
        verbs.undo(keeper(cast), other)


def test_the_second_of_two_imports_is_undone_before_the_first(cast):
    first, new = after_import(cast)
    second = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1, 入党日期="2005.06")]))
    confirmed(keeper(cast), second)
    verbs.undo(keeper(cast), first)
    first.refresh_from_db()
    assert first.state == ImportState.CONFIRMED, "the second has changed what the first brought"
    verbs.undo(keeper(cast), second)
    verbs.undo(keeper(cast), first)
    first.refresh_from_db()
    assert first.state == ImportState.UNDONE
    assert not Person.objects.filter(pk=new.pk).exists()


def test_every_state_is_reached_by_a_declared_transition():
    arrows = RosterImport.TRANSITIONS
    targets = {arrow.target for arrow in arrows} | {ImportState.CHECKING}
    assert targets == set(ImportState)
    assert {source for arrow in arrows for source in arrow.sources} <= set(ImportState)


def test_the_cast_is_older_than_the_imports():
    assert clock.today() > ENROLLED
