"""Pages of 工作台."""
