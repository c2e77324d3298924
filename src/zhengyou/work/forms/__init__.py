"""What people type about duties and records. No side effects; mistakes told in words."""
