"""What people think of the open needs: interested, not now, and the five that they wish for most."""
