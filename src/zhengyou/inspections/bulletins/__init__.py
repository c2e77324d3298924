"""What bulletins say, as words and as an official document. Pure."""
