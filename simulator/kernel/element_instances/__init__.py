"""Element instances as Camunda 8 keeps them: each a variable scope, its steps commands in one queue.

A command never fails its caller: what the model cannot do becomes an incident on the element instance.
"""
