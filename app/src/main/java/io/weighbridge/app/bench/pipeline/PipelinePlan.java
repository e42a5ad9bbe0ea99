package io.weighbridge.app.bench.pipeline;

/**
 * How much is measured.
 *
 * @param seed of the codes
 * @param protectedModels how many are protected
 * @param uploads how many come at full speed
 * @param copyShare share of those that are copies, 0 to 1
 * @param perSecond the fixed rate
 * @param seconds how long uploads come at the fixed rate
 * @param kept uploads that are there when a model is protected later; 0 leaves this out
 */
public record PipelinePlan(
        long seed, int protectedModels, int uploads, double copyShare, double perSecond, int seconds, int kept) {

    /** Of the uploads at the fixed rate, which are there to raise alerts. */
    static final double LIVE_COPY_SHARE = .5;

    public PipelinePlan {
        require(protectedModels >= 1, "protected models: expected 1 or more, got " + protectedModels);
        require(uploads >= 100, "uploads: expected 100 or more, got " + uploads);
        require(copyShare > 0 && copyShare <= 1, "share of copies: expected more than 0, up to 1, got " + copyShare);
        require(perSecond > 0, "uploads a second: expected more than 0, got " + perSecond);
        require(seconds >= 1, "seconds: expected 1 or more, got " + seconds);
        require(kept >= 0, "kept uploads: expected 0 or more, got " + kept);
    }

    int live() {
        return (int) Math.ceil(perSecond * seconds);
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
