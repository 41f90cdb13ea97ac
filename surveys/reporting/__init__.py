"""Results as people read them: pages, files, and the report of a period until it is published."""
