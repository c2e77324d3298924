"""A roster of 100,000 rows: the time of its preview over what cannot be avoided, and its memory.

Not to be avoided are python-calamine reading the file and one bulk insert of the same rows. The
confirm is measured likewise, with the time for which it keeps SQLite's one write lock.
Runs on the database of the settings and, where a PostgreSQL server can be had, on that too.
"""

import contextlib
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengyou.site.settings")

ROWS = int(os.environ.get("ROWS", "100000"))
BRANCHES = 1000
sys.path.insert(0, str(Path(__file__).parents[1]))  # the PostgreSQL of the tests
HEADER = (
    "姓名", "公民身份号码", "性别", "民族", "出生日期", "学历", "人员类别", "所在党支部",
    "入党日期", "转正日期", "工作岗位", "手机号码", "固定电话", "家庭住址", "党籍状态",
    "是否失联党员", "失联日期", "是否流动党员", "外出流向",
)  # fmt: skip
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "安宁知行若兰启明映雪雨禾长青建国晓岚一帆立诚青禾长林满仓望舒明川素秋"
WORK = ("语文老师", "数学老师", "务农", "个体户", "退休", "村医", "会计", "护林员")


def lines() -> list[list[str]]:
    """Return invented rows: everybody different, with all columns filled as rosters fill them."""
    made = []
    for n in range(ROWS):
        born = date(1950 + n % 50, 1 + n // 50 % 12, 1 + n // 600 % 28)
        place = n // 16800 * 2 + n % 2
        name = SURNAMES[n % 31] + GIVEN[n // 31 % 34] + GIVEN[n // 1054 % 34]
        made.append([
            name, id_number(born, 1 + place), "男" if (1 + place) % 2 else "女", "汉族",
            f"{born:%Y.%m.%d}", "大学本科", "正式党员", f"第{n % BRANCHES}村党支部",
            f"{born.year + 25}.07", f"{born.year + 26}.07", WORK[n % 8], f"139{n:08d}", "",
            f"澜阳县石桥镇第{n % BRANCHES}村{n % 300}号", "正常", "否", "", "否", "",
        ])  # fmt: skip
    return made


def id_number(born: date, order: int) -> str:
    """Return an invented ID number with a right check digit."""
    digits = f"330999{born:%Y%m%d}{order:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
    return digits + "10X98765432"[rest]


def workbook(path: Path) -> None:
    """Write the roster as people save it."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_numbers": False}) as book:
        page = book.add_worksheet("名册")
        for at, cells in enumerate([list(HEADER), *lines()]):
            page.write_row(at, 0, cells)


STAGES = ("prepare", "baseline", "preview", "confirm")


def main() -> None:
    """Measure on every database that can be had; fail where the limits do not hold."""
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        workbook(path)
        print(f"| {ROWS:,} rows | preview | confirm | nobody else writes for | peak memory |")
        print("|---|---|---|---|---|")
        for name, url in (("SQLite", ""), ("PostgreSQL", _postgres())):
            if url is None:
                print(f"| {name} | no server could be had | | | |")
                continue
            told = {stage: _stage(stage, path, url) for stage in STAGES}
            failed = _print(name, told) or failed
    raise SystemExit(failed)


def _postgres() -> str | None:
    """Return the address of an empty database on a server of our own, or None."""
    import psycopg
    from tests import cluster

    try:
        url = cluster.url()
    except SystemExit:
        return None
    parts = urlsplit(url)
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as server:
        server.execute("CREATE DATABASE bench_roster")
    return parts._replace(path="/bench_roster").geturl()


def _print(name: str, told: dict[str, dict[str, float]]) -> bool:
    """Print one database's row; say whether a limit is broken."""
    base = told["baseline"]["seconds"]
    preview, confirm = (told[stage]["seconds"] / base for stage in ("preview", "confirm"))
    peak = max(told[stage]["peak"] for stage in ("preview", "confirm"))
    print(
        f"| {name} | {preview:.2f} | {confirm:.2f} | {told['confirm']['held'] / base:.2f}"
        f" | {peak:.0f} MB |",
        flush=True,
    )
    return preview > 3 or peak > 600


def _stage(name: str, path: Path, url: str) -> dict[str, float]:
    """Run one stage in a process of its own, so that peaks of memory do not mix."""
    root = Path(__file__).parents[1]
    env = os.environ | {"PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"}
    if url:
        env["DATABASE_URL"] = url
    done = subprocess.run(
        [sys.executable, __file__, name, str(path)], env=env, stdout=subprocess.PIPE, check=True
    )
    told: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return told


# --- the stages, each a process -----------------------------------------------------------------


def stage(name: str, path: Path) -> dict[str, float]:
    """Do one stage and tell what it took."""
    django.setup()
    work = {"prepare": _prepare, "baseline": _baseline, "preview": _preview, "confirm": _confirm}
    begin = time.perf_counter()
    told = work[name](path)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": time.perf_counter() - begin, "peak": peak, "held": 0.0} | told


def _prepare(path: Path) -> dict[str, float]:
    """Make a town with its branches and somebody who may import."""
    from django.core.management import call_command

    from zhengyou.ledger import book
    from zhengyou.people.actions.people import appoint, enrol
    from zhengyou.people.actions.tree import found
    from zhengyou.people.models import Kind, Person, Role, StandingKind

    call_command("migrate", interactive=False, verbosity=0)
    with book.writing():
        town = found(None, name="石桥镇党委", kind=Kind.PARTY_COMMITTEE, parent=None)
        for n in range(BRANCHES):
            found(None, name=f"第{n}村党支部", kind=Kind.BRANCH, parent=town)
        office = Person(name="白露")
        enrol(None, office, town, standing=StandingKind.FULL)
        appoint(None, office, town, Role.CAMPAIGN_OFFICE)
    return {}


def _baseline(path: Path) -> dict[str, float]:
    """Read the file and insert the same rows once, with nothing checked, sealed or linked."""
    from django.db import transaction
    from python_calamine import CalamineWorkbook

    from zhengyou.people.models import Person

    begin = time.perf_counter()
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    read = time.perf_counter() - begin
    persons = [
        Person(
            name=row[0], id_sealed=row[1], gender="male", ethnicity=row[3], education=row[5],
            work=row[10], phone_sealed=row[11], address_sealed=row[13],
        )
        for row in rows[1:]
    ]  # fmt: skip
    begin = time.perf_counter()
    with transaction.atomic():
        Person.objects.bulk_create(persons, batch_size=500)
        transaction.set_rollback(True)
    insert = time.perf_counter() - begin
    print(f"read {read:.1f} s, insert {insert:.1f} s", file=sys.stderr)
    return {"seconds": read + insert}


def _preview(path: Path) -> dict[str, float]:
    from zhengyou.people.actions import roster as verbs
    from zhengyou.people.actor import acting_as
    from zhengyou.people.models import Organisation, Person, Role
    from zhengyou.people.roster import jobs

    office = acting_as(Person.objects.get(name="白露"), Role.CAMPAIGN_OFFICE)
    town = Organisation.objects.get(name="石桥镇党委")
    roster = verbs.upload(office, town, [path.read_bytes()], path.name)
    begin = time.perf_counter()
    jobs.check(roster.uid, roster.job)
    spent = time.perf_counter() - begin
    roster.refresh_from_db()
    if roster.count("add") != ROWS:
        raise SystemExit(f"not what was expected: {roster.counts} {roster.reason}")
    return {"seconds": spent}


def _confirm(path: Path) -> dict[str, float]:
    from zhengyou.people.actions import roster as verbs
    from zhengyou.people.actor import acting_as
    from zhengyou.people.models import ImportState, Person, Role, RosterImport
    from zhengyou.people.roster import jobs

    roster = RosterImport.objects.get()
    verbs.confirm(acting_as(Person.objects.get(name="白露"), Role.CAMPAIGN_OFFICE), roster)
    with _Watch() as watch:
        begin = time.perf_counter()
        jobs.write(roster.uid, roster.job)
        spent = time.perf_counter() - begin
    roster.refresh_from_db()
    if roster.state != ImportState.CONFIRMED:
        raise SystemExit(f"not written: {roster.state} {roster.reason}")
    return {"seconds": spent, "held": watch.longest}


class _Watch:
    """Tries to write to SQLite all the time, and keeps the longest stretch in which it could not.

    On PostgreSQL others write meanwhile, so it watches nothing there.
    """

    def __init__(self) -> None:
        self.longest = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._try)

    def __enter__(self) -> "_Watch":
        self._thread.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self._over.set()
        self._thread.join()

    def _try(self) -> None:
        from django.conf import settings

        database = settings.DATABASES["default"]
        if "sqlite" not in database["ENGINE"]:
            return
        began: float | None = None
        with contextlib.closing(sqlite3.connect(database["NAME"], timeout=0)) as other:
            while not self._over.is_set():
                try:
                    other.execute("BEGIN IMMEDIATE")
                    other.rollback()
                    began = None
                except sqlite3.OperationalError:
                    began = began or time.perf_counter()
                    self.longest = max(self.longest, time.perf_counter() - began)
                time.sleep(0.02)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(stage(sys.argv[1], Path(sys.argv[2]))))
    else:
        main()
