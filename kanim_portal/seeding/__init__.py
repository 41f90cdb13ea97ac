"""Any number of made-up cases, straight into the tables, to see how the portal does when it is old.

Only for measuring: the rows look as the verbs would have left them, chain and seal included, but no
verb ran.
"""
