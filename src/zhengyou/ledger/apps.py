from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "zhengyou.ledger"
    label = "ledger"
    verbose_name = "台账"
