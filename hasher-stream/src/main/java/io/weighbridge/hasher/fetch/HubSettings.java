package io.weighbridge.hasher.fetch;

import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where {@code hf:} addresses lead, and how much of a repository is listed.
 *
 * @param endpoint the hub's address without a slash at its end; empty refuses all {@code hf:} addresses
 * @param maxPages most pages of one listing
 * @param maxFiles most files of one listing, of a folder too
 * @param maxBytes most bytes of JSON in the pages of one listing
 */
public record HubSettings(Optional<String> endpoint, int maxPages, int maxFiles, long maxBytes) {

    private static final int DEFAULT_MAX_PAGES = 100;
    private static final int DEFAULT_MAX_FILES = 10_000;
    private static final long DEFAULT_MAX_BYTES = 16L << 20;

    static final List<Setting> SETTINGS = List.of(
            Setting.none(FetchSettings.HF_ENDPOINT),
            Setting.of(FetchSettings.LIST_MAX_PAGES, DEFAULT_MAX_PAGES),
            Setting.of(FetchSettings.LIST_MAX_FILES, DEFAULT_MAX_FILES),
            Setting.of(FetchSettings.LIST_MAX_BYTES, DEFAULT_MAX_BYTES));

    static HubSettings from(Settings settings) {
        return new HubSettings(
                endpoint(settings),
                settings.count(FetchSettings.LIST_MAX_PAGES, DEFAULT_MAX_PAGES),
                settings.count(FetchSettings.LIST_MAX_FILES, DEFAULT_MAX_FILES),
                settings.bytes(FetchSettings.LIST_MAX_BYTES, DEFAULT_MAX_BYTES));
    }

    private static Optional<String> endpoint(Settings settings) {
        String text = settings.text(FetchSettings.HF_ENDPOINT, "");
        if (text.isBlank()) {
            return Optional.empty();
        }
        if (!isEndpoint(text)) {
            settings.problem(FetchSettings.HF_ENDPOINT, "expected http(s)://HOST[:PORT][/PATH], got " + text);
            return Optional.empty();
        }
        return Optional.of(text.replaceAll("/+$", ""));
    }

    private static boolean isEndpoint(String text) {
        try {
            var address = URI.create(text);
            boolean isWeb =
                    "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
            return isWeb
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
