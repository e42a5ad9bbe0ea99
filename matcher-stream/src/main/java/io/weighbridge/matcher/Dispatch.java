package io.weighbridge.matcher;

import io.weighbridge.hash.search.Place;
import io.weighbridge.hash.search.SearchMode;
import io.weighbridge.schemas.avro.Code;
import io.weighbridge.schemas.avro.IndexAction;
import io.weighbridge.schemas.avro.IndexMessage;
import io.weighbridge.schemas.avro.IndexMode;
import io.weighbridge.schemas.avro.IndexSide;
import io.weighbridge.schemas.avro.ModelCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Codes on their way to the partitions of the index: which messages a code becomes, and where each goes.
 *
 * <p>Positions are dealt to partitions in turn, each algorithm from another start, so that all partitions have the same share of the work.
 *
 * @param partitions of the index
 */
record Dispatch(int partitions) {

    /** The partition of a message's place. */
    int partition(IndexMessage message) {
        if (message.getSide() == IndexSide.BASELINE) {
            return message.getPosition();
        }
        long mixed = message.getPosition()
                + 31 * message.getGroup()
                + message.getAlgorithm().hashCode();
        return (int) Math.floorMod(mixed, (long) partitions);
    }

    /** What an upload's code becomes: one message for each place of its mode, without details. */
    List<IndexMessage> roaming(MatchRule rule, SearchMode mode, ModelCode value, Code code, Instant arrivedAt) {
        var upload = value.getUpload();
        return rule.plan().roamingPlaces(mode, IndexEntry.codeOf(code)).stream()
                .map(place -> message(rule, IndexSide.UPLOAD, place, List.of(IndexMode.valueOf(mode.name())), code)
                        .setAction(IndexAction.PUT)
                        .setId(upload.getId())
                        .setPath(value.getFile().getPath())
                        .setHappenedAt(upload.getUploadedAt())
                        .setArrivedAt(arrivedAt)
                        .build())
                .toList();
    }

    /** What the code of a protected model becomes, or of a baseline: one message for each place, with details. */
    List<IndexMessage> resident(IndexAction action, MatchRule rule, ModelCode value, Instant arrivedAt) {
        var model = value.getProtectedModel();
        var code = value.getFile().getCodes().get(0);
        var side = model.getIsBaseline() ? IndexSide.BASELINE : IndexSide.PROTECTED;
        var messages = new ArrayList<IndexMessage>();
        residence(rule, value)
                .forEach((place, modes) -> messages.add(message(rule, side, place, modes, code)
                        .setAction(action)
                        .setId(model.getId())
                        .setHappenedAt(model.getProtectedAt())
                        .setArrivedAt(arrivedAt)
                        .build()));
        return action == IndexAction.PUT ? withDetails(messages, value) : forgettingDetails(messages);
    }

    private Map<Place, List<IndexMode>> residence(MatchRule rule, ModelCode value) {
        var places = new LinkedHashMap<Place, List<IndexMode>>();
        if (value.getProtectedModel().getIsBaseline()) {
            IntStream.range(0, partitions)
                    .forEach(partition -> places.put(new Place(partition, 0), List.of(IndexMode.SCAN)));
            return places;
        }
        var code = IndexEntry.codeOf(value.getFile().getCodes().get(0));
        for (var mode : rule.plan().modes()) {
            for (var place : rule.plan()
                    .residentPlaces(mode, code, value.getProtectedModel().getId())) {
                places.computeIfAbsent(place, key -> new ArrayList<>()).add(IndexMode.valueOf(mode.name()));
            }
        }
        return places;
    }

    /** The messages, the first to each partition with the details. */
    List<IndexMessage> withDetails(List<IndexMessage> messages, ModelCode details) {
        Set<Integer> told = new HashSet<>();
        return messages.stream()
                .map(message -> told.add(partition(message))
                        ? IndexMessage.newBuilder(message).setDetails(details).build()
                        : message)
                .toList();
    }

    private List<IndexMessage> forgettingDetails(List<IndexMessage> messages) {
        var last = new LinkedHashMap<Integer, IndexMessage>();
        messages.forEach(message -> last.put(partition(message), message));
        return messages.stream()
                .map(message -> last.get(partition(message)) == message
                        ? IndexMessage.newBuilder(message)
                                .setForgetsDetails(true)
                                .build()
                        : message)
                .toList();
    }

    private static IndexMessage.Builder message(
            MatchRule rule, IndexSide side, Place place, List<IndexMode> modes, Code code) {
        return IndexMessage.newBuilder()
                .setSide(side)
                .setAlgorithm(rule.id().toString())
                .setPosition(place.position())
                .setGroup(place.group())
                .setModes(modes)
                .setWords(code.getWords());
    }
}
