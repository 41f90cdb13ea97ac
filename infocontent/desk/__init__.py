"""What the team's pages about an item show and offer; the admin's views put it on the page."""
