"""What reached the office month by month, and how it was answered: the study's Table 1."""
