"""Facts in one chain, its head, and the heads that were published."""

from typing import Any, NoReturn

from django.db import models

from zhengyou.kernel.refs import Ref
from zhengyou.ledger import chain


class Fact(models.Model):
    """One thing that happened: who did what to which, at what moment. Written by ``Book`` only.

    ``data`` holds uids, dates, numbers and codes. Names of persons stand in ``payload`` alone;
    erasing takes payload and salt away and leaves their digest, so that the chain stays whole.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=80)
    actor = models.CharField(max_length=64)
    hat = models.CharField(max_length=120, blank=True)
    about_kind = models.CharField(max_length=40)
    about_uid = models.UUIDField()
    data = models.JSONField(default=dict)
    payload = models.TextField(null=True)
    payload_salt = models.CharField(max_length=64, null=True)
    payload_digest = models.CharField(max_length=64, blank=True)
    erased_at = models.DateTimeField(null=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = "台账的一行"
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["about_kind", "about_uid", "seq"], name="fact_about"),
            models.Index(fields=["about_kind", "seq"], name="fact_latest"),
            models.Index(fields=["verb", "at"], name="fact_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb} {self.about}"

    @property
    def about(self) -> Ref:
        """Return what the fact is about."""
        return Ref(self.about_kind, self.about_uid)

    def digest_now(self, seq: int | None = None) -> str:
        """Return the digest its columns give; differs from ``digest`` if one was changed.

        Args:
            seq: as if it stood there; None for where it stands.

        Raises:
            TypeError: ``data`` holds something that was never written by ``Book``.
            ValueError: likewise.
        """
        return chain.fact_digest(
            seq=self.seq if seq is None else seq,
            at=self.at,
            verb=self.verb,
            actor=self.actor,
            hat=self.hat,
            about=(self.about_kind, self.about_uid),
            data=self.data,
            payload_digest=self.payload_digest,
            previous=self.previous,
        )

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: facts are added by ``ledger.book.writing`` and never changed.

        Raises:
            TypeError: always.
        """
        raise TypeError("facts are written by ledger.book.writing() only")

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: the ledger only grows.

        Raises:
            TypeError: always.
        """
        raise TypeError("facts are never deleted; names go by ledger.actions.erase_payload()")


class Head(models.Model):
    """The one row that says where the chain ends; whoever writes locks it, as the last thing."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    seq = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = "链头"
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="head_is_one_row"),
        ]

    def __str__(self) -> str:
        return f"{self.seq}:{self.digest}"


class PublishedHead(models.Model):
    """Where the chain ended on a day, as made public: later cuts and rewritings show against it."""

    date = models.DateField(unique=True)
    seq = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = "公布的链头"
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date} {self.seq}:{self.digest}"
