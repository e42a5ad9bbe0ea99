package io.weighbridge.app.operate.doctor;

import io.weighbridge.app.life.Role;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.SettingsException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;

/** Whether the settings of the roles can be read. */
record SettingsCheck(Settings settings, List<Role> roles) {

    /** Whether they can. */
    boolean examine(Consumer<Finding> told) {
        var findings = new Findings("settings", told);
        var problems = new LinkedHashSet<String>();
        for (Role role : roles) {
            try {
                role.topology(settings);
            } catch (SettingsException e) {
                problems.addAll(e.problems());
            } catch (IllegalArgumentException | KafkaException e) {
                problems.add(role.id() + ": " + e.getMessage());
            }
        }
        problems.forEach(problem -> findings.fail(problem, "mend it; docs/settings.md lists all"));
        if (problems.isEmpty()) {
            findings.ok("those of " + roles.stream().map(Role::id).collect(Collectors.joining(", ")) + " can be read");
        }
        return problems.isEmpty();
    }
}
