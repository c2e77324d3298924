"""What each kind of record asks for: who is called, in which parts, and which fields. As data.

Nothing is asked that the system knows: who is on the roll, who has a vote, which duties it counts
for. What a kind does not ask for is not on its form.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from zhengyou.work.models import Part, RecordFamily, RecordKind


class Called(StrEnum):
    """Who stands on the list from the beginning, as present."""

    MEMBERS = "members"  # the party members among the body's own people; all where it is no party
    COMMITTEE = "committee"  # who holds a seat on the committee
    EVERYBODY = "everybody"  # the body's own people
    CHOSEN = "chosen"  # nobody: who took part is ticked


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a kind.

    Args:
        asks: names of fields beyond title, day and files.
        needs: without which it cannot be finished; ``people``: at least one who was there.
        parts: which parts are asked for, and under which words.
        own: words for each person's own amount, "" where everybody's is the same; ``note``: for a
            word about each.
        words: other labels than the usual ones.
        personal: whether a plain member may write it down for oneself.
        quiet: whether only those in it and the body's leaders read it.
        households: whether ``free_names`` are people at their homes: named to those in it and to
            the body's posts, told to the level above as a number.
    """

    called: Called
    asks: frozenset[str]
    needs: frozenset[str] = frozenset({"people", "text"})
    parts: Mapping[Part, str] = field(default_factory=dict)
    own: str = ""
    note: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    personal: bool = False
    quiet: bool = False
    households: bool = False


def _asks(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ALWAYS = "place text links programmes"
_CHAIR = {Part.HOST: "主持人", Part.MINUTES: "记录人"}
_PEOPLE = _asks("people")

_MEETING = Form(
    Called.MEMBERS, _asks(f"{_ALWAYS} times decisions free_names hours repeat"), parts=_CHAIR,
    words={"text": "开会的内容", "decisions": "议定的事"},
)  # fmt: skip
_STUDY = Form(
    Called.MEMBERS, _asks(f"{_ALWAYS} times hours free_names repeat"),
    parts={Part.HOST: "主持人", Part.SPEAKER: "领学人"}, words={"text": "学了什么"},
)  # fmt: skip
_OWN_STUDY = Form(
    Called.CHOSEN, _asks("text hours characters programmes"), needs=_PEOPLE, own="本人字数",
    words={"text": "学的什么、写的什么", "characters": "每人字数"}, personal=True,
)  # fmt: skip
_VISIT = Form(
    Called.CHOSEN, _asks(f"{_ALWAYS} free_names wishes quantities hours"),
    needs=_asks("people free_names"),
    words={"people": "谁去的", "free_names": "走访了哪些户、哪些人", "text": "看到什么、说了什么"},
    personal=True, households=True,
)  # fmt: skip
_SERVICE = Form(
    Called.CHOSEN, _asks(f"{_ALWAYS} until scope hours quantities outside free_names wishes"),
    needs=_asks("people scope text"), words={"text": "做了什么", "outside": "服务了多少人"},
    personal=True,
)  # fmt: skip
_WATCH = Form(
    Called.CHOSEN, _asks("place text until times links quantities"), needs=_asks("people text"),
    parts={Part.CHECKER: "谁检查的"}, words={"people": "谁值的班、谁的日志", "text": "看到什么"},
    personal=True,
)  # fmt: skip

OF_FAMILY: Mapping[RecordFamily, Form] = {
    RecordFamily.MEETING: _MEETING,
    RecordFamily.STUDY: _STUDY,
    RecordFamily.LECTURE: Form(
        Called.MEMBERS, _asks(f"{_ALWAYS} times hours free_names outside"),
        needs=_asks("people speaker"), parts={Part.SPEAKER: "主讲人", Part.HOST: "主持人"},
        words={"text": "讲了什么", "outside": "名册以外多少人听"},
    ),
    RecordFamily.TALK: Form(
        Called.CHOSEN, _asks("place text links free_names wishes"), needs=_asks("people text"),
        parts={Part.HOST: "谁找人谈的"},
        words={"people": "和谁谈的", "free_names": "名册以外的人", "text": "谈了什么"},
        personal=True, quiet=True,
    ),
    RecordFamily.SERVICE: _SERVICE,
    RecordFamily.VISIT: _VISIT,
    RecordFamily.MEDIATION: Form(
        Called.CHOSEN, _asks("place text decisions free_names links"),
        needs=_asks("people text decisions"),
        words={"people": "谁调解的", "free_names": "当事人", "text": "什么事",
               "decisions": "调解的结果"},
        personal=True, quiet=True,
    ),
    RecordFamily.CONTEST: Form(
        Called.CHOSEN, _asks(f"{_ALWAYS} until outside quantities free_names"),
        parts={Part.HOST: "组织的人"}, own="本人成绩（分）", note="名次",
        words={"text": "比什么、结果怎样", "outside": "名册以外多少人参加"},
    ),
    RecordFamily.TRAINING: Form(
        Called.CHOSEN, _asks(f"{_ALWAYS} until times hours outside quantities free_names"),
        parts={Part.SPEAKER: "讲课的人"}, own="本人学时",
        words={"text": "培训什么", "outside": "名册以外多少人参加"},
    ),
    RecordFamily.EVENT: Form(
        Called.CHOSEN, _asks(f"{_ALWAYS} until times hours outside quantities free_names"),
        parts={Part.HOST: "组织的人"}, words={"text": "办了什么", "outside": "外来多少人参加"},
    ),
    RecordFamily.PRACTICE: Form(
        Called.CHOSEN, _asks(f"{_ALWAYS} until outside quantities free_names"),
        parts={Part.HOST: "带队的人"}, own="文章字数", note="文章题目",
        words={"people": "队员", "text": "做了什么、怎样汇报展示",
               "outside": "名册以外多少人参加"},
    ),
    RecordFamily.PUBLICITY: Form(
        Called.CHOSEN, _asks("text place links programmes quantities"), needs=_asks("text"),
        words={"people": "谁写的、谁拍的", "text": "宣传什么", "place": "登在哪里"}, personal=True,
    ),
    RecordFamily.WATCH: _WATCH,
    RecordFamily.REPORT: Form(
        Called.CHOSEN, _asks("text links"), needs=_asks("text"), words={"text": "汇报的内容"},
    ),
}  # fmt: skip


def _but(form: Form, **changes: object) -> Form:
    values = {name: getattr(form, name) for name in Form.__slots__}
    return Form(**(values | changes))


_OUTSIDERS = frozenset({"outside", "due_to_attend"})
_WORDS_OUTSIDE = {"outside": "名册以外实到多少人", "due_to_attend": "名册以外应到多少人"}
_STAFF = _but(
    _MEETING, asks=_MEETING.asks | _OUTSIDERS, words={**_MEETING.words, **_WORDS_OUTSIDE},
    called=Called.EVERYBODY,
)  # fmt: skip

OF_KIND: Mapping[RecordKind, Form] = {
    RecordKind.COMMITTEE: _but(_MEETING, called=Called.COMMITTEE),
    RecordKind.DEMOCRATIC_LIFE: _but(_MEETING, called=Called.COMMITTEE),
    RecordKind.LEADING_MEETING: _but(_MEETING, called=Called.EVERYBODY),
    RecordKind.CENTRE_GROUP: _but(_STUDY, called=Called.COMMITTEE),
    RecordKind.LISTENING: _but(_MEETING, called=Called.COMMITTEE),
    **dict.fromkeys(
        (RecordKind.LAUNCH, RecordKind.STAFF_MEETING, RecordKind.JOINT_MEETING,
         RecordKind.CAMPAIGN_MEETING, RecordKind.CLASS_MEETING, RecordKind.DISCUSSION,
         RecordKind.CONSULTATION, RecordKind.EXCHANGE, RecordKind.CONGRESS),
        _STAFF,
    ),
    RecordKind.NOTES: _OWN_STUDY,
    RecordKind.REFLECTION: _OWN_STUDY,
    RecordKind.TEST: _but(
        _OWN_STUDY, asks=_asks("text score programmes"), own="本人分数",
        words={"text": "考什么", "score": "每人分数"}, personal=False, called=Called.MEMBERS,
    ),
    RecordKind.LOG_CHECK: _but(_WATCH, personal=False, quiet=True),
    RecordKind.OBSERVATION: _but(
        _WATCH, parts={Part.CHECKER: "谁去听的", Part.SPEAKER: "谁上的课"},
        words={"people": "还有谁", "text": "听了什么课、怎么样"},
    ),
    RecordKind.SURVEY: _but(
        _VISIT, needs=_asks("people text"),
        words={**_VISIT.words, "free_names": "问了哪些人", "text": "调研什么、看到什么"},
    ),
    RecordKind.DISCLOSURE: _but(
        OF_FAMILY[RecordFamily.PUBLICITY], asks=_asks("text links quantities"), personal=False,
        words={"text": "公开了什么"},
    ),
    RecordKind.CONTACT: _but(_VISIT, needs=_asks("people text")),
}  # fmt: skip
"""Kinds that ask otherwise than their family."""


def form_of(kind: RecordKind) -> Form:
    """Return what ``kind`` asks for."""
    return OF_KIND.get(kind) or OF_FAMILY[kind.family]


OWN_WORK = frozenset(kind for kind in RecordKind if form_of(kind).personal)
"""Kinds that a plain member may write down for oneself."""
QUIET = frozenset(kind for kind in RecordKind if form_of(kind).quiet)
"""Kinds that only those in it and the body's leaders read."""
