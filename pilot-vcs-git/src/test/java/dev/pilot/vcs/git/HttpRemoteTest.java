package dev.pilot.vcs.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.repo.RepoLocation;
import dev.pilot.api.repo.RepoSnapshot;
import dev.pilot.testkit.repo.GitCommand;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A remote behind HTTP, served by git's own {@code http-backend}. */
class HttpRemoteTest {
    private static final String PASSWORD =
            "Basic " + Base64.getEncoder().encodeToString("rita:open-sesame".getBytes(UTF_8));

    @TempDir
    Path temp;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private GitCommand remote;

    @BeforeEach
    void serve() throws IOException {
        GitCommand.assumeInstalled();
        remote = new GitCommand(temp.resolve("remote"));
        remote.run("init", "-q", "-b", "main");
        commit("first");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/open", exchange -> answer(exchange, "/open"));
        server.createContext("/closed", exchange -> {
            if (PASSWORD.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                answer(exchange, "/closed");
            } else {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
                exchange.close();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void clonesAndFetches() throws IOException {
        GitVcsSync vcs = new GitVcsSync(GitVcsConfig.DEFAULT);
        RepoLocation location = location("", "open");
        assertThat(vcs.sync(location)).isEqualTo(new RepoSnapshot("main", remote.run("rev-parse", "HEAD"), true));
        String second = commit("second");
        assertThat(vcs.sync(location)).isEqualTo(new RepoSnapshot("main", second, true));
        remote.run("branch", "-m", "trunk");
        assertThat(vcs.sync(location)).isEqualTo(new RepoSnapshot("trunk", second, true));
        assertThat(vcs.sync(location).changed()).isFalse();
    }

    @Test
    void aPasswordInTheUrlIsUsedAndNotKept() throws IOException {
        GitVcsSync vcs = new GitVcsSync(GitVcsConfig.DEFAULT);
        assertThat(vcs.sync(location("rita:open-sesame@", "closed")).headCommit())
                .isNotNull();
        try (var files = Files.walk(temp.resolve("copy"))) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                assertThat(Files.readString(file, ISO_8859_1)).as("%s", file).doesNotContain("rita", "open-sesame");
            }
        }
    }

    @Test
    void aRefusedPasswordIsUnreachableAndNotShown() {
        GitVcsSync vcs = new GitVcsSync(GitVcsConfig.DEFAULT);
        assertThatThrownBy(() -> vcs.sync(location("rita:wrong-word@", "closed")))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("/closed")
                .message()
                .doesNotContain("wrong-word", "rita");
        assertThatThrownBy(() -> vcs.sync(location("", "closed"))).isInstanceOf(Unavailable.class);
    }

    private RepoLocation location(String user, String path) {
        String url = "http://" + user + "127.0.0.1:" + server.getAddress().getPort() + "/" + path;
        return new RepoLocation(url, temp.resolve("copy"), null);
    }

    private String commit(String name) throws IOException {
        Files.writeString(remote.directory().resolve(name), name);
        remote.run("add", "--all");
        remote.run("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "-m", name);
        return remote.run("rev-parse", "HEAD");
    }

    /** As a web server runs a CGI program. */
    private void answer(HttpExchange exchange, String root) throws IOException {
        ProcessBuilder cgi = new ProcessBuilder("git", "http-backend");
        Map<String, String> environment = cgi.environment();
        environment.put("GIT_PROJECT_ROOT", remote.directory().resolve(".git").toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("PATH_INFO", exchange.getRequestURI().getPath().substring(root.length()));
        String query = exchange.getRequestURI().getRawQuery();
        environment.put("QUERY_STRING", query == null ? "" : query);
        header(exchange, "Content-Type").ifPresent(value -> environment.put("CONTENT_TYPE", value));
        header(exchange, "Content-Encoding").ifPresent(value -> environment.put("HTTP_CONTENT_ENCODING", value));
        header(exchange, "Git-Protocol").ifPresent(value -> environment.put("GIT_PROTOCOL", value));
        Process process = cgi.start();
        try (exchange;
                var stdin = process.getOutputStream()) {
            exchange.getRequestBody().transferTo(stdin);
            stdin.close();
            InputStream output = process.getInputStream();
            int status = 200;
            for (String line = line(output); !line.isEmpty(); line = line(output)) {
                String[] header = line.split(": ", 2);
                if (header[0].equals("Status")) {
                    status = Integer.parseInt(header[1].substring(0, 3));
                } else {
                    exchange.getResponseHeaders().add(header[0], header[1]);
                }
            }
            exchange.sendResponseHeaders(status, 0);
            output.transferTo(exchange.getResponseBody());
        } finally {
            process.destroy();
        }
    }

    private static java.util.Optional<String> header(HttpExchange exchange, String name) {
        return java.util.Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    private static String line(InputStream input) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = input.read(); c >= 0 && c != '\n'; c = input.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
