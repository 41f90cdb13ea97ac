"""What the law wants kept of a year: the registers and the report. No verbs of cases here."""
