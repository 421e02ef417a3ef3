"""One function for each operation of the v2 API."""
