"""What time makes necessary. Each step is idempotent and says in Chinese what it did."""

from collections.abc import Callable, Iterator

from django.core.cache import cache
from django.db import connection

from zhengyou.desk import letters
from zhengyou.files import actions as files
from zhengyou.kernel import clock, progress
from zhengyou.ledger import actions as ledger
from zhengyou.papers.actions import making as papers
from zhengyou.people.actions import rolls, roster
from zhengyou.pledges.actions import tallies
from zhengyou.remarks import limits, traces
from zhengyou.search import index

Step = Callable[[], str]


def _publish_head() -> str:
    head = ledger.publish_head()
    return f"台账链头：{head.seq}:{head.digest[:12]}"


def _sweep_files() -> str:
    return f"清理没人用的文件：{files.sweep()} 个"


def _release_papers() -> str:
    return f"生成时中断的材料：{papers.release_interrupted()} 份"


def _sweep_rosters() -> str:
    return f"清理过期的花名册导入：{roster.sweep()} 份"


def _sweep_remarks() -> str:
    traces.sweep()
    return f"清理群众意见的计数：{limits.sweep()} 个"


def _sweep_progress() -> str:
    return f"清理旧的进度：{progress.sweep()} 个"


def _send_digests() -> str:
    return f"发每天一封的提醒：{letters.enqueue_due()} 封"


def _daily(what: str) -> bool:
    """Whether something that reads everything is due: once a day, however often one ticks."""
    return cache.add(f"tick.{what}", clock.today().isoformat(), timeout=20 * 3600)


def _mend_tallies() -> str:
    if not _daily("tallies"):
        return "承诺墙上的数：今天核对过了"
    return f"核对承诺墙上的数：改正 {tallies.mend()} 个"


def _mend_rolls() -> str:
    if not _daily("rolls"):
        return "名册上的数：今天核对过了"
    return f"核对名册上的数：改正或者归并 {rolls.mend()} 个组织"


def _mend_search() -> str:
    if not _daily("search"):
        return "搜索的索引：今天核对过了"
    return f"核对搜索的索引：改正 {index.mend()} 条"


def _count_for_plans() -> str:
    """SQLite plans its queries by counts that nobody takes by itself; PostgreSQL's autovacuum
    does."""
    if connection.vendor != "sqlite":
        return "数据库的统计：数据库自己做"
    if not _daily("statistics"):
        return "数据库的统计：今天更新过了"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA analysis_limit = 1000")
        cursor.execute("ANALYZE")
    return "数据库的统计：更新好了"


STEPS: tuple[Step, ...] = (
    _publish_head,
    _release_papers,
    _sweep_rosters,
    _sweep_files,
    _sweep_remarks,
    _sweep_progress,
    _send_digests,
    _mend_tallies,
    _mend_rolls,
    _mend_search,
    _count_for_plans,
)


def run() -> Iterator[str]:
    """Run all steps in order, yielding one line for each."""
    for step in STEPS:
        yield step()
