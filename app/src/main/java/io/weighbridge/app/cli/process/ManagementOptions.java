package io.weighbridge.app.cli.process;

import io.weighbridge.app.http.Listen;
import picocli.CommandLine.Option;

/** Where health and metrics are served. */
final class ManagementOptions {

    @Option(
            names = "--management-port",
            paramLabel = "P",
            defaultValue = "0",
            description = "Port of /livez, /readyz and /metrics. Default: 0, which takes any free one and says which.")
    private int port;

    @Option(
            names = "--management-address",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address they are bound to; 0.0.0.0 in a container. Default: ${DEFAULT-VALUE}.")
    private String address;

    Listen address() {
        return new Listen(address, port);
    }
}
