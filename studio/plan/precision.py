"""The precision that `auto` comes to."""

# The width of the states from which bfloat16 pays on a CPU that multiplies fast in it: models of 64, 128, 192, 256 and 384 trained 0.6,
# 0.96, 1.3, 1.5 and 2.0 times as fast as in float32. Products of narrow matrices wait for their setting up.
NARROW = 192


def auto_precision(machine: str, hidden_size: int) -> str:
    """float32 for models too narrow to gain from another; else `machine`, what the machine computes well in. A size of 0 is unknown."""
    return "float32" if 0 < hidden_size < NARROW else machine
