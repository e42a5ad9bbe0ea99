/** Measures the search for near codes: {@link io.weighbridge.app.bench.search.SearchBenchmark}. */
package io.weighbridge.app.bench.search;
