package io.weighbridge.app.chaos.fault;

import java.util.ArrayList;
import java.util.List;

/** All faults, in the order of the report. */
public final class Faults {

    private Faults() {}

    public static List<Fault> all() {
        var all = new ArrayList<Fault>(List.of(SimpleFault.values()));
        return List.copyOf(all);
    }

    /** @throws IllegalArgumentException if there is none of that name; the message names all */
    public static Fault of(String id) {
        return all().stream()
                .filter(fault -> fault.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("fault: expected one of "
                        + all().stream().map(Fault::id).toList() + ", got " + id));
    }
}
