package io.weighbridge.hasher.fetch;

import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** There is no answer that would do: what that comes to, why, and whether asking again may help. */
final class HttpFailure extends IOException {

    private static final long serialVersionUID = 1L;

    /** Not found, and gone for good. */
    private static final Set<Integer> ABSENT = Set.of(404, 410);

    private final Outcome outcome;
    private final boolean mayPass;
    private final Duration notBefore;
    private boolean isAbsent;

    private HttpFailure(Outcome outcome, String reason, boolean mayPass, Duration notBefore) {
        super(reason);
        this.outcome = outcome;
        this.mayPass = mayPass;
        this.notBefore = notBefore;
    }

    /** One that stays. */
    static HttpFailure lasting(Outcome outcome, String reason) {
        return new HttpFailure(outcome, reason, false, Duration.ZERO);
    }

    /** The one that any status but the expected ones is, if it does not pass. */
    static HttpFailure status(int status, URI from) {
        var failure = lasting(Outcome.UNREACHABLE, HttpDialogue.unexpected(status, from));
        failure.isAbsent = ABSENT.contains(status);
        return failure;
    }

    /** One after which it may be asked again. */
    static HttpFailure passing(Outcome outcome, String reason) {
        return passing(outcome, reason, Duration.ZERO);
    }

    /** @param notBefore the wait that the host asks for; zero if it does not */
    static HttpFailure passing(Outcome outcome, String reason, Duration notBefore) {
        return new HttpFailure(outcome, reason, true, notBefore);
    }

    boolean mayPass() {
        return mayPass;
    }

    /** Whether it is our own disk that failed, and no host. */
    boolean isOurs() {
        return outcome == Outcome.FAILED;
    }

    Duration notBefore() {
        return notBefore;
    }

    NotFetched result() {
        return new NotFetched(outcome, getMessage(), isAbsent);
    }
}
