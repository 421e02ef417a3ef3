"""The REST APIs over engines: contracts route, handlers call one engine method and show the answer."""
