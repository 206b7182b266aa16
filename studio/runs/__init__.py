"""The disk: run folders, atomic writes, and the places where the studio keeps things."""
