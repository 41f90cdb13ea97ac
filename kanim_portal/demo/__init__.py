"""A busy office for `make run`: people, cases, ten months of work. Never on a real site."""
