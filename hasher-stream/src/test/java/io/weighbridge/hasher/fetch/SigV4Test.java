package io.weighbridge.hasher.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Against the examples that AWS publishes; the keys are theirs, and open nothing. */
class SigV4Test {

    private static final Instant TIME = Instant.parse("2013-05-24T00:00:00Z");

    private static SigV4 signer(String sessionToken) {
        return new SigV4(
                "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", sessionToken, "us-east-1", "s3");
    }

    /** "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)", Amazon S3 API reference. */
    @Test
    void shouldSignAnAddressAsTheReferenceOfS3Does() {
        var signed = signer("")
                .presign(URI.create("https://examplebucket.s3.amazonaws.com/test.txt"), TIME, Duration.ofDays(1));

        assertThat(signed)
                .isEqualTo(URI.create("https://examplebucket.s3.amazonaws.com/test.txt"
                        + "?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                        + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                        + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
                        + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"));
    }

    /** "Deriving a signing key", AWS General Reference. */
    @Test
    void shouldDeriveTheKeyOfADay() {
        var signer = new SigV4("", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "", "us-east-1", "iam");

        assertThat(HexFormat.of().formatHex(signer.signingKey("20150830")))
                .isEqualTo("c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
    }

    @Test
    void shouldSignTheTokenOfTemporaryKeysToo() {
        var address = URI.create("https://host:9000/bucket/a");
        var signed = signer("a+b/c=").presign(address, TIME, Duration.ofMinutes(1));

        assertThat(signed.toString())
                .contains("&X-Amz-Security-Token=a%2Bb%2Fc%3D&X-Amz-SignedHeaders=host&X-Amz-Signature=");
        assertThat(signature(signed)).isNotEqualTo(signature(signer("").presign(address, TIME, Duration.ofMinutes(1))));
    }

    private static String signature(URI signed) {
        return signed.toString().replaceAll(".*&X-Amz-Signature=", "");
    }

    @Test
    void shouldEncodeWhatTheSignatureWantsEncoded() {
        assertThat(SigV4.encode("aZ09-._~ +/ä*")).isEqualTo("aZ09-._~%20%2B%2F%C3%A4%2A");
        assertThat(signer("")).hasToString("SigV4 for us-east-1/s3");
    }
}
