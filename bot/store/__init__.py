"""What is kept, sealed, and for how long: one transaction a turn, on SQLite or PostgreSQL."""
