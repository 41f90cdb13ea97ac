"""What the desk's pages have in common, whichever table they are about."""
