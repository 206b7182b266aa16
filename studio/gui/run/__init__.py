"""The live views of a run: plots, samples, progress, the list of runs. Live or replayed, all are fed with events."""
