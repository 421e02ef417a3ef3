"""Whether start instructions can be carried out: the rules of each dialect."""
