"""The WGAN-GP critic's penalty and loss, and their gradients, by libtorch in double precision.

Prints the golden values for wgan-gp at 28 pixels; README.md says what they are and how to make them.
"""

import math

import torch
import torch.nn.functional as F

BATCH = 4
LAMBDA = 10
CHANNELS = [1, 64, 128, 256]
ENTRIES = 8


def wave(number, count):
    """sin(i² + number) for i = 0, 1, ...: neither random nor regular, and the same everywhere."""
    return torch.tensor([math.sin(i * i + number) for i in range(count)], dtype=torch.float64)


def parameters():
    """The critic's tensors by name, in SameGAN's layout, each leaf in the order of its numbers."""
    tensors = {}
    for layer, (inputs, outputs) in enumerate(zip(CHANNELS, CHANNELS[1:])):
        name = f"discriminator/{2 * layer}_conv2d"
        tensors[f"{name}/weight"] = (5, 5, inputs, outputs)
        tensors[f"{name}/bias"] = (outputs,)
    tensors["discriminator/7_dense/weight"] = (4 * 4 * CHANNELS[-1], 1)
    tensors["discriminator/7_dense/bias"] = (1,)
    for number, (name, shape) in enumerate(tensors.items()):
        # About as large as He's initial weights; the biases are not 0, so that they count.
        scale = 0.1 if name.endswith("bias") else 2 / math.sqrt(math.prod(shape[:-1]))
        values = scale * wave(number, math.prod(shape))
        tensors[name] = values.reshape(shape).requires_grad_()
    return tensors


def same(x):
    """TensorFlow's SAME padding of (batch, channels, size, size) for a kernel of 5, a stride of 2."""
    size = x.shape[-1]
    total = (math.ceil(size / 2) - 1) * 2 + 5 - size
    before, after = total // 2, total - total // 2
    return F.pad(x, (before, after, before, after))


def critic(images, tensors):
    """From (batch, height, width, channels) to one number an image."""
    x = images.permute(0, 3, 1, 2)
    for layer in range(len(CHANNELS) - 1):
        name = f"discriminator/{2 * layer}_conv2d"
        weight = tensors[f"{name}/weight"].permute(3, 2, 0, 1)
        x = F.conv2d(same(x), weight, tensors[f"{name}/bias"], stride=2)
        x = F.leaky_relu(x, 0.2)
    x = x.permute(0, 2, 3, 1).reshape(BATCH, -1)
    weight, bias = (tensors[f"discriminator/7_dense/{part}"] for part in ("weight", "bias"))
    return (x @ weight + bias).squeeze(1)


def penalty(real, fake, part, tensors):
    """Gulrajani et al. 2017, eq. 3: the gradient is kept as a graph and differentiated again."""
    between = (real + part * (fake - real)).requires_grad_()
    (slope,) = torch.autograd.grad(critic(between, tensors).sum(), between, create_graph=True)
    norm = slope.square().sum(dim=(1, 2, 3)).sqrt()
    return LAMBDA * (norm - 1).square().mean()


def report(quantity, value, tensors):
    print(quantity, "value", repr(value.item()))
    gradients = torch.autograd.grad(
        value, list(tensors.values()), retain_graph=True, materialize_grads=True
    )
    for name, gradient in zip(tensors, gradients):
        flat = gradient.flatten()
        entries = min(ENTRIES, len(flat))
        for entry in range(entries):
            index = entry * (len(flat) - 1) // max(1, entries - 1)
            print(quantity, name, index, repr(flat[index].item()))
        print(quantity, name, "sum", repr(flat.sum().item()))
        print(quantity, name, "squares", repr(flat.square().sum().item()))


def main():
    tensors = parameters()
    pixels = BATCH * 28 * 28
    real, fake = (
        (0.5 + 0.5 * wave(number, pixels)).reshape(BATCH, 28, 28, 1) for number in (8, 9)
    )
    part = (0.5 + 0.5 * wave(10, BATCH)).reshape(BATCH, 1, 1, 1)
    value = penalty(real, fake, part, tensors)
    loss = critic(fake, tensors).mean() - critic(real, tensors).mean() + value
    print("# by golden.py with torch", torch.__version__)
    report("penalty", value, tensors)
    report("loss", loss, tensors)


main()
