from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "zhengyou.search"
    label = "search"
    verbose_name = "搜索"
