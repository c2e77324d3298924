"""What people type: parsed and checked, with no side effects."""
