"""A campaign as data: one TOML file that a clerk can read and change. See docs/blueprint.md."""
