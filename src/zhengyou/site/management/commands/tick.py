"""``zhengyou tick``: everything that must happen by time. Idempotent; run it daily or hourly."""

from typing import Any

from django.core.management.base import BaseCommand

from zhengyou.site import tick


class Command(BaseCommand):
    help = "办到时间该办的事：公布台账链头，清理没用的文件和中断的任务。重复运行没有坏处。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Run every step of :data:`zhengyou.site.tick.STEPS` and say what was done."""
        for line in tick.run():
            self.stdout.write(line)
