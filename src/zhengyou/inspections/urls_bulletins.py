"""Addresses of bulletins. Whatever begins with ``notices/`` is public."""

from django.urls import path

from zhengyou.inspections.views import bulletin_desk, bulletins

ONE = "bulletins/<uuid:uid>/"

urlpatterns = [
    path("notices/", bulletins.public_index, name="public_bulletins"),
    path("notices/<uuid:uid>/", bulletins.public, name="public_bulletin"),
    path("bulletins/", bulletins.index, name="bulletins"),
    path("bulletins/new/", bulletin_desk.new, name="bulletin_new"),
    path(ONE, bulletins.show, name="bulletin"),
    path(f"{ONE}follow/", bulletins.follow, name="bulletin_follow"),
    path(f"{ONE}paper.docx", bulletins.paper, name="bulletin_paper"),
    path(f"{ONE}edit/", bulletin_desk.edit, name="bulletin_edit"),
    path(f"{ONE}findings/", bulletin_desk.findings, name="bulletin_findings"),
    path(f"{ONE}articles/<uuid:article>/", bulletin_desk.article, name="bulletin_article"),
    path(f"{ONE}articles/<uuid:article>/drop/", bulletin_desk.drop, name="bulletin_drop"),
    path(f"{ONE}send-back/", bulletin_desk.send_back, name="bulletin_send_back"),
    path(f"{ONE}correct/", bulletin_desk.correct, name="bulletin_correct"),
    path(f"{ONE}read/", bulletin_desk.read, name="bulletin_read"),
    path(f"{ONE}do/<slug:verb>/", bulletin_desk.act, name="bulletin_act"),
]
