"""Verbs of the room: writing without a name, letting through, answering."""
