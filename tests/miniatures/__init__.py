"""Wrong engines that the harness has to convict."""
