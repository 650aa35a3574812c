"""What people use: the `zeren` command and the web app."""
