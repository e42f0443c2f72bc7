"""Golden values for drift.compatible: `/usr/bin/python3 golden.py > golden.json`.

A transcription of the formulas of Evidently (src/evidently/legacy/calculations/stattests, 2026-05) and NannyML
(nannyml/drift/univariate/methods.py, 0.13) on numpy and scipy, without pandas. Made with numpy 1.24.2 and scipy 1.10.1 (Debian 12).
Not their packages' own output: neither was installed.
"""
import json
import math

import numpy as np
from scipy import stats
from scipy.spatial import distance
from scipy.special import gammaln, kv


def share(i, step):
    return (i * step) % 1.0


def generated(size, step, scale, shift, power):
    """The same doubles as CompatibleDistancesTest generates."""
    values = []
    for i in range(1, size + 1):
        u = share(i, step)
        x = u
        for _ in range(power - 1):
            x = x * u
        values.append(x * scale + shift)
    return np.array(values)


def labels(size, step, cuts):
    return ["c%d" % sum(share(i, step) >= c for c in cuts) for i in range(1, size + 1)]


# ---- Evidently ----

def counts(x):
    keys, n = np.unique(np.asarray(x), return_counts=True)
    return dict(zip(keys.tolist(), n.tolist()))


def binned(ref, cur, numeric, fill):
    if numeric and len(np.unique(ref)) > 20:
        bins = np.histogram_bin_edges(np.concatenate([ref, cur]), bins="sturges")
        p = np.histogram(ref, bins)[0] / len(ref)
        q = np.histogram(cur, bins)[0] / len(cur)
    else:
        r, c = counts(ref), counts(cur)
        keys = sorted(set(r) | set(c))
        p = np.array([r.get(k, 0) / len(ref) for k in keys])
        q = np.array([c.get(k, 0) / len(cur) for k in keys])
    if fill:
        for x in (p, q):
            least = min(x[x != 0])
            np.place(x, x == 0, least / 10**6 if least <= 0.0001 else 0.0001)
    return p, q


def evidently_hellinger(ref, cur, numeric):
    r, c = counts(ref), counts(cur)
    keys = list(set(r) | set(c))
    if not numeric:
        total = sum(math.sqrt(r.get(k, 0) / len(ref) * (c.get(k, 0) / len(cur))) for k in keys)
    else:
        bins = np.histogram_bin_edges(keys, bins="sturges")
        h1 = np.histogram(ref, bins=bins, density=True)[0]
        h2 = np.histogram(cur, bins=bins, density=True)[0]
        width = (max(bins) - min(bins)) / (len(bins) - 1)
        total = sum(math.sqrt(a * b) * width for a, b in zip(h1, h2))
    return math.sqrt(1 - np.clip(total, 0, 1))


def chisquare(ref, cur):
    r, c = counts(ref), counts(cur)
    keys = sorted(set(r) | set(c))
    norm = len(cur) / len(ref)
    with np.errstate(divide="ignore"):
        return stats.chisquare([c.get(k, 0) for k in keys], [r.get(k, 0) * norm for k in keys])[1]


def z(ref, cur):
    keys = sorted(set(ref) | set(cur))
    if len(keys) == 1:
        return 1.0
    n1, n2 = len(ref), len(cur)
    p1 = sum(x != keys[0] for x in ref) / n1
    p2 = sum(x != keys[0] for x in cur) / n2
    p = (p1 * n1 + p2 * n2) / (n1 + n2)
    value = (p1 - p2) / math.sqrt(p * (1 - p) * (1.0 / n1 + 1.0 / n2))
    return 2 * (1 - stats.norm.cdf(abs(value)))


def tvd(ref, cur):
    r, c = counts(ref), counts(cur)
    return 0.5 * sum(abs(r.get(k, 0) / len(ref) - c.get(k, 0) / len(cur)) for k in set(r) | set(c))


def cdf_cvm_inf(x):
    total, k = 0.0, 0
    while True:
        u = math.exp(gammaln(k + 0.5) - gammaln(k + 1)) / (math.pi**1.5 * math.sqrt(x))
        y = 4 * k + 1
        q = y**2 / (16 * x)
        term = u * math.sqrt(y) * math.exp(-q) * kv(0.25, q)
        total += term
        k += 1
        if abs(term) < 1e-7:
            return total


def cramer_von_mises(x, y):
    x, y = np.sort(x), np.sort(y)
    nx, ny = len(x), len(y)
    if max(nx, ny) <= 20:
        return stats.cramervonmises_2samp(x, y, method="exact").pvalue
    r = stats.rankdata(np.concatenate([x, y]))
    u = nx * np.sum((r[:nx] - np.arange(1, nx + 1)) ** 2) + ny * np.sum((r[nx:] - np.arange(1, ny + 1)) ** 2)
    k, n = nx * ny, nx + ny
    t = u / (k * n) - (4 * k - 1) / (6 * n)
    vt = (n + 1.0) * (4 * k * n - 3 * (nx**2 + ny**2) - 2 * k) / (45 * n**2 * 4 * k)
    tn = 1 / 6 + (t - (1 + 1 / n) / 6) / math.sqrt(45 * vt)
    return 1.0 if tn < 0.003 else max(0.0, 1.0 - cdf_cvm_inf(tn))


def evidently(ref, cur, numeric):
    result = {}
    p, q = binned(ref, cur, numeric, False)
    result["jensenshannon"] = distance.jensenshannon(p, q)
    p, q = binned(ref, cur, numeric, True)
    result["psi"] = np.sum((p - q) * np.log(p / q))
    result["kl_div"] = stats.entropy(p, q)
    result["hellinger"] = evidently_hellinger(ref, cur, numeric)
    if numeric:
        result["wasserstein"] = stats.wasserstein_distance(ref, cur) / max(np.std(ref), 0.001)
        result["ks"] = stats.ks_2samp(ref, cur)[1]
        result["ed"] = stats.energy_distance(ref, cur)
        result["t_test"] = stats.ttest_ind(ref, cur)[1]
        result["cramer_von_mises"] = cramer_von_mises(ref, cur)
        result["anderson"] = stats.anderson_ksamp([ref, cur])[2]
        result["mannw"] = stats.mannwhitneyu(x=ref, y=cur, alternative="less")[1]
    else:
        result["chisquare"] = chisquare(ref, cur)
        if len(set(ref) | set(cur)) <= 2:
            result["z"] = z(ref, cur)
        result["TVD"] = tvd(ref, cur)
    return result


# ---- NannyML ----

def with_leftover(p, q):
    leftover = 1 - np.sum(q)
    if leftover > 0:
        return np.append(p, 0), np.append(q, leftover)
    return p, q


class Nannyml:
    def __init__(self, ref, numeric):
        self.ref, self.numeric = ref, numeric
        if numeric:
            self.bins = np.histogram_bin_edges(ref.astype("float64"), bins="doane")
            self.p = np.histogram(ref, bins=self.bins)[0] / len(ref)
        else:
            self.bins, n = np.unique(ref, return_counts=True)
            self.p = n / len(ref)

    def frequencies(self, data):
        if self.numeric:
            q = np.histogram(data, bins=self.bins)[0] / len(data)
        else:
            seen = counts(data)
            q = np.array([seen.get(k, 0) for k in self.bins.tolist()]) / len(data)
        return with_leftover(self.p, q)

    def jensen_shannon(self, data):
        p, q = self.frequencies(data)
        return distance.jensenshannon(p, q, base=2)

    def hellinger(self, data):
        p, q = self.frequencies(data)
        return np.sqrt(np.sum((np.sqrt(p) - np.sqrt(q)) ** 2)) / np.sqrt(2)

    def kolmogorov_smirnov(self, data):
        if len(self.ref) < 10_000:
            return stats.ks_2samp(self.ref, data)[0]
        n, edges = np.histogram(self.ref, np.linspace(np.min(self.ref), np.max(self.ref), 10_001))
        below = len(data[data < edges[0]]) / len(data)
        seen = below + np.cumsum(np.histogram(data, edges)[0] / len(data))
        return np.max(abs(np.cumsum(n / len(self.ref)) - seen))

    def wasserstein(self, data):
        if len(self.ref) < 10_000:
            return stats.wasserstein_distance(self.ref, data)
        n, edges = np.histogram(self.ref, bins=10_000)
        width, low, high = edges[1] - edges[0], edges[0], edges[-1]
        smaller, bigger = data[data < low], data[data > high]
        term_smaller = amount_smaller = term_bigger = 0
        if len(smaller) > 0:
            amount_smaller = (len(smaller) + 1) / len(data)
            x, y = ecdf(np.concatenate((smaller, [low])))
            term_smaller = np.sum(y[:-1] * np.diff(x)) * amount_smaller
        if len(bigger) > 0:
            x, y = ecdf(np.concatenate(([high], bigger)))
            term_bigger = np.sum((1 - y)[:-1] * np.diff(x)) * (len(bigger) + 1) / len(data)
        cdf = np.cumsum(np.histogram(data, bins=edges)[0] / len(data)) + amount_smaller
        return np.sum(np.abs(np.cumsum(n / len(self.ref)) - cdf) * width) + term_smaller + term_bigger

    def table(self, data):
        r, c = counts(self.ref), counts(data)
        keys = sorted(set(r) | set(c))
        return np.array([[r.get(k, 0), c.get(k, 0)] for k in keys])

    def chi2(self, data):
        return stats.chi2_contingency(self.table(data))[0]

    def chi2_p(self, data):
        return stats.chi2_contingency(self.table(data))[1]

    def l_infinity(self, data):
        t = self.table(data)
        return np.max(abs(t[:, 0] / len(self.ref) - t[:, 1] / len(data)))


def ecdf(vec):
    x, n = np.unique(np.sort(vec), return_counts=True)
    return x, np.cumsum(n) / len(vec)


def nannyml(ref, cur, numeric):
    names = ["jensen_shannon", "hellinger"]
    names += ["kolmogorov_smirnov", "wasserstein"] if numeric else ["chi2", "l_infinity"]
    fitted = Nannyml(ref, numeric)
    size = len(ref) // 10
    chunks = [ref[i:i + size] for i in range(0, len(ref), size)]
    limits = {"kolmogorov_smirnov": 1.0}
    result = {}
    for name in names:
        method = getattr(fitted, name)
        values = np.array([method(chunk) for chunk in chunks])
        upper = np.nanmean(values) + 3 * np.nanstd(values)
        result[name] = {"value": method(cur), "upper": min(upper, limits.get(name, upper))}
    if not numeric:
        result["chi2"] = {"value": result["chi2"]["value"], "p": fitted.chi2_p(cur)}
    return result


PHI, SILVER = 0.6180339887498949, 0.41421356237309515
NUMBERS = {
    "shifted": [(900, PHI, 10, 0, 1), (80, SILVER, 10, 1.5, 1)],
    "skewed": [(1500, PHI, 40, -3, 4), (333, SILVER, 44, -2, 4)],
    "same": [(257, PHI, 1, 0, 2), (64, SILVER, 1, 0, 2)],
    "tiny": [(15, PHI, 3, 0, 1), (9, SILVER, 3, 0.4, 1)],
    "outside": [(400, PHI, 5, 0, 1), (90, SILVER, 15, -5, 1)],
    "large": [(12000, PHI, 7, 0, 3), (700, SILVER, 9, -0.5, 3)],
    "narrow": [(1200, PHI, 0.0005, 7, 1), (100, SILVER, 0.0006, 7, 1)],
}
WHOLE = {
    "five": [(600, PHI, 5, 0, 1), (120, SILVER, 5, 0, 2)],
    "dozen": [(1300, PHI, 12, 0, 1), (140, SILVER, 14, 0, 2)],
    "forty": [(1300, PHI, 40, 0, 2), (200, SILVER, 40, 0, 1)],
}
CATEGORIES = {
    "two": [(500, PHI, [0.4]), (70, SILVER, [0.55])],
    "three": [(2000, PHI, [0.5, 0.8]), (90, SILVER, [0.4, 0.7])],
    "new": [(800, PHI, [0.6, 0.9]), (60, SILVER, [0.5, 0.8, 0.95])],
    "gone": [(20001, PHI, [0.6, 0.9, 0.99995]), (60, SILVER, [0.5])],
    "one": [(50, PHI, []), (40, SILVER, [])],
}


def plain(value):
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return None if math.isnan(value) else float(value)


def main():
    cases = []
    for name, (r, c) in NUMBERS.items():
        ref, cur = generated(*r), generated(*c)
        cases.append((name, "numbers", r, c, ref, cur))
    for name, (r, c) in WHOLE.items():
        ref, cur = np.floor(generated(*r)), np.floor(generated(*c))
        cases.append((name, "whole", r, c, ref, cur))
    for name, (r, c) in CATEGORIES.items():
        ref, cur = np.array(labels(*r)), np.array(labels(*c))
        cases.append((name, "categories", r, c, ref, cur))
    out = []
    for name, kind, r, c, ref, cur in cases:
        numeric = kind != "categories"
        expected = {"evidently": evidently(ref, cur, numeric), "nannyml": nannyml(ref, cur, numeric)}
        if kind == "whole":
            expected["evidently"]["chisquare"] = chisquare(ref, cur)
        out.append({"name": name, "kind": kind, "reference": r, "window": c, **plain(expected)})
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    import warnings

    warnings.simplefilter("ignore")
    main()
