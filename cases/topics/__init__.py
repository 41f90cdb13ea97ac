"""A topic suggested for a new case, learnt on this machine from the topics that staff have set.

`features` reads a text, `regression` learns and weighs, `learning` takes the office's own examples,
`suggesting` says what it found and why. Suggestions only: a person sets the topic.
"""
