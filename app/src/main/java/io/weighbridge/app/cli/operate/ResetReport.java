package io.weighbridge.app.cli.operate;

import io.weighbridge.app.cli.Table;
import io.weighbridge.app.operate.reset.Aftermath;
import io.weighbridge.app.operate.reset.ResetPlan;
import io.weighbridge.app.text.Words;
import java.util.ArrayList;
import java.util.List;

/** What a reset does, or did, in lines of text. */
final class ResetReport {

    private ResetReport() {}

    static List<String> lines(ResetPlan plan, boolean isDone) {
        var lines = new ArrayList<String>();
        lines.add((isDone ? "Reset " : "Would reset ") + plan.role().id() + " (group " + plan.group() + ")");
        plan.members().forEach(member -> lines.add("has a member, stop it first: " + member));
        lines.add("");
        lines.add(places(plan));
        lines.add("");
        plan.internalTopics().forEach(topic -> lines.add("topic deleted    " + topic));
        plan.internalSubjects().forEach(subject -> lines.add("schemas deleted  " + subject));
        plan.folders().forEach(folder -> lines.add("folder deleted   " + folder));
        if (plan.folders().isEmpty()) {
            lines.add("folder deleted   none: no state of it in the data folder (--data)");
        }
        lines.add("");
        lines.add("When " + plan.role().id() + " is started again, it reads " + Words.count(plan.toRead(), "record")
                + ":");
        Aftermath.of(plan.role()).forEach(line -> lines.add("- " + line));
        if (!isDone) {
            lines.add("");
            lines.add("Nothing was changed; --yes does it.");
        }
        return lines;
    }

    private static String places(ResetPlan plan) {
        var table = new Table("topic", "partition", "is at", "goes to", "end");
        for (var input : plan.inputs()) {
            table.row(
                    input.topic(),
                    Integer.toString(input.partition()),
                    input.before() < 0 ? null : Long.toString(input.before()),
                    Long.toString(input.after()),
                    Long.toString(input.end()));
        }
        return table.toString();
    }
}
