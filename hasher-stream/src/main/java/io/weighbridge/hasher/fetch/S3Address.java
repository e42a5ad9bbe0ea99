package io.weighbridge.hasher.fetch;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code s3://bucket/key}: an object in a store. */
record S3Address(String bucket, String key) {

    static final String FORM = "url: expected s3://BUCKET/KEY, got another form";

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final int MOST_KEY_CHARS = 1024;

    /** Longest time that S3 lets a signature hold. */
    private static final Duration LONGEST = Duration.ofDays(7);

    /** Empty if the address has another form, or a key that on its way would become another ({@code a/../b}). */
    static Optional<S3Address> of(URI address) {
        String bucket = address.getRawAuthority() == null ? "" : address.getRawAuthority();
        String key = address.getPath() == null ? "" : address.getPath();
        boolean isWhole = BUCKET.matcher(bucket).matches()
                && !bucket.contains("..")
                && key.length() > 1
                && key.length() <= MOST_KEY_CHARS
                && !address.getRawSchemeSpecificPart().contains("?")
                && address.getRawFragment() == null;
        return isWhole && Arrays.stream(key.split("/")).noneMatch(List.of(".", "..")::contains)
                ? Optional.of(new S3Address(bucket, key.substring(1)))
                : Optional.empty();
    }

    /** Where the object is, with the bucket in the path; signed if the settings say so, for as long as the download may take. */
    URI at(URI endpoint, S3Settings settings, Instant now, Duration validity) {
        String path = Arrays.stream((bucket + "/" + key).split("/", -1))
                .map(SigV4::encode)
                .collect(Collectors.joining("/"));
        var object = URI.create(endpoint.getScheme() + "://" + endpoint.getRawAuthority() + "/" + path);
        if (settings.signer().isEmpty() || !settings.signedBuckets().contains(bucket)) {
            return object;
        }
        var seconds = Duration.ofSeconds(Math.max(1, validity.toSeconds() + 1));
        var signer = settings.signer().get().signer();
        return signer.presign(object, now, seconds.compareTo(LONGEST) < 0 ? seconds : LONGEST);
    }
}
