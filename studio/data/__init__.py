"""Data: files of rows in, batches of token ids with the mask of what is learnt out."""
