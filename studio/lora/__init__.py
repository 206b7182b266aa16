"""Low-rank adapters on the modules of a frozen torch model.

`spec` says what an adapter of one target is, `geometry` where one can sit, `pair` what is trained for one weight, `layers` what the adapted
module computes, `variants` and `starts` the kinds of adapter, `inject` and `adapter` how a whole model is adapted, `bank` how several
adapters share it, `merge` and `algebra` what becomes of them.
"""
