"""The checks, a module for each area; one function each, found by discovery."""
