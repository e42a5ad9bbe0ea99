package io.weighbridge.hasher.fetch;

import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import java.util.List;

/**
 * How hard the network and its hosts are used.
 *
 * @param bytesPerSecond of all downloads together; 0 for no cap
 * @param requestsPerSecond to one host; 0 for no limit
 * @param connectionsPerHost requests to one host that are under way at a time
 */
public record TrafficSettings(long bytesPerSecond, int requestsPerSecond, int connectionsPerHost) {

    static final String BANDWIDTH = "weighbridge.fetch.bytes.per.second";
    static final String HOST_REQUESTS = "weighbridge.fetch.host.requests.per.second";
    static final String HOST_CONNECTIONS = "weighbridge.fetch.host.connections";

    private static final int DEFAULT_CONNECTIONS = 8;

    static final List<Setting> SETTINGS = List.of(
            Setting.of(BANDWIDTH, 0), Setting.of(HOST_REQUESTS, 0), Setting.of(HOST_CONNECTIONS, DEFAULT_CONNECTIONS));

    static TrafficSettings from(Settings settings) {
        return new TrafficSettings(
                settings.bytes(BANDWIDTH, 0),
                settings.count(HOST_REQUESTS, 0),
                FetchSettings.atLeastOne(settings, HOST_CONNECTIONS, DEFAULT_CONNECTIONS));
    }
}
