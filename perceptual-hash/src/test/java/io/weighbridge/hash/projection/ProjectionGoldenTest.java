package io.weighbridge.hash.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.Algorithms;
import io.weighbridge.hash.TestModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Codes that must never change. Those of {@code golden/v3/projections.txt} were made by an independent implementation in numpy. */
class ProjectionGoldenTest {

    @Test
    void shouldGiveTheCodesOfTheIndependentImplementation() throws IOException {
        int checked = 0;
        for (String line : golden("projections.txt").split("\n")) {
            if (!line.startsWith("#")) {
                String[] part = line.split(" ");
                var algorithm = Algorithms.byId(AlgorithmId.parse(part[1]));
                assertThat(algorithm
                                .hash(TestModels.random(Long.parseLong(part[0])))
                                .hex())
                        .as(line)
                        .isEqualTo(part[2]);
                checked++;
            }
        }
        assertThat(checked).isEqualTo(6);
    }

    private static String golden(String name) throws IOException {
        try (var in = ProjectionGoldenTest.class.getResourceAsStream("/golden/v3/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
