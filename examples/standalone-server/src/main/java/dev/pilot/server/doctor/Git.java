package dev.pilot.server.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The git of this machine. The hub itself needs none; agents and the people who look after its copies do. */
final class Git {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Git() {}

    static Finding finding() {
        try {
            Process process = new ProcessBuilder("git", "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return Finding.warn("git", "does not answer", "see what holds it up");
            }
            return Finding.ok(
                    "git", new String(process.getInputStream().readNBytes(200), StandardCharsets.UTF_8).strip());
        } catch (IOException absent) {
            return Finding.warn("git", "is not there", "install it: the hub has its own, but agents call it");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.warn("git", "was not looked at", "");
        }
    }
}
