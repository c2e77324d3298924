"""Addresses of this room."""

from zhengyou.voices.urls_ideas import urlpatterns as ideas

app_name = "voices"
urlpatterns = [*ideas]
