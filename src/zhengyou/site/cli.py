"""The ``zhengyou`` command: every management command of the product under one name."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run ``zhengyou COMMAND …``; ``zhengyou help`` lists the commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengyou.site.settings")
    try:
        execute_from_command_line(["zhengyou", *sys.argv[1:]])
    except KeyboardInterrupt:
        sys.exit(130)  # as the shell says it; the database has undone what was half done


if __name__ == "__main__":
    main()
