"""The model side of the window: picker, layer tree, pattern bar, layer matrix."""
