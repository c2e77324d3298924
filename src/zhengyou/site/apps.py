from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "zhengyou.site"
    label = "site"
    verbose_name = "站点"
