"""The files of adapters: PEFT's folders, and what other programs read and write.

`content` is what every format is written from and read into.
"""
