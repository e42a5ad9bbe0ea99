package io.weighbridge.app.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The codes of one algorithm, side and mode in all partitions.
 *
 * @param entries each place where a code is kept counted
 * @param codes how many different ones these are
 * @param bytes of memory
 */
record CodesTotal(String algorithm, String side, String mode, long entries, long codes, long bytes) {

    /** The totals, in the order of algorithm, side and mode. */
    static List<CodesTotal> of(Collection<? extends JsonNode> partitions) {
        var byKind = new TreeMap<String, Sum>();
        for (var partition : partitions) {
            for (var kept : partition.path("codes")) {
                String kind = kept.path("algorithm").asText() + " "
                        + kept.path("side").asText() + " " + kept.path("mode").asText();
                byKind.computeIfAbsent(kind, key -> new Sum(kept))
                        .add(partition.path("partition").asInt(), kept);
            }
        }
        return byKind.values().stream().map(Sum::total).toList();
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("algorithm", algorithm)
                .put("side", side)
                .put("mode", mode)
                .put("codes", codes)
                .put("entries", entries)
                .put("bytes", bytes)
                .put("bytesPerCode", codes == 0 ? null : Long.valueOf(bytes / codes));
    }

    /**
     * Where a code is kept depends on its kind: a protected one that is scanned at one place, a baseline in each partition, any other at each
     * position. So the codes are all entries of the first, and the most entries of one partition, or of one position, of the others.
     */
    private static final class Sum {
        private final JsonNode kind;
        private final Map<String, Long> entriesByCopy = new TreeMap<>();
        private long entries;
        private long bytes;

        Sum(JsonNode kind) {
            this.kind = kind;
        }

        void add(int partition, JsonNode kept) {
            entries += kept.path("entries").asLong();
            bytes += kept.path("bytes").asLong();
            entriesByCopy.merge(copy(partition, kept), kept.path("entries").asLong(), Long::sum);
        }

        private static String copy(int partition, JsonNode kept) {
            if (kept.path("side").asText().equals("BASELINE")) {
                return "partition " + partition;
            }
            boolean isShared = kept.path("side").asText().equals("PROTECTED")
                    && kept.path("mode").asText().equals("scan");
            return isShared ? "all" : "position " + kept.path("place").asText().split("/")[1];
        }

        CodesTotal total() {
            long codes = entriesByCopy.values().stream()
                    .mapToLong(Long::longValue)
                    .max()
                    .orElse(0);
            return new CodesTotal(
                    kind.path("algorithm").asText(),
                    kind.path("side").asText(),
                    kind.path("mode").asText(),
                    entries,
                    codes,
                    bytes);
        }
    }
}
