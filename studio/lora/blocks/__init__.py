"""Whole blocks as one autograd node each, in place of what torch's graph would make of their parts."""
