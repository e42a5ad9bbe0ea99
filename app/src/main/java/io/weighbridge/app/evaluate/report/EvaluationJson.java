package io.weighbridge.app.evaluate.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/** The figures as JSON: every record an object with its components' names, an absent value null. */
public final class EvaluationJson {

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new SimpleModule().addSerializer(new Optionals()).addSerializer(new OptionalDoubles()));

    private EvaluationJson() {}

    /** Writes all figures to a file. */
    public static void write(EvaluationFigures figures, Path file) throws IOException {
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(of(figures)) + "\n");
    }

    static ObjectNode of(EvaluationFigures figures) {
        ObjectNode json = JSON.createObjectNode();
        json.put("command", figures.command());
        json.put("givenRate", figures.givenRate());
        json.put("judged", figures.judged().id());
        json.set("accuracy", JSON.valueToTree(figures.accuracy()));
        json.set("goals", JSON.valueToTree(figures.goals()));
        json.set("alsoGoals", JSON.valueToTree(figures.alsoGoals()));
        json.set("library", JSON.valueToTree(figures.library()));
        json.set("ntsChoice", JSON.valueToTree(figures.ntsChoice()));
        json.set("also", JSON.valueToTree(figures.also()));
        return json;
    }

    @SuppressWarnings("rawtypes")
    private static final class Optionals extends StdSerializer<Optional> {

        Optionals() {
            super(Optional.class);
        }

        @Override
        public void serialize(Optional value, JsonGenerator to, SerializerProvider provider) throws IOException {
            to.writePOJO(value.isPresent() ? value.get() : null);
        }
    }

    private static final class OptionalDoubles extends StdSerializer<OptionalDouble> {

        OptionalDoubles() {
            super(OptionalDouble.class);
        }

        @Override
        public void serialize(OptionalDouble value, JsonGenerator to, SerializerProvider provider) throws IOException {
            if (value.isPresent()) {
                to.writeNumber(value.getAsDouble());
            } else {
                to.writeNull();
            }
        }
    }
}
