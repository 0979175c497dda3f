"""The drive model a second time: plain Runge-Kutta, Gauss-Newton with priors. Standard library only."""

import math

BURST_S = 0.40  # sprint/dash.h
MAN = (78.0, 1.80)


def density(temp_c=15.0, share=1.0):
    return 1.293 * 273 / (273 + temp_c) * share


def frontal_m2(mass_kg, stature_m):
    return 0.266 * 0.2025 * stature_m**0.725 * mass_kg**0.425


def drag_per_m(cda_scale, mass_kg=MAN[0], stature_m=MAN[1], rho=density()):
    return 0.5 * rho * 0.9 * cda_scale * frontal_m2(mass_kg, stature_m) / mass_kg


def burst(s):
    left = math.exp(-s / BURST_S)
    return 1 - (1 + s / BURST_S) * left, s / BURST_S**2 * left


def slopes(p, drag, wind, inside, s, y):
    """d/ds of v, dv/d(v0, ratio, fade), x, dx/d(...). inside = (q, u) of drive.h."""
    v0, ratio, fade = p[:3]
    v, v_v0, v_ratio, v_fade = y[:4]
    q, u = inside
    a = (v0 - v) / ratio - fade * s - drag * (v - wind) * abs(v - wind) + q * (v - u) * abs(v - u)
    j = -1 / ratio - 2 * drag * abs(v - wind) + 2 * q * abs(v - u)
    return (a, j * v_v0 + 1 / ratio, j * v_ratio - (v0 - v) / ratio**2, j * v_fade - s,
            v, v_v0, v_ratio, v_fade)


def step(p, drag, wind, inside, s, y, h):
    def moved(k, f):
        return [a + f * b for a, b in zip(y, k)]

    k1 = slopes(p, drag, wind, inside, s, y)
    k2 = slopes(p, drag, wind, inside, s + h / 2, moved(k1, h / 2))
    k3 = slopes(p, drag, wind, inside, s + h / 2, moved(k2, h / 2))
    k4 = slopes(p, drag, wind, inside, s + h, moved(k3, h))
    return [a + h / 6 * (b + 2 * c + 2 * d + e) for a, b, c, d, e in zip(y, k1, k2, k3, k4)]


def run(p, drag, wind, at_m, inside=(0.0, 0.0), h=0.04):
    """(s, ds/d(v0, ratio, fade, burst)) at each distance; None where he never gets there."""
    y, s, out = [0.0] * 8, 0.0, []
    for x in at_m:
        while True:
            nxt = step(p, drag, wind, inside, s, y, h)
            if nxt[4] + p[3] * burst(s + h)[0] >= x:
                break
            y, s = nxt, s + h
            if y[0] <= 0.05 or s > 100:
                return None
        f = h * (x - y[4]) / max(nxt[4] - y[4], 1e-9)  # Newton on one exact step
        for _ in range(20):
            end = step(p, drag, wind, inside, s, y, f)
            done, rate = burst(s + f)
            miss, v = end[4] + p[3] * done - x, end[0] + p[3] * rate
            f -= miss / v
            if abs(miss) < 1e-11:
                break
        out.append((s + f, [-g / v for g in (end[5], end[6], end[7], done)]))
    return out


def solve(a, b):
    n = len(b)
    m = [list(r) + [x] for r, x in zip(a, b)]
    for i in range(n):
        k = max(range(i, n), key=lambda r: abs(m[r][i]))
        m[i], m[k] = m[k], m[i]
        for r in range(n):
            if r != i:
                f = m[r][i] / m[i][i]
                m[r] = [c - f * d for c, d in zip(m[r], m[i])]
    return [m[i][n] / m[i][i] for i in range(n)]


def inverse(a):
    n = len(a)
    return [solve(a, [float(i == j) for i in range(n)]) for j in range(n)]


class Fit:
    """Greatest posterior of (v0, rise, fade, burst, tc), rise = F0^2 / V0. prior: (mean, sd) or None."""

    def __init__(self, at_m, time_s, sigma_s, drag, wind, prior, start):
        self.at_m, self.time_s, self.sigma_s = at_m, time_s, sigma_s
        self.drag, self.wind, self.prior = drag, wind, prior
        self.n = len(prior)
        self.p = list(start)
        self.search()

    def times(self, p, at_m):
        """As run(), by rise in place of ratio."""
        ratio = math.sqrt(p[0] / p[1])
        at = run([p[0], ratio, p[2], p[3]], self.drag, self.wind, at_m)
        return at and [(s, [g[0] + g[1] * ratio / (2 * p[0]), -g[1] * ratio / (2 * p[1]), g[2], g[3]])
                       for s, g in at]

    def rows(self, p):
        at = self.times(p, self.at_m)
        if at is None:
            return None
        tc = p[4] if self.n > 4 else 0.0
        r = [(t - s[0] - tc) / self.sigma_s for t, s in zip(self.time_s, at)]
        g = [[d / self.sigma_s for d in s[1]] + [1 / self.sigma_s] * (self.n - 4) for s in at]
        for j, k in enumerate(self.prior):
            if k:
                r.append((k[0] - p[j]) / k[1])
                g.append([float(i == j) / k[1] for i in range(self.n)])
        return r, g

    def search(self):
        n, damp, here = self.n, 1e-3, self.rows(self.p)
        for _ in range(100):
            r, g = here
            cost = sum(x * x for x in r)
            a = [[sum(q[i] * q[j] for q in g) for j in range(n)] for i in range(n)]
            b = [sum(q[i] * x for q, x in zip(g, r)) for i in range(n)]
            self.cov = inverse(a)
            for _ in range(15):
                d = solve([[a[i][j] * (1 + damp * (i == j)) for j in range(n)] for i in range(n)], b)
                p = [x + y for x, y in zip(self.p, d)]
                p[2:4] = [max(p[2], 0.0), max(p[3], 0.0)]
                nxt = self.rows(p) if p[0] > 1 and p[1] > 0.1 else None
                if nxt and sum(x * x for x in nxt[0]) <= cost * (1 + 1e-14):
                    break
                damp *= 10
            else:
                return
            self.p, here, damp = p, nxt, max(damp / 10, 1e-9)
            if cost - sum(x * x for x in here[0]) < 1e-9 * (1 + cost):
                break
        self.miss_s = [x * self.sigma_s for x in here[0][:len(self.at_m)]]

    def predict(self, x_m):
        s, g = self.times(self.p, [x_m])[0]
        g = g + [1.0] * (self.n - 4)
        var = sum(g[i] * self.cov[i][j] * g[j] for i in range(self.n) for j in range(self.n))
        return s + (self.p[4] if self.n > 4 else 0.0), math.sqrt(var)


def level_mps(x_m, s_s):
    """As drive_level_mps in src/fit/drive_prior.c, clock known."""
    return x_m / (s_s - 1.4 * (1 - math.exp(-s_s / 1.4)) + 0.05)
