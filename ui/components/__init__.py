"""What only a browser can draw: picture, reader, table.

The markup sent with each is empty: `data-waiting` keeps it out of sight and reach until its script has filled it.
"""
