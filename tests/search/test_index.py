"""What can be found, on both databases: words of two characters, at once, and nothing too much."""

from uuid import uuid4

import pytest
from django.core.management import call_command

from zhengyou.search import index, queries, sources
from zhengyou.search.models import Entry
from zhengyou.search.queries import FEW, MOST, STRETCHES, Asked, matching
from zhengyou.search.sources import Document

pytestmark = pytest.mark.django_db
THING = "thing"


def keep(*documents: Document) -> None:
    index.sync(THING, [each.uid for each in documents], documents)


def found(question: str, **where) -> list:
    return matching(Asked(THING, **where), question).uids


@pytest.fixture
def text():
    one = Document(uuid4(), ("每周三放学后给孩子讲题", "家长"), ("宋知行", "数学老师"), True, 1, 5)
    two = Document(uuid4(), ("食堂剩饭减半，每月公布2次",), (), False, 2, 6)
    keep(one, two)
    return {"one": one.uid, "two": two.uid}


@pytest.mark.parametrize(
    ("question", "which"),
    [
        ("讲题", ["one"]),
        ("讲", ["one"]),
        ("讲题 家长", ["one"]),
        ("题讲", []),  # a phrase, not two characters anywhere
        ("讲题 剩饭", []),
        ("每", ["two", "one"]),  # the newest first
        ("公布 2", ["two"]),
        ("２次", ["two"]),
        ("宋知行", []),
        ("数学", []),
        ("", []),
        ('"', []),
        ("讲题 OR 剩饭", []),
        ("NEAR(讲 题)", []),
        ("讲*", ["one"]),
        ("'; DROP TABLE search_entry; --", []),
    ],
)
def test_questions(text, question, which) -> None:
    assert found(question) == [text[each] for each in which]


def test_names_only_where_they_may_be_seen(text) -> None:
    assert found("宋知行", names=True) == [text["one"]]
    assert found("数学 讲题", names=True) == [text["one"]]


def test_within_a_campaign_a_body_and_the_public(text) -> None:
    assert found("每", public=True) == [text["one"]]
    assert found("每", scope=2) == [text["two"]]
    assert found("每", places=[5, 7]) == [text["one"]]
    assert found("每", places=[]) == []
    assert matching(Asked("other"), "每").uids == []


@pytest.mark.parametrize("names", [False, True])
def test_what_the_index_knows_besides_cannot_be_typed(text, names) -> None:
    """Where to look and how new an entry is stand in the same index as the words."""
    entry = Entry.objects.get(uid=text["one"])
    for word in (
        *entry.tags.split(),
        "12x0",
        *(f"{bits}x{entry.pk >> bits}" for bits in STRETCHES),
    ):
        assert found(word, names=names) == [], word
        assert found(f"#{word}", names=names) == [], word
        assert found(f"讲题 #{word}", names=names) == [], word


def test_tags_that_are_said_are_words(text) -> None:
    said = Document(uuid4(), ("编号 kthingpubc1p5 见 12x0",), public=True)
    keep(said)
    assert found("kthingpubc1p5") == found("12x0") == [said.uid]
    assert found("编号", places=[5]) == [], "it lies where it lies, not where its words say"


def test_the_newest_first_however_far_apart(text) -> None:
    """PostgreSQL looks through the newest stretches of keys first, and further back for more."""
    start, width = Entry.objects.order_by("-pk")[0].pk, 1 << STRETCHES[0]
    uids, row = [uuid4() for _ in range(60)], Document(uuid4(), ("稀疏",), public=True).row(THING)
    Entry.objects.bulk_create(
        [
            Entry(pk=start + 1 + place * width, kind=THING, uid=uid, **row)
            for place, uid in enumerate(uids)
        ]
    )
    assert found("稀疏") == uids[::-1]
    assert found("稀疏", places=range(FEW + 1)) == []
    assert found("讲题") == [text["one"]], "as far back as there is anything"


def test_enough_of_many_are_the_newest(text, monkeypatch) -> None:
    monkeypatch.setattr(queries, "MOST", 20)
    monkeypatch.setattr(queries, "AT_ONCE", 30)
    start, width = Entry.objects.order_by("-pk")[0].pk, 1 << STRETCHES[0]
    uids, row = [uuid4() for _ in range(120)], Document(uuid4(), ("常见",), public=True).row(THING)
    Entry.objects.bulk_create(
        [
            Entry(pk=start + 1 + place * width // 4, kind=THING, uid=uid, **row)
            for place, uid in enumerate(uids)
        ]
    )
    many = matching(Asked(THING), "常见")
    assert many.uids == uids[:-21:-1] and many.cut


def test_what_changes_is_found_by_its_new_words_only(text) -> None:
    keep(Document(text["one"], ("每周三上门看望老人",), public=True, scope=1))
    assert found("讲题") == []
    assert found("老人") == [text["one"]]
    assert found("每") == [text["one"], text["two"]], "what has changed last stands first"


def test_what_has_no_document_is_gone_at_once(text) -> None:
    assert index.sync(THING, [text["one"]], []) == 1
    assert found("讲题") == []
    assert index.sync(THING, [text["one"]], []) == 0


def test_nothing_is_written_where_nothing_changed(text) -> None:
    before = list(Entry.objects.values_list("pk"))
    keep(Document(text["two"], ("食堂剩饭减半，每月公布2次",), (), False, 2, 6))
    assert list(Entry.objects.values_list("pk")) == before


def test_more_than_one_looks_at(text) -> None:
    keep(*[Document(uuid4(), ("很多",), public=True) for _ in range(MOST + 1)])
    many = matching(Asked(THING), "很多")
    assert many.cut and len(many.uids) == MOST
    assert not matching(Asked(THING), "讲题").cut


def test_mend_and_rebuild(text, monkeypatch, capsys) -> None:
    new = Document(uuid4(), ("新来的",), public=True)
    changed = Document(text["two"], ("剩饭又减半",), public=True)

    def documents(uids=None):
        return (each for each in (new, changed) if uids is None or each.uid in uids)

    monkeypatch.setattr(sources, "_sources", {THING: documents})
    call_command("search", "mend")
    assert "改正 3 条" in capsys.readouterr().out
    assert found("新来") == [new.uid] and found("又减半") == [text["two"]] and found("讲题") == []
    assert index.mend() == 0
    Entry.objects.all().delete()
    call_command("search", "rebuild")
    assert "共 2 条" in capsys.readouterr().out
    assert found("新来") == [new.uid]
