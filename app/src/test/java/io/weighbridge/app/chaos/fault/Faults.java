package io.weighbridge.app.chaos.fault;

import io.weighbridge.app.life.Role;
import java.util.ArrayList;
import java.util.List;

/** All faults, in the order of the report. */
public final class Faults {

    private Faults() {}

    public static List<Fault> all() {
        var all = new ArrayList<Fault>(List.of(SimpleFault.values()));
        all.add(new KilledReplica());
        all.add(new RollingRestart());
        all.add(new CorruptState("corrupt-stores", ".*\\.(sst|log)", CorruptState.Damage.FLIPPED));
        all.add(new CorruptState("cut-stores", ".*\\.(sst|log)|MANIFEST-.*", CorruptState.Damage.CUT));
        all.add(new CorruptState("corrupt-checkpoints", "\\.checkpoint|CURRENT", CorruptState.Damage.FLIPPED));
        all.add(ClockJump.ofRoles());
        all.add(ClockJump.ofBroker());
        all.add(ClockJump.ofAll());
        all.add(FullDisk.ofState(Role.HASHER));
        all.add(FullDisk.ofState(Role.MATCHER));
        all.add(FullDisk.ofState(Role.ALERTING));
        all.add(FullDisk.ofSpool());
        all.add(FullDisk.ofBroker());
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
