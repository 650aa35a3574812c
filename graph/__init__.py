"""What the graph is and where it lives."""
