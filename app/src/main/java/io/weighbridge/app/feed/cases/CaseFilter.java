package io.weighbridge.app.feed.cases;

import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.Severity;
import io.weighbridge.schemas.avro.Verdict;
import java.time.Instant;
import java.util.Set;

/**
 * Which cases are meant; every part must fit. An empty set, or null, asks for nothing.
 *
 * @param protectedId id of the protected model
 * @param owner of the upload, in any case
 * @param uploader in any case
 * @param text somewhere in repository, revision, uploader, protected model or alert id, in any case
 * @param since earliest time last seen, inclusive
 * @param until latest time last seen, exclusive
 */
public record CaseFilter(
        Set<CaseState> states,
        Set<Severity> severities,
        HeldFilter held,
        Set<Verdict> verdicts,
        String protectedId,
        String owner,
        String uploader,
        String text,
        Instant since,
        Instant until) {

    /** Every case, held or not. */
    public static final CaseFilter ALL =
            new CaseFilter(Set.of(), Set.of(), HeldFilter.ANY, Set.of(), null, null, null, null, null, null);

    public CaseFilter {
        states = Set.copyOf(states);
        severities = Set.copyOf(severities);
        verdicts = Set.copyOf(verdicts);
    }

    /** Every case of a protected model, held or not. */
    public static CaseFilter ofProtected(String id) {
        return new CaseFilter(Set.of(), Set.of(), HeldFilter.ANY, Set.of(), id, null, null, null, null, null);
    }

    /** The same, however cases are held. */
    public CaseFilter withHeld(HeldFilter other) {
        return new CaseFilter(states, severities, other, verdicts, protectedId, owner, uploader, text, since, until);
    }

    /** Whether the case is meant. */
    public boolean fits(CaseRow row) {
        return held.fits(row.held())
                && isOneOf(states, row.state())
                && isOneOf(severities, row.severity())
                && (verdicts.isEmpty() || (row.verdict() != null && verdicts.contains(row.verdict())))
                && (protectedId == null
                        || protectedId.equals(row.protectedModel().getId()))
                && (owner == null || owner.equalsIgnoreCase(row.upload().getOwner()))
                && (uploader == null || uploader.equalsIgnoreCase(row.upload().getUploader()))
                && (since == null || !row.lastSeenAt().isBefore(since))
                && (until == null || row.lastSeenAt().isBefore(until))
                && (text == null || holdsText(row));
    }

    private static <T> boolean isOneOf(Set<T> wanted, T value) {
        return wanted.isEmpty() || wanted.contains(value);
    }

    private boolean holdsText(CaseRow row) {
        var upload = row.upload();
        var model = row.protectedModel();
        return holds(upload.getRepo())
                || holds(upload.getRevision())
                || holds(upload.getUploader())
                || holds(model.getName())
                || holds(model.getId())
                || holds(row.alertId());
    }

    private boolean holds(String whole) {
        if (whole == null) {
            return false;
        }
        int last = whole.length() - text.length();
        for (int start = 0; start <= last; start++) {
            if (whole.regionMatches(true, start, text, 0, text.length())) {
                return true;
            }
        }
        return false;
    }
}
