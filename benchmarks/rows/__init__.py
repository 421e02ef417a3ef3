"""The rows, one module each with `measure(options)`."""
