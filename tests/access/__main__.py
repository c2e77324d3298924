"""``python -m tests.access``: write docs/roles.md from the table."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402
from tests.access import page  # noqa: E402

path = settings.ROOT / "docs" / "roles.md"
path.write_text(page.page(), encoding="utf-8")
print(path.relative_to(settings.ROOT))
