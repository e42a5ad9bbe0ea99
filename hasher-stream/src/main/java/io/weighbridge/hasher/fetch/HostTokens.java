package io.weighbridge.hasher.fetch;

import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Tokens that certain hosts are to be shown.
 *
 * <p>A token goes to the very host and port that its setting names, encrypted (or to this machine itself), and only while a download is at
 * the host it began at: neither may a redirect take a token elsewhere, nor may a stranger's address use it by leading there.
 */
public final class HostTokens {

    static final String PREFIX = "weighbridge.fetch.token.";
    static final HostTokens NONE = new HostTokens(Map.of());

    private static final String FILE = ".file";
    static final List<Setting> SETTINGS =
            List.of(Setting.secret(PREFIX + "HOST"), Setting.none(PREFIX + "HOST" + FILE));

    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]{1,4096}");
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final Map<String, String> tokens;

    private HostTokens(Map<String, String> tokens) {
        this.tokens = tokens;
    }

    /** Reads {@code weighbridge.fetch.token.HOST} and {@code weighbridge.fetch.token.HOST.file}; a host may end in {@code :PORT}. */
    static HostTokens from(Settings settings) {
        var tokens = new TreeMap<String, String>();
        for (var name : settings.names(PREFIX)) {
            boolean isFile = name.endsWith(FILE);
            String host = name.substring(PREFIX.length(), name.length() - (isFile ? FILE.length() : 0));
            String token = isFile
                    ? settings.file(name)
                            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                            .orElse(null)
                    : settings.text(name, "");
            if (token == null) {
                continue; // noted by the settings
            }
            if (TOKEN.matcher(token.strip()).matches()) {
                tokens.put(host.toLowerCase(Locale.ROOT), token.strip());
            } else {
                settings.problem(name, "expected a token of visible ASCII characters, got something else");
            }
        }
        return new HostTokens(tokens);
    }

    /** What to send to a hop of the download that began at {@code start}. */
    Map<String, String> headers(URI start, HostGate.Gate hop) {
        String token = tokens.get(authority(hop.target()));
        boolean isSafe = "https".equalsIgnoreCase(hop.target().getScheme())
                || hop.address().isLoopbackAddress();
        return token != null && isSafe && authority(hop.target()).equals(authority(start))
                ? Map.of("Authorization", "Bearer " + token)
                : Map.of();
    }

    private static String authority(URI address) {
        int usual = "https".equalsIgnoreCase(address.getScheme()) ? HTTPS_PORT : HTTP_PORT;
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        return address.getPort() < 0 || address.getPort() == usual ? host : host + ":" + address.getPort();
    }

    /** How many there are: what they are is nobody's business. */
    @Override
    public String toString() {
        return tokens.size() + " tokens";
    }
}
