package io.weighbridge.hash.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/** The plan finds what a plain scan finds, and reports each pair once. */
class SubstringPlanPropertyTest {

    private static final AlgorithmId ID = AlgorithmId.parse("test@1");

    /** Above this a look-up by enumeration is too long for a test; {@link #shouldMeetAndReportOnce} covers those plans. */
    private static final int MOST_LOOKUPS = 4_000;

    /** Residents are kept in real maps by substring, roaming codes enumerate what they look up, and the other way round. */
    @Test
    void shouldFindWhatAScanFindsEachPairOnce() {
        long seed = 20261123;
        var random = new Random(seed);
        int plans = 0;
        for (int m = 1; m <= 32; m++) {
            for (int bits : new int[] {64, 256}) {
                for (int radius : radii(bits, random)) {
                    for (var plan : plans(bits, m, radius, random)) {
                        for (var mode : plan.modes()) {
                            if (mode == SearchMode.INDEX && plan.lookups() > MOST_LOOKUPS) {
                                continue;
                            }
                            plans++;
                            check(
                                    plan,
                                    mode,
                                    codes(plan, 24, random),
                                    codes(plan, 24, random),
                                    "seed " + seed + " " + plan + " " + mode);
                        }
                    }
                }
            }
        }
        assertThat(plans).as("plans that were checked").isGreaterThan(400);
    }

    /** Every radius and width: the pair shares a place that reports it, and only one. */
    @Test
    void shouldMeetAndReportOnce() {
        long seed = 4711;
        var random = new Random(seed);
        for (int m = 4; m <= 32; m++) {
            for (int radius = 0; radius <= 256; radius += 1 + random.nextInt(12)) {
                var plan = new SubstringPlan(256, m, radius, 0, SearchMode.INDEX);
                var codes = codes(plan, 16, random);
                for (var one : codes) {
                    for (var other : codes) {
                        int reports = reports(plan, one, other);
                        assertThat(reports)
                                .as("seed %d %s distance %d", seed, plan, one.distanceBits(other))
                                .isEqualTo(one.distanceBits(other) <= radius ? 1 : Math.min(1, reports));
                    }
                }
            }
        }
    }

    private static int reports(SubstringPlan plan, PerceptualCode one, PerceptualCode other) {
        int reports = 0;
        for (int position = 0; position < plan.substrings(); position++) {
            boolean meets = plan.substringDistanceBits(one, other, position) <= plan.radiusBits(position);
            if (meets && plan.isReportedAt(SearchMode.INDEX, position, one, other)) {
                reports++;
            }
        }
        return reports;
    }

    private static int[] radii(int bits, Random random) {
        return new int[] {0, 1, 2 + random.nextInt(6), 8 + random.nextInt(24), random.nextInt(bits + 1), bits};
    }

    private static List<SubstringPlan> plans(int bits, int m, int radius, Random random) {
        var plans = new ArrayList<SubstringPlan>();
        plans.add(new SubstringPlan(bits, m, radius, 0, SearchMode.SCAN));
        if (bits <= 64 * m) {
            int prefixBits = 1 + random.nextInt(Math.min(6, bits / m));
            plans.add(new SubstringPlan(bits, m, radius, 0, SearchMode.INDEX));
            plans.add(new SubstringPlan(bits, m, radius, prefixBits, SearchMode.INDEX));
            plans.add(new SubstringPlan(bits, m, radius, 0, EnumSet.allOf(SearchMode.class)));
        }
        return plans;
    }

    private static List<PerceptualCode> codes(SubstringPlan plan, int size, Random random) {
        var codes = TestCodes.clustered(ID, plan.bits(), plan.radiusBits(), size, random);
        codes.add(TestCodes.random(ID, plan.bits(), random));
        codes.add(PerceptualCode.of(ID, new long[plan.bits() / Long.SIZE]));
        codes.add(codes.get(0));
        return codes;
    }

    private static void check(
            SubstringPlan plan,
            SearchMode mode,
            List<PerceptualCode> residents,
            List<PerceptualCode> strangers,
            String what) {
        var roaming = new ArrayList<>(strangers);
        roaming.addAll(residents.subList(0, residents.size() / 2));
        var expected = new HashSet<String>();
        for (int u = 0; u < roaming.size(); u++) {
            for (int p = 0; p < residents.size(); p++) {
                if (roaming.get(u).distanceBits(residents.get(p)) <= plan.radiusBits()) {
                    expected.add(u + "-" + p);
                }
            }
        }
        assertThat(uploadsLast(plan, mode, roaming, residents))
                .as("uploads last, %s", what)
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(protectionsLast(plan, mode, roaming, residents))
                .as("protections last, %s", what)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static List<String> uploadsLast(
            SubstringPlan plan, SearchMode mode, List<PerceptualCode> roaming, List<PerceptualCode> residents) {
        Map<Place, Map<Long, List<Integer>>> kept = new HashMap<>();
        for (int p = 0; p < residents.size(); p++) {
            for (var place : plan.residentPlaces(mode, residents.get(p), "id" + p)) {
                keep(kept, plan, mode, place, residents.get(p), p);
            }
        }
        var reported = new ArrayList<String>();
        for (int i = 0; i < roaming.size(); i++) {
            int u = i;
            var code = roaming.get(u);
            for (var place : plan.roamingPlaces(mode, code)) {
                var here = kept.getOrDefault(place, Map.of());
                lookUp(mode, here, visit -> plan.forEachResidentSubstring(place, code, visit), p -> {
                    if (isReported(plan, mode, place, code, residents.get(p))) {
                        reported.add(u + "-" + p);
                    }
                });
            }
        }
        return reported;
    }

    private static List<String> protectionsLast(
            SubstringPlan plan, SearchMode mode, List<PerceptualCode> roaming, List<PerceptualCode> residents) {
        Map<Place, Map<Long, List<Integer>>> kept = new HashMap<>();
        for (int u = 0; u < roaming.size(); u++) {
            for (var place : plan.roamingPlaces(mode, roaming.get(u))) {
                keep(kept, plan, mode, place, roaming.get(u), u);
            }
        }
        var reported = new ArrayList<String>();
        for (int i = 0; i < residents.size(); i++) {
            int p = i;
            var code = residents.get(p);
            for (var place : plan.residentPlaces(mode, code, "id" + p)) {
                var here = kept.getOrDefault(place, Map.of());
                lookUp(mode, here, visit -> plan.forEachRoamingSubstring(place, code, visit), u -> {
                    if (isReported(plan, mode, place, roaming.get(u), code)) {
                        reported.add(u + "-" + p);
                    }
                });
            }
        }
        return reported;
    }

    private static void keep(
            Map<Place, Map<Long, List<Integer>>> kept,
            SubstringPlan plan,
            SearchMode mode,
            Place place,
            PerceptualCode code,
            int index) {
        long substring = mode == SearchMode.INDEX ? plan.substring(code, place.position()) : 0;
        kept.computeIfAbsent(place, at -> new HashMap<>())
                .computeIfAbsent(substring, at -> new ArrayList<>())
                .add(index);
    }

    private static void lookUp(
            SearchMode mode, Map<Long, List<Integer>> here, Consumer<LongConsumer> substrings, IntConsumer visit) {
        if (mode == SearchMode.SCAN) {
            here.values().forEach(indices -> indices.forEach(visit::accept));
        } else {
            substrings.accept(
                    substring -> here.getOrDefault(substring, List.of()).forEach(visit::accept));
        }
    }

    private static boolean isReported(
            SubstringPlan plan, SearchMode mode, Place place, PerceptualCode one, PerceptualCode other) {
        return one.distanceBits(other) <= plan.radiusBits() && plan.isReportedAt(mode, place.position(), one, other);
    }
}
