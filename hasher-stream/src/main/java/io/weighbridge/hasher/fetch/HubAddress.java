package io.weighbridge.hasher.fetch;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code hf://OWNER/NAME[@REVISION][/PATH]}: a repository of a hub that speaks the Hugging Face protocol, or a file in it.
 *
 * @param revision a branch, tag or commit; {@code main} if the address names none
 * @param path with {@code /} between names; empty for the repository itself
 */
public record HubAddress(String owner, String name, String revision, String path) {

    static final String SCHEME = "hf";
    private static final Pattern FORM = Pattern.compile(
            "(?i:hf)://([\\w.-]+)/([\\w.-]+)(?:@(refs/(?:pr|convert)/[\\w.-]+|[^/@?#]+))?(?:/([^?#]+))?/?");
    private static final Pattern ONLY_DOTS = Pattern.compile("\\.*");

    /** Empty if the text is no such address; names that lead elsewhere, such as {@code ..}, are in none. */
    public static Optional<HubAddress> of(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        try {
            String revision = match.group(3) == null ? "main" : decoded(match.group(3));
            String path = match.group(4) == null ? "" : decoded(match.group(4));
            var address = new HubAddress(match.group(1), match.group(2), revision, path);
            return address.isPlain() ? Optional.of(address) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean isPlain() {
        return areNames(owner) && areNames(name) && areNames(revision) && (path.isEmpty() || areNames(path));
    }

    /** Whether the text is names with {@code /} between them. */
    static boolean areNames(String text) {
        return Arrays.stream(text.split("/", -1))
                        .noneMatch(name -> ONLY_DOTS.matcher(name).matches())
                && text.chars().noneMatch(Character::isISOControl);
    }

    public boolean isRepository() {
        return path.isEmpty();
    }

    /** The address of a file in the repository. */
    HubAddress file(String path) {
        return new HubAddress(owner, name, revision, path);
    }

    /** The same at another revision. */
    HubAddress at(String revision) {
        return new HubAddress(owner, name, revision, path);
    }

    /** Whether the text is meant to be such an address, well formed or not. */
    static boolean isOne(String url) {
        return url.regionMatches(true, 0, SCHEME + ":", 0, SCHEME.length() + 1);
    }

    /** Where the hub tells which commit the revision is. */
    URI commit(String endpoint) {
        return URI.create(endpoint + "/api/models/" + owner + "/" + name + "/revision/" + encoded(revision));
    }

    /** Where the hub lists all files of the repository. */
    URI tree(String endpoint) {
        return URI.create(
                endpoint + "/api/models/" + owner + "/" + name + "/tree/" + encoded(revision) + "?recursive=true");
    }

    /** Where the hub gives the bytes of the file, itself or by a redirect. */
    URI resolve(String endpoint) {
        return URI.create(endpoint + "/" + owner + "/" + name + "/resolve/" + encoded(revision) + "/" + encodedPath());
    }

    @Override
    public String toString() {
        String at = SCHEME + "://" + owner + "/" + name + "@" + encoded(revision);
        return isRepository() ? at : at + "/" + encodedPath();
    }

    private String encodedPath() {
        return encodedPath(path);
    }

    static String encodedPath(String path) {
        return Arrays.stream(path.split("/")).map(HubAddress::encoded).collect(Collectors.joining("/"));
    }

    static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
