package io.weighbridge.app.feed.cases;

import io.weighbridge.schemas.avro.InfringementCase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/** A case as deflated Avro bytes. The occurrences it has counted are left out: only the alerting stage needs them. */
final class PackedCase {

    private final byte[] deflated;

    private PackedCase(byte[] deflated) {
        this.deflated = deflated;
    }

    static PackedCase of(InfringementCase known) {
        var bytes = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.BEST_SPEED, true);
        try (var out = new DeflaterOutputStream(bytes, deflater)) {
            var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            new SpecificDatumWriter<>(InfringementCase.class).write(withoutKeys(known), encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("case " + known.getAlertId(), e);
        } finally {
            deflater.end();
        }
        return new PackedCase(bytes.toByteArray());
    }

    InfringementCase unpacked() {
        var inflater = new Inflater(true);
        try (var in = new InflaterInputStream(new ByteArrayInputStream(deflated), inflater)) {
            return new SpecificDatumReader<>(InfringementCase.class)
                    .read(null, DecoderFactory.get().binaryDecoder(in, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            inflater.end();
        }
    }

    int sizeBytes() {
        return deflated.length;
    }

    /** A shallow copy: the parts are only read. */
    private static InfringementCase withoutKeys(InfringementCase known) {
        var copy = new InfringementCase();
        known.getSchema().getFields().forEach(field -> copy.put(field.pos(), known.get(field.pos())));
        copy.put(known.getSchema().getField("occurrenceKeys").pos(), List.of());
        return copy;
    }
}
