"""The component kit's tags and filters; a builtin of all templates, so no page writes ``load``.

/kit/ shows each of them in use. Tags that hold other markup end in ``end…``.
"""

from django import template

from zhengyou.ui import text
from zhengyou.ui.tags import blocks, forms, lists, pieces, press, shows

register = template.Library()
for part in (blocks, forms, lists, pieces, press, shows):
    register.tags.update(part.register.tags)

register.filter("zhdate", text.long_date)
register.filter("zhday", text.short_date)
register.filter("zhdatetime", text.date_and_time)
register.filter("glued", text.glued)
register.filter("num", text.number)
register.filter("percent", text.percent)
register.filter("pct", text.on_scale)
