"""Low-rank adapters on the modules of a frozen torch model.

`spec` says what an adapter of one target is, `kinds` where one can sit, `layer` what the adapted module computes, `adapter` how a
whole model is adapted, `files` how the result is written and read in PEFT's layout.
"""
