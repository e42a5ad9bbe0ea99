package io.weighbridge.app.http.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.function.Supplier;

/** A bucket of permits for each of many keys, such as tokens or addresses. Those that were not used for long are forgotten: they are full. */
final class RateLimits {

    /** Keys at a time; more push out those used least. */
    private static final int MOST_KEYS = 100_000;

    private final Cache<String, Bucket> buckets;
    private final Supplier<Bucket> full;
    private final long capacity;

    /** @param refill time in which an empty bucket fills up */
    RateLimits(long capacity, Duration refill) {
        this.capacity = capacity;
        this.full = () -> Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(capacity, refill))
                .build();
        buckets = Caffeine.newBuilder()
                .maximumSize(MOST_KEYS)
                .expireAfterAccess(refill.multipliedBy(2))
                .build();
    }

    /** Takes one permit, if there is one. */
    ConsumptionProbe take(String key) {
        return buckets.get(key, unknown -> full.get()).tryConsumeAndReturnRemaining(1);
    }

    long capacity() {
        return capacity;
    }

    /** Whole seconds until there is one again, at least 1. */
    static long secondsToWait(ConsumptionProbe probe) {
        return Math.max(
                1,
                Duration.ofNanos(probe.getNanosToWaitForRefill() + 999_999_999).toSeconds());
    }
}
