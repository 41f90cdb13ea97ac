"""The verbs of information requests and objections on the officers' case page."""
