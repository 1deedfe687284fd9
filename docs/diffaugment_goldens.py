"""Makes the values that DiffAugmentTest compares with, by DiffAugment's published code.

    python docs/diffaugment_goldens.py DiffAugment_pytorch.py \\
        > core/src/test/resources/org/samegan/core/augmentation/diffaugment.json

DiffAugment_pytorch.py is that of https://github.com/mit-han-lab/data-efficient-gans. Needs PyTorch.
The code's random numbers are recorded while it draws them; images are in double precision. Sizes
are even, since its versions differ in how they halve odd ones.
"""

import importlib.util
import json
import sys

import torch

spec = importlib.util.spec_from_file_location("published", sys.argv[1])
published = importlib.util.module_from_spec(spec)
spec.loader.exec_module(published)

# What the code draws, in its order, and what of it a draw of ours is: the number that is added or
# multiplied by, rows and columns of a move, the row and the column of a square's centre.
CALLS = {
    "brightness": (1, lambda u: [u - 0.5]),
    "saturation": (1, lambda u: [2 * u]),
    "contrast": (1, lambda u: [u + 0.5]),
    "translation": (2, lambda down, right: [down, right]),
    "cutout": (2, lambda row, column: [row, column]),
}
COLOR = ["brightness", "saturation", "contrast"]

recorded = []


def recording(draw):
    def recorder(*args, **kwargs):
        drawn = draw(*args, **kwargs)
        if drawn.is_floating_point():
            # As 32-bit floats, which draws are fed as.
            drawn = drawn.float().double()
        recorded.append(drawn.flatten().tolist())
        return drawn

    return recorder


torch.manual_seed(1)
images = {}
for height, width, channels in [(16, 18, 1), (8, 10, 3)]:
    images[height, width, channels] = 2 * torch.rand(2, channels, height, width).double() - 1
torch.rand = recording(torch.rand)
torch.randint = recording(torch.randint)

cases = []
for (height, width, channels), x in images.items():
    for policy in ["color", "translation", "cutout", "color,translation,cutout"]:
        recorded.clear()
        y = published.DiffAugment(x, policy=policy)
        calls = iter(recorded)
        draws = {}
        for name in policy.split(","):
            for key in COLOR if name == "color" else [name]:
                count, ours = CALLS[key]
                numbers = [next(calls) for _ in range(count)]
                draws[key] = [ours(*image) for image in zip(*numbers)]
        cases.append(
            {
                "policy": policy,
                "shape": [len(x), height, width, channels],
                "image": x.permute(0, 2, 3, 1).flatten().tolist(),
                "draws": draws,
                "expected": y.permute(0, 2, 3, 1).flatten().tolist(),
            }
        )
json.dump({"cases": cases}, sys.stdout)
