package io.weighbridge.alerting;

import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.Suppression;
import java.time.Instant;
import java.util.Objects;

/** What a suppression covers. */
public final class Suppressions {

    private Suppressions() {}

    /** Whether nobody is to be told of the alert: the suppression has not expired, its scope fits, and the alert is neither closer nor of another version. */
    public static boolean covers(Suppression suppression, InfringementAlert alert, Instant now) {
        return !isExpired(suppression, now)
                && fits(suppression, alert)
                && !isCloser(suppression, alert)
                && !isOtherVersion(suppression, alert);
    }

    /** Whether the suppression covers what is known of the case. */
    public static boolean covers(Suppression suppression, InfringementCase known, Instant now) {
        return !isExpired(suppression, now)
                && fits(suppression, known.getLatest())
                && !isCloser(suppression, known.getBest());
    }

    /** Whether its time is over. */
    public static boolean isExpired(Suppression suppression, Instant now) {
        return suppression.getExpiresAt() != null && !now.isBefore(suppression.getExpiresAt());
    }

    /** Whether the match is closer than what the suppression was made for. */
    static boolean isCloser(Suppression suppression, InfringementAlert alert) {
        return suppression.getNotCloserThan() != null && alert.getFalseMatchRate() < suppression.getNotCloserThan();
    }

    /** Whether the match is of another version of the protected model than the suppression was made for. */
    static boolean isOtherVersion(Suppression suppression, InfringementAlert alert) {
        return suppression.getProtectedSha256() != null
                && !suppression
                        .getProtectedSha256()
                        .equals(alert.getProtectedFile().getSha256());
    }

    private static boolean fits(Suppression suppression, InfringementAlert alert) {
        var upload = alert.getUpload();
        return isAnyOr(suppression.getAlertId(), alert.getAlertId())
                && isAnyOr(suppression.getHub(), upload.getHub())
                && isAnyOr(suppression.getRepo(), upload.getRepo())
                && isAnyOr(suppression.getOwner(), upload.getOwner())
                && isAnyOr(
                        suppression.getProtectedModelId(),
                        alert.getProtectedModel().getId());
    }

    private static boolean isAnyOr(String wanted, String actual) {
        return wanted == null || Objects.equals(wanted, actual);
    }
}
