package dev.pilot.bench.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** What the peer needs from the registry of Node's packages; one of them is compiled where there is no binary for this machine. */
final class NodePackages {
    private NodePackages() {}

    /** Answers whether they are there now. */
    static boolean install(Path directory) throws IOException {
        if (Files.isDirectory(directory.resolve("node_modules/better-sqlite3/build"))) {
            return true;
        }
        Files.createDirectories(directory);
        try (InputStream source = NodePackages.class.getResourceAsStream("package.json")) {
            if (source == null) {
                throw new IOException("package.json is not beside " + NodePackages.class.getName());
            }
            Files.copy(source, directory.resolve("package.json"), StandardCopyOption.REPLACE_EXISTING);
        }
        System.err.println("installing Fastify and better-sqlite3 in " + directory);
        ProcessBuilder npm = new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--no-package-lock")
                .directory(directory.toFile())
                .redirectOutput(
                        ProcessBuilder.Redirect.to(directory.resolve("npm.log").toFile()))
                .redirectErrorStream(true);
        Path headers = nodeHome();
        if (headers != null) {
            npm.environment().put("npm_config_nodedir", headers.toString()); // else they are downloaded
        }
        try {
            return npm.start().waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException absent) {
            return false;
        }
    }

    /** Where Node is installed, if its headers are, too. */
    private static @Nullable Path nodeHome() throws IOException {
        Process node = new ProcessBuilder("node", "-p", "process.execPath").start();
        try (BufferedReader answer = node.inputReader(StandardCharsets.UTF_8)) {
            String path = answer.readLine();
            Path bin = path == null ? null : Path.of(path).toRealPath().getParent();
            Path home = bin == null ? null : bin.getParent();
            return home != null && Files.isDirectory(home.resolve("include/node")) ? home : null;
        }
    }
}
