"""One module per kind of fact; each reads clean text and gives facts with clean spans."""
