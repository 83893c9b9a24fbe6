package dev.pilot.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server as a process of its own, so that its CPU time is its own. It says {@code port <n>} when it serves, takes commands line by line,
 * and ends when its input does.
 */
public final class ServerProcess implements AutoCloseable {
    private static final String LOGGING = "logback.configurationFile";

    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final int port;

    private ServerProcess(String name, ProcessBuilder command) throws IOException {
        this.name = name;
        this.process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        this.answers = process.inputReader(StandardCharsets.US_ASCII);
        this.port = Integer.parseInt(awaited("port "));
    }

    /**
     * Starts a main class of this program.
     *
     * @param main the class
     * @param arguments its arguments
     * @return the server; its name is {@code hub}
     * @throws IOException if it does not start
     */
    public static ServerProcess java(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        String logging = System.getProperty(LOGGING);
        if (logging != null) {
            command.add("-D" + LOGGING + "=" + logging);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ServerProcess("hub", new ProcessBuilder(command));
    }

    /**
     * Starts a script of Node's.
     *
     * @param directory where the script is put, beside what it needs
     * @param beside the class beside which the script lies
     * @param script the script's file name
     * @param arguments its arguments
     * @return the server; its name is {@code node}
     * @throws IOException if it does not start
     */
    public static ServerProcess node(Path directory, Class<?> beside, String script, String... arguments)
            throws IOException {
        Path file = directory.resolve(script);
        try (InputStream source = beside.getResourceAsStream(script)) {
            if (source == null) {
                throw new IOException(script + " is not beside " + beside.getName());
            }
            Files.copy(source, file, StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> command = new ArrayList<>(List.of("node", file.toString()));
        command.addAll(List.of(arguments));
        return new ServerProcess("node", new ProcessBuilder(command).directory(directory.toFile()));
    }

    /**
     * Whether a program is there.
     *
     * @param program such as {@code node}
     * @return whether it could be started
     */
    public static boolean has(String program) {
        try {
            return new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(20, TimeUnit.SECONDS);
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * What it is called in the report.
     *
     * @return {@code hub} or {@code node}
     */
    public String name() {
        return name;
    }

    /**
     * Where it serves, on this machine.
     *
     * @return the port
     */
    public int port() {
        return port;
    }

    /**
     * Gives it a command.
     *
     * @param line the command
     * @throws IOException if it has ended
     */
    public void tell(String line) throws IOException {
        OutputStream input = process.getOutputStream();
        input.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        input.flush();
    }

    /**
     * Waits for a line.
     *
     * @param start how it begins
     * @return the rest of it
     * @throws IOException if the server ends before it says that
     */
    public String awaited(String start) throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(start)) {
                return line.substring(start.length());
            }
        }
        throw new IOException(name + " ended before it said " + start);
    }

    /**
     * How much it has worked.
     *
     * @return the CPU time of the process so far
     */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
