"""The benchmark's training steps in PyTorch, on the CPU: one step for each line read, its milliseconds printed.

Usage: python3 torchStep.py resnet WIDTH | vit | simclr, the same models, batches and optimizers as nativeSteps.ts.
"""

import sys
import time

import torch
import torch.nn.functional as F
from torch import nn


class Block(nn.Module):
    """The basic block: relu(bn(conv(relu(bn(conv(x))))) + shortcut)."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = nn.Identity()
        if stride > 1:
            projection = nn.Conv2d(inputs, outputs, 1, stride, bias=False)
            self.downsample = nn.Sequential(projection, nn.BatchNorm2d(outputs))

    def forward(self, x):
        inner = F.relu(self.bn1(self.conv1(x)), inplace=True)
        return F.relu(self.bn2(self.conv2(inner)) + self.downsample(x), inplace=True)


def resnet(width):
    """ResNet-18 with a 3 x 3 stem, to its pooled features."""
    layers = [nn.Conv2d(3, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU(inplace=True)]
    inputs = width
    for stage in range(4):
        outputs = width * 2**stage
        for i in range(2):
            layers.append(Block(inputs, outputs, 2 if stage and not i else 1))
            inputs = outputs
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten())


class EncoderBlock(nn.Module):
    """The pre-norm block of a vision transformer."""

    def __init__(self, width, heads, hidden):
        super().__init__()
        self.heads = heads
        self.norm1 = nn.LayerNorm(width, eps=1e-6)
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-6)
        self.mlp = nn.Sequential(nn.Linear(width, hidden), nn.GELU(), nn.Linear(hidden, width))

    def forward(self, x):
        b, t, d = x.shape
        q, k, v = self.qkv(self.norm1(x)).reshape(b, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        weights = ((q * (d // self.heads) ** -0.5) @ k.transpose(-2, -1)).softmax(-1)
        x = x + self.proj((weights @ v).transpose(1, 2).reshape(b, t, d))
        return x + self.mlp(self.norm2(x))


class Vit(nn.Module):
    """Patches of 4 x 4 of a 32 x 32 image, a class token and learned positions."""

    def __init__(self, width=192, depth=6, heads=3, hidden=768):
        super().__init__()
        self.embed = nn.Conv2d(3, width, 4, 4)
        self.token = nn.Parameter(torch.zeros(1, 1, width))
        self.positions = nn.Parameter(0.02 * torch.randn(1, 65, width))
        self.blocks = nn.Sequential(*(EncoderBlock(width, heads, hidden) for _ in range(depth)))
        self.norm = nn.LayerNorm(width, eps=1e-6)

    def forward(self, x):
        patches = self.embed(x).flatten(2).transpose(1, 2)
        z = torch.cat([self.token.expand(len(x), -1, -1), patches], 1) + self.positions
        return self.norm(self.blocks(z))[:, 0]


def classify(net, images, labels):
    return F.cross_entropy(net(images), labels, label_smoothing=0.1)


def contrast(net, views, _):
    """NT-Xent at temperature 0.5 of 2B views, row i's partner is row i + B."""
    unit = F.normalize(net(views))
    similarity = (unit @ unit.T / 0.5).fill_diagonal_(-1e9)
    return F.cross_entropy(similarity, torch.arange(len(unit)).roll(len(unit) // 2))


def experiment(name, width):
    """Net, loss, shape of the batch and optimizer."""
    sgd = {"lr": 1e-3, "momentum": 0.9, "nesterov": True, "weight_decay": 5e-4}
    if name == "vit":
        net = nn.Sequential(Vit(), nn.Linear(192, 10))
        return net, classify, (128, 3, 32, 32), torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.05)
    if name == "simclr":
        projector = [nn.Linear(256, 256), nn.ReLU(inplace=True), nn.Linear(256, 128)]
        net = nn.Sequential(resnet(32), *projector)
        return net, contrast, (512, 3, 24, 24), torch.optim.SGD(net.parameters(), **sgd)
    net = nn.Sequential(resnet(width), nn.Linear(8 * width, 10))
    return net, classify, (128, 3, 32, 32), torch.optim.SGD(net.parameters(), **sgd)


def main():
    torch.manual_seed(1)
    torch.set_num_threads(2)
    name, width = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0
    net, loss_of, shape, optimizer = experiment(name, width)
    net = net.to(memory_format=torch.channels_last)
    images = torch.randn(shape).contiguous(memory_format=torch.channels_last)
    labels = torch.arange(shape[0]) % 10

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(net, images, labels)
        loss.backward()
        optimizer.step()
        return loss.item()

    step()
    print(f"ready torch {torch.__version__}", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        step()
        print((time.perf_counter() - start) * 1e3, flush=True)


main()
