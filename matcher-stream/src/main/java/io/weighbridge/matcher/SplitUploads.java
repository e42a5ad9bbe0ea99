package io.weighbridge.matcher;

import io.weighbridge.matcher.store.CodeSide;
import io.weighbridge.schemas.avro.IndexMessage;
import io.weighbridge.schemas.avro.ModelCode;
import java.time.Instant;
import java.util.ArrayList;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Splits an upload's codes into messages, one for each place where a protected neighbour may be, by the mode that is cheaper for it. */
final class SplitUploads extends ContextualProcessor<String, ModelCode, String, Split> {

    static final String NODE = "split-uploads";

    private final MatcherSettings settings;
    private final MatcherMetrics metrics;
    private final CodeReader reader;
    private final Dispatch dispatch;
    private ModeChooser modes;
    private Splitter splitter;

    SplitUploads(MatcherSettings settings, MatcherMetrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
        reader = new CodeReader(settings.known());
        dispatch = new Dispatch(settings.partitions());
    }

    @Override
    public void init(ProcessorContext<String, Split> context) {
        super.init(context);
        modes = new ModeChooser(
                context.getStateStore(SplitProtected.STORE),
                settings.sourcePartitions(),
                settings.rules().size());
        splitter = new Splitter(context, settings.topics().modelCodes(), MatcherSettings.ROLE + "/" + NODE);
    }

    @Override
    public void process(Record<String, ModelCode> record) {
        var value = record.value();
        var problem = reader.problem(record.key(), value, CodeSide.UPLOAD);
        if (problem.isPresent()) {
            splitter.refuse(record, problem.get());
            return;
        }
        metrics.ignored(reader.unknown(value));
        var arrivedAt = Instant.ofEpochMilli(record.timestamp());
        var messages = new ArrayList<IndexMessage>();
        for (var rule : settings.rules().values()) {
            value.getFile().getCodes().stream()
                    .filter(code -> CodeChange.isOf(rule.id(), code))
                    .findFirst()
                    .ifPresent(code -> {
                        var mode = modes.choose(rule, IndexEntry.codeOf(code));
                        metrics.mode(rule.id(), mode);
                        messages.addAll(dispatch.roaming(rule, mode, value, code, arrivedAt));
                    });
        }
        splitter.send(dispatch.withDetails(messages, value), record.timestamp());
    }
}
