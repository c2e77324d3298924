"""``field__among=values``: like ``in``, for hundreds of values at once."""

from typing import Any

from django.db.models import Field
from django.db.models.lookups import In


@Field.register_lookup
class Among(In):
    """PostgreSQL gets all values as one array: it neither reads a text of a thousand marks nor
    plans for each number of them anew. SQLite does as for ``in``."""

    lookup_name = "among"

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Return ``column = ANY(array)``."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*params, list(self.rhs)]
