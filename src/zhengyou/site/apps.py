from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "zhengyou.site"
    label = "site"
    verbose_name = "站点"

    def ready(self) -> None:
        """Fill the registries once all apps are there."""
        from zhengyou.site import registries

        registries.fill()
