package dev.pilot.bench.follow;

import dev.pilot.bench.Bench;
import dev.pilot.bench.Report;
import dev.pilot.bench.Scale;
import dev.pilot.bench.Scratch;
import dev.pilot.bench.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A thousand events a second to 200 and to 2,000 subscribers of server-sent events: how late the latest hundredth is and what it costs,
 * beside a small Node server which tells events that it does not store. Each server is a process of its own.
 */
public final class FollowBench implements Bench {
    private static final int FEW = 200;
    private static final int MANY = 2_000;
    private static final int EVENTS = 2_000;

    private final Scale scale;

    /**
     * Makes it.
     *
     * @param scale how many rounds; in each, every variant is measured once
     */
    public FollowBench(Scale scale) {
        this.scale = scale;
    }

    @Override
    public void run(Report report) throws Exception {
        Scratch.in(directory -> run(report, directory));
    }

    private void run(Report report, Path directory) throws Exception {
        boolean hasNode = ServerProcess.has("node");
        if (!hasNode) {
            System.err.println("there is no node here: the hub is measured alone");
        }
        try (ServerProcess hub = ServerProcess.java(
                        FollowServer.class, directory.resolve("data").toString());
                ServerProcess node =
                        hasNode ? ServerProcess.node(directory, FollowBench.class, "follow-server.js") : null) {
            scale.run(report, into -> {
                for (int subscribers : new int[] {FEW, MANY}) {
                    measure(hub, subscribers, into);
                    if (node != null) {
                        measure(node, subscribers, into);
                    }
                }
            });
            ratios(report, node);
        }
    }

    private static void measure(ServerProcess server, int count, Report report) throws IOException {
        try (Subscribers subscribers = new Subscribers(server, count)) {
            Duration before = server.cpu();
            server.tell("go " + EVENTS);
            double delivered = subscribers.read(EVENTS);
            String unused = server.awaited("told");
            String what = server.name() + ", " + count + " subscribers: ";
            report.rate(what + "p99", "ms", subscribers.p99());
            report.rate(what + "CPU", "ms", server.cpu().minus(before).toMillis());
            if (server.name().equals("hub")) {
                report.rate("events delivered", "", delivered);
                report.rate("events sent", "", (double) EVENTS * count);
            }
        }
    }

    private static void ratios(Report report, @Nullable ServerProcess node) {
        if (node != null) {
            ratio(report, "p99", FEW, "<= 2");
            ratio(report, "cpu", FEW, "<= 0.8");
            ratio(report, "p99", MANY, "<= 2");
            ratio(report, "cpu", MANY, "<= 1");
        }
        report.ratio("follow.delivered", "events delivered", "events sent", ">= 1");
    }

    private static void ratio(Report report, String figure, int count, String promise) {
        String what = ", " + count + " subscribers: " + (figure.equals("cpu") ? "CPU" : figure);
        report.ratio("follow." + count + "." + figure + ".node", "hub" + what, "node" + what, promise);
    }
}
