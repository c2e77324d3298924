"""Addresses of 抓两头带中间."""

from django.urls import path

from zhengyou.inspections.views import tiers

RUN = "campaigns/<uuid:campaign>/tiers/"
BODY = f"{RUN}<uuid:keeper>/"

urlpatterns = [
    path(RUN, tiers.door, name="tier_door"),
    path(BODY, tiers.board, name="tiers"),
    path(f"{BODY}tiers.xlsx", tiers.board_workbook, name="tiers_workbook"),
    path(f"{BODY}of/<uuid:body>/", tiers.own, name="tier"),
    path(f"{BODY}criteria/", tiers.criteria, name="tier_criteria"),
    path(f"{BODY}criteria/new/", tiers.new, name="tier_criterion_new"),
    path(f"{BODY}criteria/<slug:code>/", tiers.change, name="tier_criterion"),
    path(f"{BODY}criteria/<slug:code>/end/", tiers.end, name="tier_criterion_end"),
]
