"""Static analysis: a model as a graph, algorithms over it, and the checks that explain what is wrong."""
