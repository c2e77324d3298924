"""The words of this room."""

from django.db import models


class InspectionKind(models.TextChoices):
    """What kind of inspection it is."""

    SURVEY = "survey", "专题调研"
    SPOT = "spot", "随机抽查"
    SPECIAL = "special", "专项检查"


class Sample(models.TextChoices):
    """How it is settled where one goes."""

    RANDOM = "random", "公开抽签"
    CHOSEN = "chosen", "指定单位"


class StrataBy(models.TextChoices):
    """Into which strata the list is parted before drawing."""

    NONE = "none", "不分层"
    KIND = "kind", "按组织类别"
    REGION = "region", "按片区"
    BOTH = "both", "按类别和片区"


class Method(models.TextChoices):
    """How the seed becomes a draw."""

    HASH = "sha256", "种子加校验码（RFC 3797）"
    DICE = "dice", "两颗骰子，手工抽"


class SeedSource(models.TextChoices):
    """Where the seed comes from, which nobody can know before."""

    DICE = "dice", "当众掷骰子"
    LOTTERY = "lottery", "公开开奖号码"


class InspectionState(models.TextChoices):
    """Where an inspection stands."""

    DRAFT = "draft", "筹备中"
    FROZEN = "frozen", "名单已封存"
    UNDER_WAY = "under_way", "检查中"
    CLOSED = "closed", "已结束"
    ANNULLED = "annulled", "已作废"


class VisitState(models.TextChoices):
    """Where the visit of one body stands."""

    PLANNED = "planned", "待检查"
    UNDER_WAY = "under_way", "检查中"
    HANDED = "handed", "已交意见"
    REPLACED = "replaced", "已换下"


class Chosen(models.TextChoices):
    """Why one goes to this body."""

    DRAWN = "drawn", "抽中"
    RESERVE = "reserve", "替补"
    NAMED = "named", "指定"


class FindingKind(models.TextChoices):
    """What was found."""

    PRAISE = "praise", "表扬"
    CRITICISM = "criticism", "批评"
    NOTE = "note", "备注"


class Grade(models.TextChoices):
    """The answer to one item of a checklist."""

    YES = "yes", "做到了"
    PARTLY = "partly", "部分做到"
    NO = "no", "没做到"
    NONE = "none", "不适用"
