package io.weighbridge.hasher.format.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * What runs from one layer to the next, as far as it tells how the inputs of a dense layer lie: an image, an image that was flattened, or
 * anything else.
 *
 * @param channels of the image; 0 if there is none
 * @param isChannelsFirst whether they lie before the positions; flattening then leaves them there
 */
record ImageFlow(boolean isFlattened, long channels, boolean isChannelsFirst) {

    static final ImageFlow NONE = new ImageFlow(false, 0, false);

    /** Layers that give something else than an image, or one whose channels cannot be told. */
    private static final List<String> BREAKS = List.of(
            "Global",
            "Permute",
            "Embedding",
            "LSTM",
            "GRU",
            "SimpleRNN",
            "RNN",
            "Bidirectional",
            "MultiHeadAttention",
            "RepeatVector");

    private static final Set<String> DENSE = Set.of("Dense", "EinsumDense", "TimeDistributedDense");
    /** Batch, positions, channels: images with at least two axes of positions. */
    private static final int MIN_IMAGE_RANK = 4;

    /** How many channels of a flattened image a dense layer must bring before the positions; 0 if none. */
    long flattenedChannels() {
        return isFlattened ? channels : 0;
    }

    /** What comes out of a layer; see the Keras layers of these names. */
    static ImageFlow behind(String layerClass, JsonNode config, List<ImageFlow> inputs) {
        var input = joined(inputs, config);
        if (BREAKS.stream().anyMatch(layerClass::startsWith)) {
            return NONE;
        }
        if (DENSE.contains(layerClass)) {
            return input.isImage() ? image(number(config, "units", "output_dim"), config) : NONE;
        }
        if (layerClass.startsWith("DepthwiseConv")) {
            return image(
                    input.channels * Math.max(1, config.path("depth_multiplier").asInt(1)), config);
        }
        if (layerClass.startsWith("Conv") || layerClass.startsWith("SeparableConv")) {
            return image(number(config, "filters", "nb_filter"), config);
        }
        return switch (layerClass) {
            case "Concatenate", "Merge" -> concatenated(inputs, config);
            case "Flatten" ->
                input.flattened(config.path("data_format").asText().equals("channels_first"));
            case "Reshape" -> input.reshaped(config.path("target_shape"));
            default -> input;
        };
    }

    /** What a layer gets: layers with several inputs, such as additions, keep the shape of the first image. */
    static ImageFlow joined(List<ImageFlow> inputs, JsonNode config) {
        for (var input : inputs) {
            if (input.channels > 0) {
                return input;
            }
        }
        var shape =
                config.path("batch_shape").isArray() ? config.path("batch_shape") : config.path("batch_input_shape");
        return shape.size() < MIN_IMAGE_RANK
                ? NONE
                : image(shape.path(shape.size() - 1).asLong(), config);
    }

    private boolean isImage() {
        return channels > 0 && !isFlattened;
    }

    private static ImageFlow image(long channels, JsonNode config) {
        boolean isChannelsFirst = config.path("data_format").asText().equals("channels_first");
        return channels < 1 ? NONE : new ImageFlow(false, channels, isChannelsFirst);
    }

    /** A Flatten for channels-first images puts channels last, so that weights fit both. */
    private ImageFlow flattened(boolean isForChannelsFirst) {
        boolean isChannelsLast = isChannelsFirst == isForChannelsFirst;
        return isImage() ? isChannelsLast ? new ImageFlow(true, channels, false) : NONE : this;
    }

    private ImageFlow reshaped(JsonNode target) {
        if (target.size() == 1) {
            return flattened(false);
        }
        long last = target.path(target.size() - 1).asLong();
        return target.size() < MIN_IMAGE_RANK - 1 || last < 1 ? NONE : new ImageFlow(false, last, false);
    }

    /** Images side by side have the channels of all; of flattened images only one could be brought in order. */
    private static ImageFlow concatenated(List<ImageFlow> inputs, JsonNode config) {
        int axis = config.path("axis").asInt(-1);
        long channels = 0;
        for (var input : inputs) {
            if (!input.isImage() || input.isChannelsFirst) {
                return NONE;
            }
            channels = axis == -1 || axis >= MIN_IMAGE_RANK - 1 ? channels + input.channels : input.channels;
        }
        return channels == 0 ? NONE : new ImageFlow(false, channels, false);
    }

    private static long number(JsonNode config, String name, String olderName) {
        return config.path(name).asLong(config.path(olderName).asLong());
    }
}
