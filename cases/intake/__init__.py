"""The public way in, the same for every kind: short steps, a draft on the server, check, send,
receipt.
"""
