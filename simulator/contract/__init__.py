"""The published REST contracts: what they route, how a request is built, whether an answer keeps to them."""
