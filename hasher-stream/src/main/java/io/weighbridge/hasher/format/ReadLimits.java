package io.weighbridge.hasher.format;

import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Bounds on what a reader may take on. Exceeded, they give TOO_LARGE, or TIMED_OUT for the time, with the limit's name and that of its
 * setting.
 *
 * @param maxHeaderBytes largest header, pickle, graph or directory held in memory
 * @param maxTensors most tensors in one file
 * @param maxTensorWeights most numbers in one tensor; what reading takes in memory depends on its outputs, not on this
 * @param maxEntries most entries in one archive, and in all archives that lie in one another
 * @param maxInflatedBytes most bytes that compressed entries of one file may give; reading all of them, at every depth and however often,
 *     may take four times as many
 * @param maxDepth most archives and compressed streams around a model, the outermost included
 * @param maxRatio how many times its compressed size an entry of more than 4 MiB may have
 * @param maxDimensions most dimensions of a tensor
 * @param maxTime for reading and hashing one file
 */
public record ReadLimits(
        long maxHeaderBytes,
        int maxTensors,
        long maxTensorWeights,
        int maxEntries,
        long maxInflatedBytes,
        int maxDepth,
        int maxRatio,
        int maxDimensions,
        Duration maxTime) {

    /**
     * Room for every public model: 64 MiB of header, 100,000 tensors, 2³⁶ weights a tensor, 100,000 entries, 8 GiB inflated, archives three
     * deep. Layers are read by slabs of outputs, so a tensor may be as large as the largest file; it costs time, and {@link ModelBytes} bounds that. Chunks
     * of HDF5, which are held whole, have a bound of their own. Deflated weights shrink to half, pruned ones to a tenth: above 250 times an entry is a bomb.
     */
    public static final ReadLimits STANDARD = new ReadLimits(64L << 20, 100_000, 1L << 36, 100_000, 8L << 30);

    /** How the names of the settings begin; the rest is the limit's own name. */
    public static final String PREFIX = "weighbridge.read.";

    /** The limits as settings. */
    public static final List<Setting> SETTINGS = List.of(
            limit("maxHeaderBytes", STANDARD.maxHeaderBytes),
            limit("maxTensors", STANDARD.maxTensors),
            limit("maxTensorWeights", STANDARD.maxTensorWeights),
            limit("maxEntries", STANDARD.maxEntries),
            limit("maxInflatedBytes", STANDARD.maxInflatedBytes),
            limit("maxDepth", STANDARD.maxDepth),
            limit("maxRatio", STANDARD.maxRatio),
            limit("maxDimensions", STANDARD.maxDimensions),
            limit("maxTime", STANDARD.maxTime));

    private static final int MOST_IN_ARRAY = Integer.MAX_VALUE - 8;

    private static final Pattern NAME =
            Pattern.compile("\\bmax(?:HeaderBytes|Tensors|TensorWeights|Entries|InflatedBytes"
                    + "|Depth|Ratio|Dimensions|Time)\\b(?= = |$)");

    /** The standard depth, ratio, dimensions and time with other sizes. */
    public ReadLimits(
            long maxHeaderBytes, int maxTensors, long maxTensorWeights, int maxEntries, long maxInflatedBytes) {
        this(
                maxHeaderBytes,
                maxTensors,
                maxTensorWeights,
                maxEntries,
                maxInflatedBytes,
                3,
                250,
                64,
                Duration.ofHours(1));
    }

    /** Reads the {@code weighbridge.read.max.*} settings; wrong values are noted in {@code settings}. */
    public static ReadLimits from(Settings settings) {
        return new ReadLimits(
                within(settings, "maxHeaderBytes", STANDARD.maxHeaderBytes, MOST_IN_ARRAY),
                (int) within(settings, "maxTensors", STANDARD.maxTensors, 10_000_000),
                within(settings, "maxTensorWeights", STANDARD.maxTensorWeights, 1L << 40),
                (int) within(settings, "maxEntries", STANDARD.maxEntries, 10_000_000),
                within(settings, "maxInflatedBytes", STANDARD.maxInflatedBytes, 1L << 50),
                (int) within(settings, "maxDepth", STANDARD.maxDepth, 16),
                (int) within(settings, "maxRatio", STANDARD.maxRatio, 1_000_000),
                (int) within(settings, "maxDimensions", STANDARD.maxDimensions, 10_000),
                time(settings));
    }

    /** The name users set a limit by: {@code weighbridge.read.max.tensors} for {@code maxTensors}. */
    public static String setting(String limit) {
        return PREFIX + limit.replaceAll("([A-Z])", ".$1").toLowerCase(Locale.ROOT);
    }

    private static Setting limit(String name, Object byDefault) {
        return Setting.of(setting(name), byDefault);
    }

    /** A message that names a limit, with the name users set it by. */
    static String withSetting(String message) {
        var limit = NAME.matcher(message);
        return limit.find() ? message + "; see " + setting(limit.group()) : message;
    }

    private static long within(Settings settings, String limit, long byDefault, long most) {
        var name = setting(limit);
        long value = settings.number(name, byDefault);
        if (value < 1 || value > most) {
            settings.problem(name, "expected 1 to " + most + ", got " + value);
            return byDefault;
        }
        return value;
    }

    private static Duration time(Settings settings) {
        var name = setting("maxTime");
        var time = settings.duration(name, STANDARD.maxTime);
        if (time.toMillis() <= 0 || time.compareTo(Duration.ofDays(365)) > 0) {
            settings.problem(name, "expected a millisecond to a year, got " + time);
            return STANDARD.maxTime;
        }
        return time;
    }
}
