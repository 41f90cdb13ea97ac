"""The report of the PPID (UU 14/2008 Ps 12): its tables, its file, its pages."""
