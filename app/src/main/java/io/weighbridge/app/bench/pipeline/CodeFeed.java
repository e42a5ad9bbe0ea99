package io.weighbridge.app.bench.pipeline;

import io.weighbridge.app.client.BulkProducer;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.schemas.avro.Code;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ProtectedRef;
import io.weighbridge.schemas.avro.UploadRef;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Publishes made-up codes as the hasher would publish those of models. One thread at a time. */
public final class CodeFeed implements AutoCloseable {

    private final Cluster cluster;
    private final BulkProducer producer;

    public CodeFeed(Cluster cluster) {
        this.cluster = cluster;
        producer = new BulkProducer(cluster);
    }

    /**
     * Protects models by number; returns when the broker has them.
     *
     * @return the time they are protected from
     */
    public Instant protect(MadeUpCodes codes, int from, int to) {
        var at = now();
        for (int model = from; model < to; model++) {
            var ref = ProtectedRef.newBuilder()
                    .setId(codes.protectedId(model))
                    .setName(codes.protectedId(model))
                    .setOwner("bench")
                    .setProtectedAt(at)
                    .build();
            var value = ModelCode.newBuilder()
                    .setProtectedModel(ref)
                    .setFile(file(codes.protectedCodes(model)))
                    .build();
            producer.send(cluster.topics().protectedCodes(), ref.getId(), value, at);
        }
        producer.flush();
        return at;
    }

    /** Uploads as fast as the broker takes them; returns when it has all. */
    public void upload(MadeUpCodes codes, int from, int to) {
        for (int upload = from; upload < to; upload++) {
            upload(codes, upload, now());
        }
        producer.flush();
    }

    /** Uploads at a fixed rate. An upload's time is the one at which it is due: if this machine is late, the upload is. */
    public void upload(MadeUpCodes codes, int from, int to, double perSecond) throws InterruptedException {
        long startNanos = System.nanoTime();
        var start = Instant.now();
        for (int upload = from; upload < to; upload++) {
            long dueNanos = (long) ((upload - from) * 1e9 / perSecond);
            TimeUnit.NANOSECONDS.sleep(dueNanos - (System.nanoTime() - startNanos));
            upload(codes, upload, start.plusNanos(dueNanos).truncatedTo(ChronoUnit.MILLIS));
        }
        producer.flush();
    }

    private void upload(MadeUpCodes codes, int upload, Instant at) {
        var ref = UploadRef.newBuilder()
                .setId(codes.uploadId(upload))
                .setHub("bench")
                .setRepo("owner/" + codes.uploadId(upload))
                .setRevision("main")
                .setOwner("owner")
                .setUploadedAt(at)
                .build();
        var value = ModelCode.newBuilder()
                .setUpload(ref)
                .setFile(file(codes.uploadCodes(upload)))
                .build();
        producer.send(cluster.topics().modelCodes(), ref.getHub() + "/" + ref.getRepo(), value, at);
    }

    private static FileScan file(List<PerceptualCode> codes) {
        return FileScan.newBuilder()
                .setPath("model.safetensors")
                .setOutcome(Outcome.HASHED)
                .setFormat("safetensors")
                .setQuality(1)
                .setCodes(codes.stream().map(CodeFeed::code).toList())
                .build();
    }

    private static Code code(PerceptualCode code) {
        return Code.newBuilder()
                .setAlgorithm(code.algorithm().name())
                .setVersion(code.algorithm().version())
                .setBits(code.bits())
                .setWords(ByteBuffer.wrap(code.toBytes()))
                .build();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public void close() {
        producer.close();
    }
}
