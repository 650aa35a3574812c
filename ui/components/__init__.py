"""What only a browser can draw: picture, reader, table."""
