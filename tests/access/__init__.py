"""The access table: every address × who asks × own or foreign thing."""
