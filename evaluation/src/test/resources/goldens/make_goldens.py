"""Writes the features, logits and numbers that GoldensTest holds SameGAN's metrics against.

    pip install torch==2.15.0 torchvision==0.29.2 torch-fidelity==0.4.0 prdc==0.2
    python make_goldens.py

Fréchet distance, kernel distance and classifier score are torch-fidelity's; precision, recall,
density and coverage prdc's; C_T is scikit-learn's PCA-free k-means with scipy's Mann-Whitney U, put
together as the authors' code does; AuthPct is its definition in double precision.
"""

import sys

import numpy as np
import prdc
import scipy
import scipy.stats
import sklearn
import sklearn.cluster
import torch
import torch_fidelity
from torch_fidelity.metric_fid import fid_features_to_statistics, fid_statistics_to_metric
from torch_fidelity.metric_isc import isc_features_to_metric
from torch_fidelity.metric_kid import kid_features_to_metric

D = 12
rng = np.random.RandomState(20)
centres = 8 * rng.randn(3, D)
mixing = np.eye(D) + 0.3 * rng.randn(D, D)


def sample(n, scale=1.0, shift=0.0, shares=(0.5, 0.3, 0.2)):
    cells = rng.choice(3, n, p=shares)
    return (centres[cells] + scale * rng.randn(n, D) @ mixing + shift).astype(np.float32)


train = sample(400)
test = sample(200)
generated = sample(200, scale=0.9, shift=0.4, shares=(0.6, 0.3, 0.1))
generated[:30] = train[:30] + (0.05 * rng.randn(30, D)).astype(np.float32)
logits = (3 * rng.randn(200, 10)).astype(np.float32)
for name, values in (("train", train), ("test", test), ("generated", generated), ("logits", logits)):
    values.astype("<f4").tofile(name + ".f32")

real, fake, data = (a.astype(np.float64) for a in (test, generated, train))
numbers = {}

fid = fid_statistics_to_metric(
    fid_features_to_statistics(torch.from_numpy(real)), fid_features_to_statistics(torch.from_numpy(fake)), False
)
numbers["frechet"] = fid["frechet_inception_distance"]
kid = kid_features_to_metric(
    torch.from_numpy(real), torch.from_numpy(fake), kid_subsets=1, kid_subset_size=200, verbose=False
)
numbers["kernel"] = kid["kernel_inception_distance_mean"]
numbers["score"] = isc_features_to_metric(torch.from_numpy(logits), splits=1, shuffle=False)["inception_score_mean"]

of_three = prdc.compute_prdc(real, fake, 3)
of_five = prdc.compute_prdc(real, fake, 5)
numbers["precision"], numbers["recall"] = of_three["precision"], of_three["recall"]
numbers["density"], numbers["coverage"] = of_five["density"], of_five["coverage"]


def distances(a, b):
    return np.sqrt(((a[:, None, :] - b[None, :, :]) ** 2).sum(axis=2))


to_train = distances(fake, data)
within = distances(data, data)
np.fill_diagonal(within, np.inf)
nearest = to_train.argmin(axis=1)
numbers["authpct"] = 100 * (to_train.min(axis=1) > within.min(axis=1)[nearest]).mean()

cells = sklearn.cluster.KMeans(3, n_init=10, random_state=0).fit(data)
of_train, of_test, of_fake = cells.predict(data), cells.predict(real), cells.predict(fake)
weighted, share = 0.0, 0.0
for cell in range(3):
    p, q, t = real[of_test == cell], fake[of_fake == cell], data[of_train == cell]
    if len(q) / len(fake) <= 20 / len(fake):
        continue
    u, _ = scipy.stats.mannwhitneyu(distances(q, t).min(axis=1), distances(p, t).min(axis=1), alternative="less")
    n, m = len(p), len(q)
    z = (u - (n * m / 2 - 0.5)) / np.sqrt(n * m * (n + m + 1) / 12)
    weighted += len(p) / len(real) * z
    share += len(p) / len(real)
numbers["ct"] = weighted / share

with open("goldens.properties", "w") as out:
    out.write("# by make_goldens.py, Python %s, numpy %s, scipy %s, scikit-learn %s,\n"
              % (sys.version.split()[0], np.__version__, scipy.__version__, sklearn.__version__))
    out.write("# torch %s, torch-fidelity %s, prdc 0.2\n" % (torch.__version__, torch_fidelity.__version__))
    for name, value in numbers.items():
        out.write("%s=%r\n" % (name, float(value)))
