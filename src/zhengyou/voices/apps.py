from django.apps import AppConfig


class VoicesConfig(AppConfig):
    name = "zhengyou.voices"
    label = "voices"
    verbose_name = "征集意见"
