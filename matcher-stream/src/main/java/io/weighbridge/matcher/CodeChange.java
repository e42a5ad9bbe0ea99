package io.weighbridge.matcher;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.schemas.avro.Code;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.IndexAction;
import io.weighbridge.schemas.avro.IndexMessage;
import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.ProtectedRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a record means for a protected model's code of one algorithm.
 *
 * @param messages to be sent, in this order: one for each place where the code is to be kept and matched, or forgotten
 * @param inForce the record that holds from now on, with this code alone; null if there is none
 */
record CodeChange(List<IndexMessage> messages, ModelCode inForce) {

    CodeChange {
        messages = List.copyOf(messages);
    }

    /** The record with nothing but the code of one algorithm; empty if it has none. */
    static Optional<ModelCode> only(AlgorithmId algorithm, ModelCode value) {
        return value.getFile().getCodes().stream()
                .filter(code -> isOf(algorithm, code))
                .findFirst()
                .map(code -> ModelCode.newBuilder(value)
                        .setFile(FileScan.newBuilder(value.getFile())
                                .setCodes(List.of(code))
                                .build())
                        .build());
    }

    /**
     * From one state of a code to the next. The same code again, with another name or owner, is put in place of the old one and stays
     * protected since it first was; another code is a new one.
     *
     * @param before the record in force with this code alone, or null
     * @param next the new record with this code alone, or null
     * @param arrivedAt timestamp of the new record
     */
    static CodeChange of(Dispatch dispatch, MatchRule rule, ModelCode before, ModelCode next, Instant arrivedAt) {
        boolean isSameCode = before != null
                && next != null
                && code(before).equals(code(next))
                && before.getProtectedModel().getIsBaseline()
                        == next.getProtectedModel().getIsBaseline();
        var after = isSameCode ? withTimeOf(before, next) : next;
        var messages = new ArrayList<IndexMessage>();
        if (before != null && !isSameCode) {
            messages.addAll(dispatch.resident(IndexAction.REMOVE, rule, before, arrivedAt));
        }
        if (after != null && !after.equals(before)) {
            messages.addAll(dispatch.resident(IndexAction.PUT, rule, after, arrivedAt));
        }
        return new CodeChange(messages, after);
    }

    private static ModelCode withTimeOf(ModelCode before, ModelCode next) {
        return ModelCode.newBuilder(next)
                .setProtectedModel(ProtectedRef.newBuilder(next.getProtectedModel())
                        .setProtectedAt(before.getProtectedModel().getProtectedAt())
                        .build())
                .build();
    }

    private static Code code(ModelCode value) {
        return value.getFile().getCodes().get(0);
    }

    static boolean isOf(AlgorithmId algorithm, Code code) {
        return code.getAlgorithm().equals(algorithm.name()) && code.getVersion() == algorithm.version();
    }
}
