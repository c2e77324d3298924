"""What pages, the desk and rooms above read of this room."""
