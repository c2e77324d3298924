"""Addresses of campaigns and plans."""

from django.urls import path

from zhengyou.campaigns.views import basis, campaigns, citing, groups, keep, new, plans, review

app_name = "campaigns"
urlpatterns = [
    path("campaigns/", campaigns.index, name="index"),
    path("campaigns/new/", new.new, name="new"),
    path("campaigns/<uuid:uid>/", campaigns.campaign, name="campaign"),
    path("campaigns/<uuid:uid>/file/", new.replace, name="replace"),
    path("campaigns/<uuid:uid>/edit/", keep.edit, name="edit"),
    path("campaigns/<uuid:uid>/phases/", keep.phases, name="phases"),
    path("campaigns/<uuid:uid>/standards/<slug:code>/", keep.standard, name="standard"),
    path("campaigns/<uuid:uid>/start/", keep.start, name="start"),
    path("campaigns/<uuid:uid>/close/", keep.close, name="close"),
    path("campaigns/<uuid:uid>/discard/", keep.discard, name="discard"),
    path("campaigns/<uuid:uid>/blueprint.toml", keep.save, {"which": "now"}, name="save"),
    path("campaigns/<uuid:uid>/original.toml", keep.save, {"which": "began"}, name="original"),
    path("campaigns/<uuid:uid>/bodies.xlsx", campaigns.bodies, name="bodies"),
    path("campaigns/<uuid:uid>/adopt/", plans.adopt, name="adopt"),
    path("plans/<uuid:uid>/", plans.show, name="plan"),
    path("plans/<uuid:uid>/edit/", plans.edit, name="edit_plan"),
    path("plans/<uuid:uid>/groups/", groups.seats, name="plan_groups"),
    path("plans/<uuid:uid>/seats/<uuid:post>/end/", groups.unseat, name="unseat"),
    path("plans/<uuid:uid>/submit/", plans.submit, name="submit_plan"),
    path("plans/<uuid:uid>/take-back/", plans.take_back, name="take_back_plan"),
    path("plans/<uuid:uid>/publish/", plans.publish, name="publish_plan"),
    path("plans/<uuid:uid>/review/", review.review, name="review_plan"),
    path("plans/<uuid:uid>/basis/", citing.of_plan, name="plan_basis"),
    path("campaigns/<uuid:uid>/basis/", citing.of_campaign, name="basis"),
    path("directives/", basis.inbox, name="inbox"),
    path("directives/new/", basis.new, name="new_directive"),
    path("directives/of/<uuid:uid>/", basis.inbox_of, name="inbox_of"),
    path("directives/<uuid:uid>/", basis.show, name="directive"),
    path("directives/<uuid:uid>/edit/", basis.edit, name="edit_directive"),
    path("directives/<uuid:uid>/withdraw/", basis.withdraw, name="withdraw_directive"),
    path("directives/<uuid:uid>/pass/", basis.pass_down, name="pass_directive"),
    path("directives/<uuid:uid>/study/", basis.study, name="study_directive"),
]
