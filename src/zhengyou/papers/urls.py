"""Addresses of papers."""

from django.urls import path

from zhengyou.papers.views import paper, part, summary

app_name = "papers"
urlpatterns = [
    path("papers/", paper.index, name="index"),
    path("papers/<uuid:uid>/", paper.show, name="paper"),
    path("papers/<uuid:uid>/retry/", paper.retry, name="retry"),
    path("papers/summary/<uuid:campaign>/<uuid:body>/", summary.show, name="summary"),
    path("papers/summary/<uuid:campaign>/<uuid:body>/make/", summary.make, name="make"),
    path("papers/summary/<uuid:campaign>/<uuid:body>/rows/<str:code>/", summary.rows, name="rows"),
    path("papers/summary/<uuid:campaign>/<uuid:body>/parts/", part.add, name="add_part"),
    path("papers/summary/<uuid:campaign>/<uuid:body>/parts/<str:key>/", part.edit, name="part"),
    path("papers/summary/<uuid:campaign>/<uuid:body>/next/", part.begin_next, name="next"),
]
