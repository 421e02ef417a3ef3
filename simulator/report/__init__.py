"""Reports: renderings of the stream of run events."""
