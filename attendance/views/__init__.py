"""Pages of workshops, the check-in desk and certificates."""
