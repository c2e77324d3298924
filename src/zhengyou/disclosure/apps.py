from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "zhengyou.disclosure"
    label = "disclosure"
    verbose_name = "公开事项"
