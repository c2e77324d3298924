"""A blob is content, stored once; an attachment is a name given to it for one owner."""

from uuid import uuid4

from django.db import models
from django.urls import reverse

from zhengyou.kernel.refs import Ref


class Blob(models.Model):
    """Content in the store, known by its SHA-256."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField("字节数")
    media_type = models.CharField(max_length=100)

    class Meta:
        verbose_name = "文件内容"

    def __str__(self) -> str:
        return self.sha256


class Attachment(models.Model):
    """A file attached to something: who may see that, may download this."""

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField("文件名", max_length=120)
    owner_kind = models.CharField(max_length=40)
    owner_uid = models.UUIDField()
    owner_label = models.CharField(max_length=200, blank=True)
    added_by = models.CharField(max_length=64)
    added_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = "附件"
        ordering = ["added_at", "id"]
        indexes = [models.Index(fields=["owner_kind", "owner_uid"], name="attachment_owner")]

    def __str__(self) -> str:
        return self.name

    @property
    def owner(self) -> Ref:
        """Return what it is attached to."""
        return Ref(self.owner_kind, self.owner_uid, self.owner_label)

    def get_absolute_url(self) -> str:
        """Return where it is downloaded."""
        return reverse("files:download", args=[self.uid])
