"""Writes 2048 images of stripes as an IDX file, the same whenever and wherever: stripes.py FILE"""
import struct
import sys

with open(sys.argv[1], "wb") as file:
    file.write(struct.pack(">4i", 0x803, 2048, 28, 28))
    for i in range(2048):
        a, b = i % 7 - 3, i % 11 - 5
        file.write(bytes((a * x + b * y + i) * 8 & 255 for y in range(28) for x in range(28)))
