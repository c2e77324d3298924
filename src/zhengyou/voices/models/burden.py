"""What was changed after a complaint about burden."""

from django.db import models

from zhengyou.voices.models.outcome import VoiceOutcome


class Relief(models.TextChoices):
    """What the superior did."""

    LIFTED = "lifted", "取消了"
    MERGED = "merged", "合并了"
    FEWER = "fewer", "减少了次数"
    SHORTER = "shorter", "减少了内容"
    PREFILLED = "prefilled", "系统里有的不再填"
    KEPT = "kept", "这次减不了，说明了原因"


REAL = tuple(each for each in Relief if each != Relief.KEPT)
"""Those that made something less."""


class Relieved(models.Model):
    """What an answer to a complaint changed, beside its words."""

    outcome = models.OneToOneField(
        VoiceOutcome, verbose_name="答复", on_delete=models.CASCADE, related_name="relieved"
    )
    what = models.CharField("怎么减的", max_length=10, choices=Relief)

    class Meta:
        verbose_name = "减负的结果"
