"""A bare Django site with one form that inserts two rows: what Django alone costs here."""
