"""The playground: one prompt, answered side by side."""
