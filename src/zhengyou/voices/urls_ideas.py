"""Addresses of suggestions. Below ``remarks.urls.APART`` nobody is known."""

from django.urls import path

from zhengyou.voices.views import adopting, calls, pieces, screening, suggestion

urlpatterns = [
    path("say/box/<uuid:uid>/results/", adopting.public_results, name="results"),
    path("boxes/<uuid:uid>/call/", calls.call, name="call"),
    path("boxes/<uuid:uid>/call/ideas.xlsx", calls.call_workbook, name="call_workbook"),
    path("boxes/<uuid:uid>/call/levels/", calls.levels, name="levels"),
    path("boxes/<uuid:uid>/call/suggest/", calls.suggest, name="suggest"),
    path("boxes/<uuid:uid>/call/gather/", calls.gather, name="gather"),
    path("boxes/<uuid:uid>/call/screen/", screening.screen, name="screen"),
    path("boxes/<uuid:uid>/call/printed/", screening.printed, name="screen_printed"),
    path("boxes/<uuid:uid>/call/piece/", pieces.compose, name="compose"),
    path("boxes/<uuid:uid>/call/rewards/", calls.rewards, name="rewards"),
    path("suggestions/of/<uuid:organisation>/", adopting.adopted, name="adopted"),
    path(
        "suggestions/of/<uuid:organisation>/adopted.xlsx",
        adopting.adopted_workbook,
        name="adopted_workbook",
    ),
    path("suggestions/<uuid:uid>/", suggestion.suggestion, name="suggestion"),
    path("suggestions/<uuid:uid>/do/", suggestion.do, name="suggestion_do"),
    path("suggestions/<uuid:uid>/why/<slug:what>/", suggestion.why, name="suggestion_why"),
    path("suggestions/<uuid:uid>/rewrite/", suggestion.rewrite, name="rewrite"),
    path("suggestions/<uuid:uid>/merge/", suggestion.merge, name="merge"),
    path("suggestions/<uuid:uid>/piece/", pieces.recompose, name="recompose"),
    path("suggestions/<uuid:uid>/adopt/", adopting.adopt, name="adopt"),
    path("suggestions/<uuid:uid>/result/", adopting.result, name="result"),
    path("suggestions/<uuid:uid>/enter/", adopting.enter_into, name="enter_into"),
    path("suggestions/<uuid:uid>/reward/", adopting.reward, name="reward"),
    path("suggestions/<uuid:uid>/reward/<uuid:given>/", adopting.hand_to, name="hand_to"),
]
