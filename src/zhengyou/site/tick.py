"""What time makes necessary. Each step is idempotent and says in Chinese what it did."""

from collections.abc import Callable, Iterator

from zhengyou.files import actions as files
from zhengyou.ledger import actions as ledger

Step = Callable[[], str]


def _publish_head() -> str:
    head = ledger.publish_head()
    return f"台账链头：{head.seq}:{head.digest[:12]}"


def _sweep_files() -> str:
    return f"清理没人用的文件：{files.sweep()} 个"


STEPS: tuple[Step, ...] = (_publish_head, _sweep_files)


def run() -> Iterator[str]:
    """Run all steps in order, yielding one line for each."""
    for step in STEPS:
        yield step()
