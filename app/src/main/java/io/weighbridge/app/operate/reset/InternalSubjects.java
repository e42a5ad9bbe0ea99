package io.weighbridge.app.operate.reset;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.app.client.RegistryCalls;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;

/**
 * The subjects of a role's internal topics in the schema registry. They go with their topics: another version of the role may write what no
 * reader of the old one could read, and the registry would refuse it.
 */
final class InternalSubjects {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryCalls registry;
    private final Pattern names;

    /** @param group the application id that the names of internal topics begin with */
    InternalSubjects(Settings settings, String group) {
        registry = new RegistryCalls(settings);
        names = Pattern.compile(Pattern.quote(group + "-") + ".*-(changelog|repartition)-(key|value)");
    }

    /**
     * Those that the registry knows, in alphabetical order; none if it is in the memory of a process.
     *
     * @throws KafkaException if the registry does not tell
     */
    List<String> all() {
        if (registry.urls().isEmpty()) {
            return List.of();
        }
        String url = registry.urls().get(0);
        var found = new ArrayList<String>();
        try {
            var answer = expectSuccess("listing subjects", url, registry.subjects(url));
            JSON.readTree(answer.body()).forEach(subject -> found.add(subject.asText()));
        } catch (IOException e) {
            throw noAnswer(url, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return found.stream()
                .filter(subject -> names.matcher(subject).matches())
                .sorted()
                .toList();
    }

    /** @throws KafkaException if the registry does not delete one; those before it are deleted */
    void delete(List<String> subjects) {
        for (String subject : subjects) {
            String url = registry.urls().get(0);
            try {
                expectSuccess("deleting subject " + subject, url, registry.delete(url, subject));
            } catch (IOException e) {
                throw noAnswer(url, e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private static HttpResponse<String> expectSuccess(String what, String url, HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new KafkaException(what + ": schema registry at " + RegistryCalls.shown(url) + ": HTTP "
                    + answer.statusCode() + ": " + answer.body());
        }
        return answer;
    }

    private static KafkaException noAnswer(String url, IOException e) {
        return new KafkaException("schema registry at " + RegistryCalls.shown(url) + ": no answer: " + e, e);
    }

    private static KafkaException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new KafkaException("interrupted", e);
    }
}
