"""What is typed, on the public pages and by the staff: parsing and checking only."""
