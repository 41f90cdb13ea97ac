"""The two official register books, made from events and rows alone."""
