package dev.pilot.bench.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Subject;
import dev.pilot.bench.Bench;
import dev.pilot.bench.Report;
import dev.pilot.bench.Scale;
import dev.pilot.bench.Scratch;
import dev.pilot.bench.ServerProcess;
import dev.pilot.wire.WireCodec;
import dev.pilot.wire.run.NewEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * Events of 300 bytes over HTTP from 64 connections, each answered once it is durable: one by one and a hundred at once, beside Fastify with
 * better-sqlite3 and the same settings of SQLite. Each server is a process of its own.
 */
public final class HttpBench implements Bench {
    private static final int CONNECTIONS = 64;
    private static final int BATCH = 100;
    private static final String MESSAGE = "x".repeat(150);

    private final Scale scale;

    /**
     * Makes it.
     *
     * @param scale how much it measures: so many events one by one, ten times as many in batches
     */
    public HttpBench(Scale scale) {
        this.scale = scale;
    }

    @Override
    public void run(Report report) throws Exception {
        Scratch.in(directory -> run(report, directory));
    }

    private void run(Report report, Path directory) throws Exception {
        try (ServerProcess hub = ServerProcess.java(
                        HttpServer.class, directory.resolve("data").toString());
                ServerProcess node = node(directory)) {
            scale.run(report, into -> {
                measure(hub, into);
                if (node != null) {
                    measure(node, into);
                }
            });
            if (node != null) {
                report.ratio("http.single.fastify", "hub: single", "node: single", ">= 4");
                report.ratio("http.single.p99.fastify", "hub: single, p99", "node: single, p99", "<= 0.1");
                report.ratio("http.batch.fastify", "hub: batches", "node: batches", ">= 1.4");
            }
        }
    }

    /** Null where there is no Node, or where its packages can't be installed. */
    private static @Nullable ServerProcess node(Path directory) throws IOException {
        Path packages = Path.of(System.getProperty("pilot.home", directory.toString()), "target", "bench-http");
        if (!ServerProcess.has("node") || !NodePackages.install(packages)) {
            System.err.println("there is no Node here, or no Fastify for it: the hub is measured alone");
            return null;
        }
        return ServerProcess.node(
                packages,
                HttpBench.class,
                "http-server.js",
                directory.resolve("node.sqlite3").toString(),
                HttpServer.TOKEN);
    }

    private void measure(ServerProcess server, Report into) throws IOException {
        Load.Result single = Load.run(server.port(), request(event()), CONNECTIONS, scale.units());
        Load.Result batches = Load.run(
                server.port(),
                request(new NewEvents(Collections.nCopies(BATCH, event()))),
                CONNECTIONS,
                Math.max(1, scale.units() * 10 / BATCH));
        System.err.printf(
                "  %s: %,.0f events/s one by one, %,.0f in batches%n",
                server.name(), single.perSecond(), batches.perSecond() * BATCH);
        into.rate(server.name() + ": single", "events/s", single.perSecond());
        into.rate(server.name() + ": single, p99", "ms", single.p99());
        into.rate(server.name() + ": batches", "events/s", batches.perSecond() * BATCH);
    }

    private static NewEvent event() {
        return NewEvent.builder(Subject.run(new RunId("run_bench")))
                .runId(new RunId("run_bench"))
                .projectId(new ProjectId("prj_bench"))
                .type("log")
                .title("a line of the log")
                .message(MESSAGE)
                .build();
    }

    private static byte[] request(Object body) {
        byte[] json = WireCodec.write(body);
        String head = "POST /api/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + HttpServer.TOKEN
                + "\r\nContent-Type: application/json\r\nContent-Length: " + json.length + "\r\n\r\n";
        return (head + new String(json, UTF_8)).getBytes(US_ASCII);
    }
}
