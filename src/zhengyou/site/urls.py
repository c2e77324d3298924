"""All addresses. Each app names its resources; nothing here decides who may see them."""

from django.urls import include, path

urlpatterns = [
    path("", include("zhengyou.portal.urls")),
    path("", include("zhengyou.people.urls")),
    path("", include("zhengyou.campaigns.urls")),
    path("", include("zhengyou.work.urls")),
    path("", include("zhengyou.problems.urls")),
    path("", include("zhengyou.pledges.urls")),
    path("", include("zhengyou.voices.urls")),
    path("", include("zhengyou.disclosure.urls")),
    path("", include("zhengyou.labour.urls")),
    path("", include("zhengyou.inspections.urls")),
    path("", include("zhengyou.papers.urls")),
    path("", include("zhengyou.remarks.urls")),
    path("", include("zhengyou.files.urls")),
    path("", include("zhengyou.desk.urls")),
    path("", include("zhengyou.ui.urls")),
]
