"""Files → text → documents → facts → graph rows."""
