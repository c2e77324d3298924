"""Leading, ordinary, lagging: facts that count, criteria, and what would move a body. The facts of
lower rooms are in ``measures``; a room above adds its own by ``inspections.facts.register``."""
