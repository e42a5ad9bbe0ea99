package io.weighbridge.alerting.sink.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HexFormat;

/** Signs bodies: over {@code t.body}, where t is the second of the attempt, so that a receiver can refuse what was signed long ago. */
record Signature(Secret secret, Clock clock) {

    static final String HEADER = "Weighbridge-Signature";

    /** {@code t=SECONDS,v1=HEX}. */
    String of(byte[] body) {
        long second = clock.instant().getEpochSecond();
        byte[] signed = secret.sign((second + ".").getBytes(StandardCharsets.US_ASCII), body);
        return "t=" + second + ",v1=" + HexFormat.of().formatHex(signed);
    }
}
