package io.weighbridge.app.operate.doctor;

import io.weighbridge.app.life.Role;
import io.weighbridge.schemas.Settings;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;

/** Whether the settings of the roles can be read. */
record SettingsCheck(Settings settings, List<Role> roles) {

    /** Whether they can. */
    boolean examine(Consumer<Finding> told) {
        var findings = new Findings("settings", told);
        boolean isGood = true;
        for (Role role : roles) {
            try {
                role.topology(settings);
            } catch (IllegalArgumentException | KafkaException e) {
                isGood = false;
                findings.fail(role.id() + ": " + e.getMessage(), "mend them; docs/settings.md lists all");
            }
        }
        if (isGood) {
            findings.ok("those of " + roles.stream().map(Role::id).collect(Collectors.joining(", ")) + " can be read");
        }
        return isGood;
    }
}
