package dev.pilot.e2e.fault.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A main class of this class path in a process of its own. */
final class JavaProcess {
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;

    /** Whoever breaks off the suite is not to find hubs and workers later. */
    private final Thread withThisOne;

    private JavaProcess(Process process) {
        this.process = process;
        this.withThisOne = new Thread(() -> process.destroyForcibly(), "end-child");
        Runtime.getRuntime().addShutdownHook(withThisOne);
    }

    static JavaProcess start(Path log, String mainClass, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // Settings of whoever runs this are not meant for it.
        builder.environment().keySet().removeIf(name -> name.startsWith("PILOT_"));
        return new JavaProcess(builder.start());
    }

    Process process() {
        return process;
    }

    /** Ends it at once, as a power cut would for the process (kill -9). */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Runtime.getRuntime().removeShutdownHook(withThisOne);
    }

    /** Sends it a signal, such as {@code STOP}. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start();
        if (kill.waitFor() != 0) {
            throw new IllegalStateException("process " + process.pid() + " can't be sent " + name);
        }
    }

    /** Ends it as an operator would. */
    void end() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(withThisOne);
    }
}
