package io.weighbridge.matcher;

import io.weighbridge.schemas.avro.ModelCode;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Splits an upload's codes into messages, one for each place where a protected neighbour may be. */
final class SplitUploads extends ContextualProcessor<String, ModelCode, String, Split> {

    static final String NODE = "split-uploads";

    private final MatcherSettings settings;
    private final MatcherMetrics metrics;
    private final CodeReader reader;
    private Splitter splitter;

    SplitUploads(MatcherSettings settings, MatcherMetrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
        reader = new CodeReader(settings.known());
    }

    @Override
    public void init(ProcessorContext<String, Split> context) {
        super.init(context);
        splitter = new Splitter(context, settings.topics().modelCodes(), MatcherSettings.ROLE + "/" + NODE);
    }

    @Override
    public void process(Record<String, ModelCode> record) {
        var value = record.value();
        var problem = reader.problem(record.key(), value, Side.UPLOAD);
        if (problem.isPresent()) {
            splitter.refuse(record, problem.get());
            return;
        }
        metrics.ignored(reader.unknown(value));
        var arrivedAt = Instant.ofEpochMilli(record.timestamp());
        for (var rule : settings.rules().values()) {
            CodeChange.only(rule.id(), value)
                    .map(code -> CodeChange.of(rule, null, code, arrivedAt))
                    .ifPresent(change -> splitter.send(change.messages(), record.timestamp()));
        }
    }
}
