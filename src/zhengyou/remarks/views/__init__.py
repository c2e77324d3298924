"""Views: the public's pages, where nobody is known, and those of the staff."""
