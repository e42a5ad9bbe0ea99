package io.weighbridge.app.bench.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program in a process of its own; it can be killed as a machine would die. */
public final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final Path words;

    private ChildJvm(Process process, Path words) {
        this.process = process;
        this.words = words;
    }

    /**
     * How a JVM is started.
     *
     * @param classPath with the program
     * @param jvm options such as the size of the heap
     * @param environment variables of the process, over those of this one
     * @param errors file that its standard error is appended to; empty for this process's own
     */
    public record Launch(String classPath, List<String> jvm, Map<String, String> environment, Optional<Path> errors) {

        public Launch {
            jvm = List.copyOf(jvm);
            environment = Map.copyOf(environment);
        }

        /** Of this process's own class path. */
        public static Launch ofThisVersion(List<String> jvm, Map<String, String> environment, Optional<Path> errors) {
            return new Launch(System.getProperty("java.class.path"), jvm, environment, errors);
        }
    }

    /**
     * Starts a program, with the collector of a small one.
     *
     * @param words file that its standard output goes to, over what is there
     */
    public static ChildJvm start(String mainClass, List<String> arguments, Path words, Launch launch)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.addAll(launch.jvm());
        command.addAll(List.of("-cp", launch.classPath(), mainClass));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .redirectOutput(words.toFile())
                .redirectError(launch.errors()
                        .map(file -> ProcessBuilder.Redirect.appendTo(file.toFile()))
                        .orElse(ProcessBuilder.Redirect.INHERIT));
        builder.environment().keySet().removeIf(name -> name.startsWith("WEIGHBRIDGE_"));
        builder.environment().put("WEIGHBRIDGE_LOG", "ERROR");
        builder.environment().put("WEIGHBRIDGE_LOG_KAFKA", "ERROR");
        builder.environment().putAll(launch.environment());
        return new ChildJvm(builder.start(), words);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it was ended with; of a process that has ended. */
    public int exitCode() {
        return process.exitValue();
    }

    /** What it has written to its standard output. */
    public String words() throws IOException {
        return Files.readString(words);
    }

    /** As SIGKILL does: no hook runs, nothing is committed. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** As SIGTERM does; returns when it has ended. */
    public void terminate() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 30, TimeUnit.SECONDS).join();
        kill();
    }

    @Override
    public void close() {
        terminate();
    }
}
