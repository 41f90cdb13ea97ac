"""Requests that come without the web: their forms at the desk, and the blank ones on paper."""
