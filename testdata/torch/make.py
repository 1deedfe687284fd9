"""Makes the files in this directory: two small GANs in PyTorch, and what they compute.

    pip install torch safetensors && python make.py

Weights and running statistics are random; `*-expected.safetensors` holds latents, the generator's
images and the discriminator's logits of these images, in evaluation mode.
"""

import torch
from safetensors.torch import save_file
from torch import nn


class Residual(nn.Module):
    def __init__(self, main, shortcut):
        super().__init__()
        self.main = nn.Sequential(*main)
        self.shortcut = nn.Sequential(*shortcut)

    def forward(self, x):
        return self.main(x) + self.shortcut(x)


def dcgan(latent, width):
    generator = nn.Sequential(
        nn.Linear(latent, 7 * 7 * 2 * width),
        nn.BatchNorm1d(7 * 7 * 2 * width),
        nn.ReLU(),
        nn.Unflatten(1, (2 * width, 7, 7)),
        nn.ConvTranspose2d(2 * width, width, 4, 2, 1, bias=False),
        nn.BatchNorm2d(width),
        nn.ReLU(),
        nn.ConvTranspose2d(width, 1, 4, 2, 1, bias=False),
        nn.Tanh(),
    )
    discriminator = nn.Sequential(
        nn.Conv2d(1, width, 4, 2, 1, bias=False),
        nn.LeakyReLU(0.2),
        nn.Conv2d(width, 2 * width, 4, 2, 1, bias=False),
        nn.BatchNorm2d(2 * width),
        nn.LeakyReLU(0.2),
        nn.Flatten(),
        nn.Linear(7 * 7 * 2 * width, 1),
    )
    return generator, discriminator


def resnet(latent, width):
    def up(channels, out):
        return Residual(
            [
                nn.BatchNorm2d(channels),
                nn.ReLU(),
                nn.Upsample(scale_factor=2),
                nn.Conv2d(channels, out, 3, 1, 1, bias=False),
                nn.BatchNorm2d(out),
                nn.ReLU(),
                nn.Conv2d(out, out, 3, 1, 1),
            ],
            [nn.Upsample(scale_factor=2), nn.Conv2d(channels, out, 1)],
        )

    def down(channels, out):
        # One group: over all of an example's values, with a gain and a bias for each channel.
        return Residual(
            [
                nn.GroupNorm(1, channels),
                nn.ReLU(),
                nn.Conv2d(channels, channels, 3, 1, 1, bias=False),
                nn.GroupNorm(1, channels),
                nn.ReLU(),
                nn.Conv2d(channels, out, 3, 1, 1),
                nn.AvgPool2d(2),
            ],
            [nn.AvgPool2d(2), nn.Conv2d(channels, out, 1)],
        )

    generator = nn.Sequential(
        nn.Linear(latent, 7 * 7 * 2 * width),
        nn.Unflatten(1, (2 * width, 7, 7)),
        up(2 * width, 2 * width),
        up(2 * width, width),
        nn.BatchNorm2d(width),
        nn.ReLU(),
        nn.Conv2d(width, 1, 3, 1, 1),
        nn.Tanh(),
    )
    critic = nn.Sequential(
        nn.Conv2d(1, width, 3, 1, 1),
        down(width, 2 * width),
        down(2 * width, 2 * width),
        nn.Flatten(),
        nn.Linear(7 * 7 * 2 * width, 1),
    )
    return generator, critic


def save(name, latent, generator, discriminator):
    model = nn.ModuleDict({"netG": generator, "netD": discriminator}).eval()
    for key, tensor in model.state_dict().items():
        if key.endswith("running_var"):
            tensor.uniform_(0.5, 2)
        elif key.endswith("num_batches_tracked"):
            tensor.fill_(7)
        else:
            tensor.normal_(0, 0.4)
    latents = torch.randn(2, latent)
    with torch.no_grad():
        images = generator(latents)
        expected = {"latent": latents, "image": images, "logits": discriminator(images)}
    save_file(model.state_dict(), f"{name}.safetensors")
    save_file(expected, f"{name}-expected.safetensors")


torch.manual_seed(11)
save("dcgan-28", 4, *dcgan(4, 2))
save("resnet-28", 3, *resnet(3, 2))
