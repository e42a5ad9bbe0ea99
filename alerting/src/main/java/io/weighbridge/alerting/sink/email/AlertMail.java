package io.weighbridge.alerting.sink.email;

import io.weighbridge.alerting.Occurrence;
import io.weighbridge.alerting.message.AlertMessage;
import io.weighbridge.alerting.message.CaseLinks;
import io.weighbridge.schemas.avro.InfringementAlert;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An alert as a mail of plain text. Its {@code Message-ID} is the occurrence, so that a mail that is sent again can be told; all mails of a
 * case refer to one id, so that readers show them together.
 */
final class AlertMail extends MimeMessage {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final String id;

    private AlertMail(Session session, String id) {
        super(session);
        this.id = id;
    }

    static AlertMail of(
            InfringementAlert alert,
            InternetAddress from,
            List<InternetAddress> to,
            CaseLinks links,
            Instant now,
            Session session) {
        String domain = from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
        var mail = new AlertMail(session, "<" + Occurrence.of(alert).id() + "@" + domain + ">");
        try {
            mail.fill(alert, links, now);
            mail.setFrom(from);
            mail.setRecipients(Message.RecipientType.TO, to.toArray(InternetAddress[]::new));
            if (alert.getAlertId().matches("[A-Za-z0-9]+")) {
                mail.setHeader("References", "<case." + alert.getAlertId() + "@" + domain + ">");
            }
            mail.saveChanges();
            return mail;
        } catch (MessagingException e) {
            throw new IllegalStateException("a mail of one text can be made", e);
        }
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", id);
    }

    /** Nothing that others wrote gets into a header but the subject, which is one line and encoded. */
    private void fill(InfringementAlert alert, CaseLinks links, Instant now) throws MessagingException {
        var message = AlertMessage.of(alert);
        setSubject("[" + message.severity() + "] " + message.title(), UTF_8);
        setSentDate(Date.from(now));
        setHeader("Auto-Submitted", "auto-generated");
        setText(text(message, alert.getAlertId(), links), UTF_8);
    }

    private static String text(AlertMessage message, String alertId, CaseLinks links) {
        String facts = message.facts().stream()
                .map(fact -> fact.name() + ": " + fact.value())
                .collect(Collectors.joining("\r\n"));
        String next = links.of(alertId)
                .map(link -> "Look at the case and decide: " + link)
                .orElse("Look at the case: weighbridge alerts show " + alertId);
        return message.title() + ".\r\n\r\n" + facts + "\r\n\r\n" + next + "\r\n";
    }
}
