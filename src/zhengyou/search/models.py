"""What can be found: one row a thing, its words as the database's own index reads them."""

from django.db import models


class Entry(models.Model):
    """One thing that can be found. Refers to it by kind and uid; ``scope`` and ``place`` are keys
    of rooms above (campaign, organisation) without a foreign key.

    SQLite keeps an FTS5 table beside it by triggers, PostgreSQL a generated column: see the
    migration, and never let one alter this table on SQLite: made anew, it loses its triggers. A
    changed thing gets a new row, so that ``-id`` is the newest first.
    """

    kind = models.CharField("哪类事", max_length=40)
    uid = models.UUIDField("哪件事")
    public = models.BooleanField("公开的")
    scope = models.BigIntegerField("哪次活动", null=True)
    place = models.BigIntegerField("哪个组织", null=True)
    words = models.TextField("文字，逐字分开")
    names = models.TextField("姓名和岗位，逐字分开")
    tags = models.CharField("类别和范围", max_length=400)

    class Meta:
        verbose_name = "搜得到的一条"
        constraints = [models.UniqueConstraint(fields=["kind", "uid"], name="search_entry_one")]
        indexes = [
            models.Index(fields=["kind", "scope", "-id"], name="search_entry_newest"),
            models.Index(fields=["kind", "-id"], name="search_entry_kind"),
        ]
