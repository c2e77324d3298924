from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "zhengyou.portal"
    label = "portal"
    verbose_name = "公开"
