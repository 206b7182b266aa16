"""The window's view of the data: which rows are learnt from, how the model gets each of them, and what all of them come to."""
