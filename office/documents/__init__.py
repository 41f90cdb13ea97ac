"""Documents of the office: a draft that several people write, then one step that counts for the
last time, prints and freezes it. What their tables and their verbs have in common.
"""
