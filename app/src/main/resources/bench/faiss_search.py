"""Times FAISS range search among binary codes on one thread; see SearchBenchmark.

usage: faiss_search.py CODES QUERIES BITS RADII HASHES ROUNDS
CODES and QUERIES are files of raw codes, RADII and HASHES numbers with commas between. Prints a line of JSON for each radius: the median
nanoseconds a query of IndexBinaryFlat and of IndexBinaryMultiHash with each number of tables, and how many pairs each found.
"""

import json
import math
import statistics
import sys
import time

import faiss
import numpy as np

MOST_LOOKUPS = 200_000


def measure(index, queries, radius, rounds):
    nanos = []
    for _ in range(rounds + 1):
        start = time.perf_counter_ns()
        # FAISS finds what is nearer than its radius, not as near.
        limits, _, _ = index.range_search(queries, radius + 1)
        nanos.append((time.perf_counter_ns() - start) // len(queries))
    return {"nanos": int(statistics.median(nanos[1:])), "pairs": int(limits[-1])}


def main(codes, queries, bits, radii, hashes, rounds):
    faiss.omp_set_num_threads(1)
    bits, rounds = int(bits), int(rounds)
    radii = [int(radius) for radius in radii.split(",")]
    codes = np.fromfile(codes, dtype=np.uint8).reshape(-1, bits // 8)
    queries = np.fromfile(queries, dtype=np.uint8).reshape(-1, bits // 8)

    flat = faiss.IndexBinaryFlat(bits)
    flat.add(codes)
    results = {r: {"radius": r, "flat": measure(flat, queries, r, rounds), "hash": []} for r in radii}
    del flat

    for tables in (int(tables) for tables in hashes.split(",")):
        width = bits // tables
        index = faiss.IndexBinaryMultiHash(bits, tables, width)
        start = time.perf_counter_ns()
        index.add(codes)
        build = time.perf_counter_ns() - start
        for radius in radii:
            flips = radius // tables
            lookups = tables * sum(math.comb(width, flip) for flip in range(flips + 1))
            if lookups <= MOST_LOOKUPS:
                index.nflip = flips
                figures = measure(index, queries, radius, rounds)
                figures.update(tables=tables, flips=flips, buildNanos=build)
                results[radius]["hash"].append(figures)
        del index

    for result in results.values():
        print(json.dumps({"version": faiss.__version__, **result}))


if __name__ == "__main__":
    main(*sys.argv[1:])
