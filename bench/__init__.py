"""What people wait for, measured on the real server (bench/README.md)."""
