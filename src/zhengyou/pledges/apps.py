from django.apps import AppConfig


class PledgesConfig(AppConfig):
    name = "zhengyou.pledges"
    label = "pledges"
    verbose_name = "承诺"
