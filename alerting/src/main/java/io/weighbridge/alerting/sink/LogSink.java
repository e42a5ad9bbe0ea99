package io.weighbridge.alerting.sink;

import static io.weighbridge.schemas.LogEvent.event;

import io.weighbridge.alerting.BaselineWords;
import io.weighbridge.alerting.LayerWords;
import io.weighbridge.alerting.Occurrence;
import io.weighbridge.alerting.Odds;
import io.weighbridge.alerting.message.PlainText;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.ProtectedRef;
import io.weighbridge.schemas.avro.UploadRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line per alert to the log. */
public final class LogSink implements AlertSink {

    private static final Logger LOG = LoggerFactory.getLogger(LogSink.class);

    @Override
    public String name() {
        return "log";
    }

    @Override
    public Delivery deliver(InfringementAlert alert) {
        LOG.warn(event("alert.raised"), line(alert));
        return new Delivery.Delivered();
    }

    private static String line(InfringementAlert alert) {
        UploadRef upload = alert.getUpload();
        ProtectedRef model = alert.getProtectedModel();
        return PlainText.oneLine("alert " + alert.getAlertId() + " occurrence "
                + Occurrence.of(alert).id() + ": upload " + upload.getId() + " " + upload.getHub() + "/"
                + upload.getRepo()
                + "@" + upload.getRevision() + " file " + alert.getUploadFile().getPath() + " matches protected model "
                + model.getId() + " (" + model.getName() + ", owner " + model.getOwner() + ") by "
                + alert.getAlgorithm()
                + "@" + alert.getVersion() + ": distance " + alert.getDistanceBits() + " of " + alert.getBits()
                + " bits, threshold " + alert.getThresholdBits() + ", by chance "
                + Odds.ofChance(alert.getFalseMatchRate())
                + LayerWords.of(alert).map(layers -> ", " + layers).orElse("")
                + BaselineWords.of(alert).map(baseline -> ", " + baseline).orElse(""));
    }
}
