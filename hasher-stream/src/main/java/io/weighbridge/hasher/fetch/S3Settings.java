package io.weighbridge.hasher.fetch;

import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where {@code s3:} addresses lead. Keys are used for the buckets that are named and for no other: who uploads chooses the address, and is
 * not to read with our keys what happens to be open to them.
 *
 * @param endpoint of any store that speaks S3 with buckets in the path; none refuses all {@code s3:} addresses
 * @param signedBuckets buckets that are asked for with a signature; all others as anybody would
 * @param signer none without keys
 */
public record S3Settings(Optional<URI> endpoint, Set<String> signedBuckets, Optional<SigV4Keys> signer) {

    static final String ENDPOINT = "weighbridge.fetch.s3.endpoint";
    static final String REGION = "weighbridge.fetch.s3.region";
    static final String BUCKETS = "weighbridge.fetch.s3.signed.buckets";
    static final String ACCESS_KEY = "weighbridge.fetch.s3.access.key";
    static final String SECRET_KEY = "weighbridge.fetch.s3.secret.key";
    static final String SESSION_TOKEN = "weighbridge.fetch.s3.session.token";

    private static final String FILE = ".file";
    private static final String DEFAULT_REGION = "us-east-1";

    static final List<Setting> SETTINGS = List.of(
            Setting.none(ENDPOINT),
            Setting.of(REGION, DEFAULT_REGION),
            Setting.none(BUCKETS),
            Setting.secret(ACCESS_KEY),
            Setting.none(ACCESS_KEY + FILE),
            Setting.secret(SECRET_KEY),
            Setting.none(SECRET_KEY + FILE),
            Setting.secret(SESSION_TOKEN),
            Setting.none(SESSION_TOKEN + FILE));

    /** Keys, which print as nothing. */
    public static final class SigV4Keys {

        private final SigV4 signer;

        SigV4Keys(SigV4 signer) {
            this.signer = signer;
        }

        SigV4 signer() {
            return signer;
        }
    }

    public S3Settings {
        signedBuckets = Set.copyOf(signedBuckets);
    }

    static S3Settings from(Settings settings) {
        var buckets = Set.copyOf(settings.list(BUCKETS, ""));
        String access = secret(settings, ACCESS_KEY);
        String secret = secret(settings, SECRET_KEY);
        if (access.isEmpty() != secret.isEmpty()) {
            settings.problem(access.isEmpty() ? ACCESS_KEY : SECRET_KEY, "expected one, as the other key is set");
        }
        if (!buckets.isEmpty() && access.isEmpty()) {
            settings.problem(BUCKETS, "expected keys to sign with, got none; see " + ACCESS_KEY);
        }
        var signer =
                new SigV4(access, secret, secret(settings, SESSION_TOKEN), settings.text(REGION, DEFAULT_REGION), "s3");
        return new S3Settings(
                endpoint(settings), buckets, access.isEmpty() ? Optional.empty() : Optional.of(new SigV4Keys(signer)));
    }

    /** From the setting, or from the file that it names with {@code .file} behind; empty if there is neither. */
    private static String secret(Settings settings, String name) {
        return settings.file(name + FILE)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse(settings.text(name, ""))
                .strip();
    }

    private static Optional<URI> endpoint(Settings settings) {
        String text = settings.text(ENDPOINT, "").strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            var endpoint = new URI(text);
            boolean isBare = endpoint.getHost() != null
                    && endpoint.getRawUserInfo() == null
                    && endpoint.getRawQuery() == null
                    && endpoint.getRawFragment() == null
                    && Set.of("", "/").contains(endpoint.getRawPath());
            if (isBare && Set.of("http", "https").contains(endpoint.getScheme())) {
                return Optional.of(endpoint);
            }
        } catch (URISyntaxException e) {
            // reported below
        }
        settings.problem(ENDPOINT, "expected an address such as https://host:port, got another form");
        return Optional.empty();
    }
}
