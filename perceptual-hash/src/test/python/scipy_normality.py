#!/usr/bin/env python3
"""Prints what SciPy says of the samples of NormalityTestTest, as Java source."""
import warnings

import numpy as np
import scipy
from scipy import stats

warnings.simplefilter('ignore')


def sample(kind, count):
    j = np.arange(count)
    x = ((j * j * 37 + j * 101 + kind * 17) % 1009) / 1009
    return np.sort(x if kind == 1 else x * x * x if kind == 2 else (x - .5) * (x - .5) * (x - .5) * (1 + x))


print('    // kind, size, W, K², Jarque-Bera, A², D, excess kurtosis; SciPy', scipy.__version__)
print('    private static final double[][] SCIPY = {')
for kind, count in [(1, 8), (1, 20), (2, 101), (3, 300), (2, 1000), (3, 4096)]:
    x = sample(kind, count)
    lilliefors = stats.kstest((x - x.mean()) / x.std(ddof=1), 'norm').statistic
    row = [stats.shapiro(x)[0], stats.normaltest(x)[0], stats.jarque_bera(x)[0], stats.anderson(x).statistic, lilliefors, stats.kurtosis(x)]
    print(f'        {{{kind}, {count}, ' + ', '.join(repr(float(v)) for v in row) + '},')
print('    };')
