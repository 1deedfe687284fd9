"""A SameGAN safetensors file in PyTorch: builds its networks, loads the weights, checks the images.

    pip install torch safetensors
    ./samegan export RUN --format safetensors --out weights.safetensors
    ./samegan sample RUN --count 16 --tensors samples.safetensors
    python docs/torch_networks.py weights.safetensors samples.safetensors

The networks are described in the file's own metadata. Module i of an nn.Sequential is layer i, so
that load_state_dict takes the tensors as they are.
"""

import json
import sys

import torch
from safetensors import safe_open
from safetensors.torch import load_file
from torch import nn


class Residual(nn.Module):
    def __init__(self, main, shortcut):
        super().__init__()
        self.main, self.shortcut = main, shortcut

    def forward(self, x):
        return self.main(x) + self.shortcut(x)


class Maxout(nn.Linear):
    def __init__(self, inputs, units, pieces):
        super().__init__(inputs, units * pieces)
        self.pieces = pieces

    def forward(self, x):
        return super().forward(x).unflatten(1, (-1, self.pieces)).amax(2)


class Crop(nn.Module):
    """Rows top to top + height, and columns likewise."""

    def __init__(self, height, width, top=0):
        super().__init__()
        self.height, self.width, self.top = height, width, top

    def forward(self, x):
        top = self.top
        return x[:, :, top : top + self.height, top : top + self.width]


def convolution(layer, x):
    kernel, stride = layer["kernel"], layer["stride"]
    if layer["padding"]["type"] == "explicit":
        margin = layer["padding"]["pixels"]
        return nn.Conv2d(x.shape[1], layer["channels"], kernel, stride, margin, bias=layer["bias"])
    # TensorFlow's SAME: the smaller half of the margin comes first.
    conv = nn.Conv2d(x.shape[1], layer["channels"], kernel, stride, bias=layer["bias"])
    totals = [max(0, (-(-n // stride) - 1) * stride + kernel - n) for n in x.shape[2:]]
    margins = [m for t in reversed(totals) for m in (t // 2, t - t // 2)]
    conv.register_forward_pre_hook(lambda _, args: (nn.functional.pad(args[0], margins),))
    return conv


def transposed(layer, x):
    kernel, stride = layer["kernel"], layer["stride"]
    same = layer["padding"]["type"] == "same"
    margin = 0 if same else layer["padding"]["pixels"]
    conv = nn.ConvTranspose2d(
        x.shape[1], layer["channels"], kernel, stride, margin, bias=layer["bias"]
    )
    if same:
        cut = Crop(x.shape[2] * stride, x.shape[3] * stride, (kernel - stride) // 2)
        conv.register_forward_hook(lambda _module, _args, y: cut(y))
    return conv


def spectral_norm(layer):
    """Divides W by its spectral norm, by one step of power iteration from the tensor u."""
    layer.register_buffer("u", torch.ones(len(layer.weight)))

    def divide(_module, _args, y):
        matrix = layer.weight.flatten(1)
        v = nn.functional.normalize(layer.u @ matrix, dim=0)
        sigma = (matrix @ v).norm()
        bias = 0 if layer.bias is None else layer.bias.view(-1, *[1] * (y.dim() - 2))
        return (y - bias) / sigma + bias

    layer.register_forward_hook(divide)
    return layer


def module(layer, x):
    image = x.dim() == 4
    match layer["type"]:
        case "dense":
            return nn.Linear(x.shape[1], layer["units"], bias=layer["bias"])
        case "maxout":
            return Maxout(x.shape[1], layer["units"], layer["pieces"])
        case "conv2d":
            return convolution(layer, x)
        case "conv-transpose2d":
            return transposed(layer, x)
        case "spectral-norm":
            return spectral_norm(module(layer["layer"], x))
        case "batch-norm":
            norm = nn.BatchNorm2d if image else nn.BatchNorm1d
            return norm(x.shape[1], eps=layer["epsilon"], momentum=1 - layer["momentum"])
        case "layer-norm":
            # Over all of an example's values, with a gain and a bias for each channel.
            if image:
                return nn.GroupNorm(1, x.shape[1], eps=layer["epsilon"])
            return nn.LayerNorm(x.shape[1], eps=layer["epsilon"])
        case "reshape":
            shape = layer["shape"]
            return nn.Unflatten(1, (shape[2], *shape[:2])) if len(shape) == 3 else nn.Flatten()
        case "residual":
            return Residual(sequential(layer["main"], x), sequential(layer["shortcut"], x))
        case "relu":
            return nn.ReLU()
        case "leaky-relu":
            return nn.LeakyReLU(layer["slope"])
        case "tanh":
            return nn.Tanh()
        case "sigmoid":
            return nn.Sigmoid()
        case "dropout":
            return nn.Dropout(1 - layer["keep"])
        case "average-pool":
            return nn.AvgPool2d(layer["factor"])
        case "upsample":
            return nn.Upsample(scale_factor=layer["factor"])
        case "crop":
            return Crop(layer["height"], layer["width"])
    raise ValueError(f"no module is known for {layer}")


def sequential(layers, x):
    """The modules of these layers; x is an example of the input, for the shapes."""
    modules = []
    for layer in layers:
        modules.append(module(layer, x).eval())
        x = modules[-1](x)
    return nn.Sequential(*modules)


@torch.no_grad()
def network(description):
    """An nn.Sequential from the description of a network in a file's metadata."""
    shape = description["input"]
    shape = (shape[2], *shape[:2]) if len(shape) == 3 else shape
    return sequential(description["layers"], torch.zeros(2, *shape))


def load(path):
    """All networks in a file by name, with their weights, in evaluation mode."""
    with safe_open(path, "pt") as file:
        model = json.loads(file.metadata()["samegan.model"])
    networks = {"generator": model["generator"], "discriminator": model["discriminator"]}
    if model.get("recognition"):
        networks["recognition"] = model["recognition"]["network"]
    modules = nn.ModuleDict({name: network(text) for name, text in networks.items()})
    modules.load_state_dict(load_file(path))
    return modules.eval()


if __name__ == "__main__":
    samples = load_file(sys.argv[2])
    with torch.no_grad():
        images = load(sys.argv[1])["generator"](samples["latent"])
    difference = (images - samples["image"]).abs().max().item()
    print(f"{len(images)} images, greatest difference {difference:.2e}")
    sys.exit(difference > 1e-4)
