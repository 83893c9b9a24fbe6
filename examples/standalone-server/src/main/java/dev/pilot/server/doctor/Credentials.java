package dev.pilot.server.doctor;

import dev.pilot.api.error.Unavailable;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.core.secret.KeyFile;
import dev.pilot.core.system.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The configured tokens, and the files of the data directory that nobody else may read. */
final class Credentials {
    private static final List<String> KEY_FILES = List.of("session.keys", "audit.key", "sealed.key");

    private final PilotConfig config;
    private final Path root;

    Credentials(PilotConfig config, Path root) {
        this.config = config;
        this.root = root;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(adminToken(root.resolve("admin.token")));
        List<String> tokens = Stream.of(config.adminToken(), config.agentToken(), config.workerToken())
                .filter(Objects::nonNull)
                .toList();
        if (tokens.stream().distinct().count() < tokens.size()) {
            findings.add(Finding.fail(
                    "tokens", "two of the tokens are the same", "give agents and workers tokens of their own"));
        }
        for (String name : KEY_FILES) {
            Path file = root.resolve(name);
            if (Files.exists(file)) {
                findings.add(keys(name, file));
            }
        }
        return findings;
    }

    private Finding adminToken(Path file) {
        try {
            if (!Files.exists(file)) {
                return Finding.ok("admin.token", config.adminToken() == null ? "will be made in " + file : "is set");
            } else if (SecretFile.isOpenToOthers(file)) {
                return openToOthers("admin.token", file);
            } else if (config.adminToken() != null) {
                return Finding.ok("admin.token", "is set; the one in " + file + " lets nobody in");
            }
            return Files.readString(file).isBlank()
                    ? Finding.fail("admin.token", file + " is empty", "delete it, and a new one is made")
                    : Finding.ok("admin.token", "lies in " + file + ", which only its owner may read");
        } catch (IOException e) {
            return unreadable("admin.token", file, e);
        }
    }

    private static Finding keys(String name, Path file) {
        try {
            if (SecretFile.isOpenToOthers(file)) {
                return openToOthers(name, file);
            }
            int count = KeyFile.open(file).size();
            return Finding.ok(
                    name, "holds " + (count == 1 ? "a key" : count + " keys") + ", only its owner may read it");
        } catch (Unavailable wrong) {
            return Finding.fail(name, wrong.getMessage(), "bring it back from a backup");
        } catch (IOException e) {
            return unreadable(name, file, e);
        }
    }

    private static Finding openToOthers(String name, Path file) {
        return Finding.fail(name, file + " can be read by others", "chmod 600 " + file);
    }

    private static Finding unreadable(String name, Path file, IOException e) {
        return Finding.fail(name, file + ": " + e.getMessage(), "make it readable");
    }
}
