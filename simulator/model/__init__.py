"""Models as read: XML made safe, elements with their places, processes as connected nodes."""
