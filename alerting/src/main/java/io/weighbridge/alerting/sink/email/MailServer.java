package io.weighbridge.alerting.sink.email;

import io.weighbridge.alerting.message.PlainText;
import io.weighbridge.alerting.sink.attempt.TryLaterException;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands mails to one server, each over a connection of its own. */
final class MailServer {

    private static final Logger LOG = LoggerFactory.getLogger(MailServer.class);
    private static final int MOST_OF_ANSWER = 300;

    private final MailServerSettings settings;
    private final Session session;

    MailServer(MailServerSettings settings) {
        this.settings = settings;
        session = Session.getInstance(properties(settings));
    }

    Session session() {
        return session;
    }

    /** Its address, for logs. */
    String origin() {
        return "smtp://" + settings.host() + ":" + settings.port();
    }

    /**
     * Sends the mail once to these recipients.
     *
     * @throws IOException if nobody has got it and everybody may get it later
     */
    Handover send(MimeMessage mail, List<Address> to) throws IOException {
        try {
            Transport transport = session.getTransport("smtp");
            try {
                connect(transport);
                transport.sendMessage(mail, to.toArray(Address[]::new));
                return Handover.taken(to);
            } finally {
                closeQuietly(transport);
            }
        } catch (SendFailedException e) {
            return Handover.of(e, to, words(e));
        } catch (AuthenticationFailedException e) {
            return refusedUnlessTemporary(to, words(e));
        } catch (MessagingException e) {
            throw new TryLaterException(words(e), Duration.ZERO);
        }
    }

    private void connect(Transport transport) throws MessagingException {
        if (settings.login().isPresent()) {
            var login = settings.login().get();
            transport.connect(login.user(), login.password());
        } else {
            transport.connect();
        }
    }

    /** A mail that was taken stays taken, whatever happens to the connection then. */
    private void closeQuietly(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            LOG.debug("{}: closing: {}", origin(), e.toString());
        }
    }

    private static Handover refusedUnlessTemporary(List<Address> to, String answer) throws IOException {
        if (answer.startsWith("4")) {
            throw new TryLaterException(answer, Duration.ZERO);
        }
        return Handover.refused(to, answer);
    }

    /** The failure and what it follows from, which is where the server's own words are. */
    private static String words(MessagingException failure) {
        var text = new StringBuilder();
        for (Exception e = failure; e != null; e = next(e)) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append(e.getMessage() == null ? e : e.getMessage().strip());
        }
        String line = PlainText.oneLine(text.toString().replaceAll("\\s+", " "));
        return line.substring(0, Math.min(MOST_OF_ANSWER, line.length()));
    }

    private static Exception next(Exception failure) {
        return failure instanceof MessagingException messaging ? messaging.getNextException() : null;
    }

    private static Properties properties(MailServerSettings settings) {
        var properties = new Properties();
        properties.put("mail.smtp.host", settings.host());
        properties.put("mail.smtp.port", Integer.toString(settings.port()));
        properties.put("mail.smtp.auth", Boolean.toString(settings.login().isPresent()));
        properties.put("mail.smtp.ssl.enable", Boolean.toString(settings.security() == MailSecurity.TLS));
        properties.put("mail.smtp.starttls.enable", Boolean.toString(settings.security() == MailSecurity.STARTTLS));
        properties.put("mail.smtp.starttls.required", Boolean.toString(settings.security() == MailSecurity.STARTTLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        settings.trust().ifPresent(factory -> properties.put("mail.smtp.ssl.socketFactory", factory));
        properties.put("mail.smtp.connectiontimeout", millis(settings.connectTimeout()));
        properties.put("mail.smtp.timeout", millis(settings.requestTimeout()));
        properties.put("mail.smtp.writetimeout", millis(settings.requestTimeout()));
        properties.put("mail.smtp.sendpartial", "true");
        properties.put("mail.smtp.quitwait", "false");
        return properties;
    }

    private static String millis(Duration duration) {
        return Integer.toString((int) Math.min(Integer.MAX_VALUE, duration.toMillis()));
    }
}
