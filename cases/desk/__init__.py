"""What the staff desk shows and offers; the admin's views put it on the page."""
