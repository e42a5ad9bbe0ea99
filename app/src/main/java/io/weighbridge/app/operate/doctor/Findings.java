package io.weighbridge.app.operate.doctor;

import io.weighbridge.app.operate.doctor.Finding.Level;
import java.util.function.Consumer;

/** Where the checks of one kind tell what they find. */
record Findings(String check, Consumer<Finding> told) {

    void ok(String detail) {
        told.accept(new Finding(Level.OK, check, detail, ""));
    }

    void warn(String detail, String advice) {
        told.accept(new Finding(Level.WARN, check, detail, advice));
    }

    void fail(String detail, String advice) {
        told.accept(new Finding(Level.FAIL, check, detail, advice));
    }
}
