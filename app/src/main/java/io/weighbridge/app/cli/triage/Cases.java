package io.weighbridge.app.cli.triage;

import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.schemas.avro.InfringementCase;
import java.util.Map;

/** The cases of a cluster as they are now. */
final class Cases {

    private final Map<String, InfringementCase> byId;

    private Cases(Map<String, InfringementCase> byId) {
        this.byId = byId;
    }

    static Cases read(Cluster cluster) {
        return new Cases(cluster.reader().latest(cluster.topics().infringementCases()));
    }

    /**
     * A case by its alert id or the beginning of it, as lists show it.
     *
     * @throws CommandException if there is none, or more than one
     */
    InfringementCase find(String idOrBeginning) {
        var found = byId.values().stream()
                .filter(known -> known.getAlertId().startsWith(idOrBeginning))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new CommandException(
                found.isEmpty()
                        ? idOrBeginning + ": no such case; `weighbridge alerts ls` lists them"
                        : idOrBeginning + ": expected the beginning of one alert id, fits " + found.size());
    }

    Iterable<InfringementCase> all() {
        return byId.values();
    }
}
