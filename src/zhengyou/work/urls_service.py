"""Addresses of posts of service, rotas, teams and resources."""

from datetime import date

from django.urls import path, register_converter

from zhengyou.work.views import resources, rotas, service_holders, service_posts, teams


class DayConverter:
    """A day as 2026-10-12."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Read it; ValueError is a 404."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        """Write it."""
        return str(value)


register_converter(DayConverter, "day")

urlpatterns = [
    path("posts/", service_posts.mine, name="my_posts"),
    path("posts/of/<uuid:organisation>/", service_posts.posts, name="posts"),
    path("posts/of/<uuid:organisation>/new/", service_posts.new, name="post_new"),
    path("posts/of/<uuid:organisation>/share/", service_posts.share, name="post_share"),
    path("posts/of/<uuid:organisation>/sheet/", service_posts.sheet, name="posts_sheet"),
    path("posts/of/<uuid:organisation>/carry/<uuid:uid>/", service_posts.carry, name="post_carry"),
    path("posts/<uuid:uid>/", service_posts.post, name="post"),
    path("posts/<uuid:uid>/edit/", service_posts.edit, name="post_edit"),
    path("posts/<uuid:uid>/choose/", service_posts.choose, name="post_choose"),
    path("posts/<uuid:uid>/assign/", service_posts.assign, name="post_assign"),
    path("posts/<uuid:uid>/close/", service_posts.close, name="post_close"),
    path("posts/holders/<uuid:uid>/confirm/", service_holders.confirm, name="holder_confirm"),
    path("posts/holders/<uuid:uid>/decline/", service_holders.decline, name="holder_decline"),
    path("posts/holders/<uuid:uid>/take-back/", service_holders.take_back, name="holder_back"),
    path("posts/holders/<uuid:uid>/end/", service_holders.end, name="holder_end"),
    path("posts/holders/<uuid:uid>/check/", service_holders.check, name="holder_check"),
    path("posts/holders/<uuid:uid>/deputy/", service_holders.deputy, name="holder_deputy"),
    path("posts/deputies/<uuid:uid>/end/", service_holders.end_deputy, name="deputy_end"),
    path("rotas/of/<uuid:organisation>/", rotas.rotas, name="rotas"),
    path("rotas/of/<uuid:organisation>/new/", rotas.new, name="rota_new"),
    path("rotas/of/<uuid:organisation>/carry/<uuid:uid>/", rotas.carry, name="rota_carry"),
    path("rotas/<uuid:uid>/", rotas.rota, name="rota"),
    path("rotas/<uuid:uid>/sheet/", rotas.sheet, name="rota_sheet"),
    path("rotas/<uuid:uid>/record/", rotas.record, name="rota_record"),
    path("rotas/<uuid:uid>/order/", rotas.order, name="rota_order"),
    path("rotas/<uuid:uid>/pause/", rotas.pause, name="rota_pause"),
    path("rotas/<uuid:uid>/close/", rotas.close, name="rota_close"),
    path("rotas/<uuid:uid>/turns/<day:day>/", rotas.turn, name="rota_turn"),
    path("rotas/<uuid:uid>/turns/<day:day>/restore/", rotas.restore, name="rota_restore"),
    path("rotas/finds/<uuid:uid>/", rotas.find, name="find"),
    path("teams/of/<uuid:organisation>/", teams.teams, name="teams"),
    path("teams/of/<uuid:organisation>/new/", teams.new, name="team_new"),
    path("teams/<uuid:organisation>/term/", teams.term, name="team_term"),
    path("teams/<uuid:organisation>/end/", teams.end, name="team_end"),
    path("resources/of/<uuid:organisation>/<uuid:campaign>/", resources.resources,
         name="resources"),
    path("resources/of/<uuid:organisation>/<uuid:campaign>/totals/", resources.totals,
         name="resource_totals"),
    path("resources/of/<uuid:organisation>/<uuid:campaign>/new/", resources.new,
         name="resource_new"),
    path("resources/<uuid:uid>/", resources.resource, name="resource"),
    path("resources/<uuid:uid>/plan/", resources.replan, name="resource_plan"),
    path("resources/moves/<uuid:uid>/strike/", resources.strike, name="move_strike"),
]  # fmt: skip
