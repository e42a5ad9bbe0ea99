package io.weighbridge.alerting;

import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.ProtectionPolicy;
import io.weighbridge.schemas.avro.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How urgent a match is, by points that its evidence gives: nearness to the protected model, layers in common, distance to public models,
 * licence. A match within one owner's models is {@code INFO}, whatever else.
 *
 * <p>Points: 1 for any match; 2 more at a quarter of the threshold or below, or 1 at 60 %; 1 for nine tenths of the protected model's weights
 * in matched layers, −1 for less than three tenths; −1 if a public model is hardly farther than the protected one; 1 for a licence that the
 * protection does not allow. Up to 1 point is {@code LOW}, 2 {@code MEDIUM}, 3 {@code HIGH}, 4 and more {@code CRITICAL}.
 */
public final class SeverityRule {

    private static final double CLOSE = 0.25;
    private static final double NEAR = 0.6;
    private static final double MOST_LAYERS = 0.9;
    private static final double FEW_LAYERS = 0.3;

    /** Share of the bits by which a public model is to be farther. */
    private static final double CLEAR_MARGIN = 0.1;

    private final List<String> reasons = new ArrayList<>();
    private int points = 1;

    private SeverityRule() {}

    /**
     * A severity and what it comes from.
     *
     * @param reasons in words, at least one
     */
    public record Grade(Severity severity, List<String> reasons) {}

    /** The severity of a match of a model with the default policy. */
    public static Grade of(InfringementAlert alert) {
        return of(alert, null);
    }

    /** @param policy null if the model has the default policy */
    public static Grade of(InfringementAlert alert, ProtectionPolicy policy) {
        if (alert.getUpload()
                .getOwner()
                .equalsIgnoreCase(alert.getProtectedModel().getOwner())) {
            return new Grade(
                    Severity.INFO,
                    List.of("both belong to " + alert.getProtectedModel().getOwner()));
        }
        var rule = new SeverityRule();
        rule.judgeDistance(alert);
        rule.judgeLayers(alert);
        rule.judgeBaseline(alert);
        rule.judgeLicense(alert, policy);
        return new Grade(rule.severity(), List.copyOf(rule.reasons));
    }

    private void judgeDistance(InfringementAlert alert) {
        double share = (double) alert.getDistanceBits() / Math.max(1, alert.getThresholdBits());
        String bits = alert.getDistanceBits() + " of " + alert.getBits() + " bits differ";
        if (share <= CLOSE) {
            add(2, bits + ", far below the threshold of " + alert.getThresholdBits());
        } else if (share <= NEAR) {
            add(1, bits + ", well below the threshold of " + alert.getThresholdBits());
        } else {
            add(0, bits + ", near the threshold of " + alert.getThresholdBits());
        }
    }

    private void judgeLayers(InfringementAlert alert) {
        var layers = alert.getLayerEvidence();
        if (layers == null) {
            return;
        }
        String share = String.format(Locale.ROOT, "%d %% of the protected weights lie in matched layers", (int)
                Math.floor(100 * layers.getProtectedShare()));
        if (layers.getProtectedShare() >= MOST_LAYERS) {
            add(1, share);
        } else {
            add(layers.getProtectedShare() < FEW_LAYERS ? -1 : 0, share);
        }
    }

    private void judgeBaseline(InfringementAlert alert) {
        var baseline = alert.getNearestBaseline();
        if (baseline != null && baseline.getMarginBits() < CLEAR_MARGIN * alert.getBits()) {
            add(
                    -1,
                    "hardly nearer than to the public " + baseline.getId() + " (" + baseline.getMarginBits()
                            + " bits)");
        }
    }

    private void judgeLicense(InfringementAlert alert, ProtectionPolicy policy) {
        String license = alert.getUpload().getLicense();
        if (license != null
                && policy != null
                && !policy.getAuthorisedLicenses().isEmpty()
                && Authorisation.of(policy, alert).isEmpty()) {
            add(1, "offered under " + license + ", which the protection does not allow");
        }
    }

    private void add(int more, String reason) {
        points += more;
        reasons.add(reason);
    }

    private Severity severity() {
        if (points >= 4) {
            return Severity.CRITICAL;
        }
        return switch (points) {
            case 3 -> Severity.HIGH;
            case 2 -> Severity.MEDIUM;
            default -> Severity.LOW;
        };
    }
}
