"""``zhengyou docs``: write the generated pages of docs/."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from zhengyou.site import diagrams


class Command(BaseCommand):
    help = "Write docs/states.md from the models."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write every generated page."""
        path = settings.ROOT / "docs" / "states.md"
        path.write_text(diagrams.page(), encoding="utf-8")
        self.stdout.write(str(path.relative_to(settings.ROOT)))
