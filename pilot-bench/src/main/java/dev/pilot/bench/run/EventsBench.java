package dev.pilot.bench.run;

import dev.pilot.api.id.EventId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Subject;
import dev.pilot.bench.Bench;
import dev.pilot.bench.Postgres;
import dev.pilot.bench.Report;
import dev.pilot.bench.Scale;
import dev.pilot.bench.Scratch;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How fast events are appended durably ({@code synchronous=FULL}) through the hub, redaction and checks included, beside what SQLite
 * does for one autocommitting caller and beside what it can do at most; the same on Postgres; and whether a page costs more when there
 * are many.
 */
public final class EventsBench implements Bench {
    private static final int CALLERS = 16;
    private static final int BATCH = 100;
    private static final long MEASURE = TimeUnit.MILLISECONDS.toNanos(1_500);
    private static final int FEW = 1_000;
    private static final int MANY = 1_000_000;
    private static final int PAGES = 400;
    private static final ProjectId PROJECT = new ProjectId("prj_bench");
    private static final RunId RUN = new RunId("run_bench");

    private final Scale scale;

    /**
     * Makes it.
     *
     * @param scale how much it measures
     */
    public EventsBench(Scale scale) {
        this.scale = scale;
    }

    @Override
    public void run(Report report) throws Exception {
        scale.run(report, into -> {
            Scratch.in(directory ->
                    into.rate("autocommit, one caller", "events/s", RawEvents.autocommit(directory, MEASURE)));
            Scratch.in(directory -> into.rate(
                    "ceiling: one thread, 1,000 a commit", "events/s", RawEvents.batches(directory, MEASURE)));
            Scratch.in(directory ->
                    into.rate("JDBI: one thread, 1,000 a commit", "events/s", RawEvents.jdbi(directory, MEASURE)));
            Scratch.in(directory -> into.rate(
                    "hub: 16 callers, batches of 100", "events/s", hub(PilotConfig.builder(directory), BATCH)));
            Scratch.in(directory -> into.rate(
                    "hub: 16 callers, one event at a time", "events/s", hub(PilotConfig.builder(directory), 1)));
        });
        report.ratio(
                "events.sqlite.batch.ceiling",
                "hub: 16 callers, batches of 100",
                "ceiling: one thread, 1,000 a commit",
                ">= 0.6");
        report.ratio(
                "events.sqlite.batch.autocommit", "hub: 16 callers, batches of 100", "autocommit, one caller", ">= 20");
        report.ratio(
                "events.sqlite.blocking.autocommit",
                "hub: 16 callers, one event at a time",
                "autocommit, one caller",
                ">= 3.5");
        report.ratio(
                "events.jdbi.raw",
                "JDBI: one thread, 1,000 a commit",
                "ceiling: one thread, 1,000 a commit",
                ">= 0.85");
        postgres(report);
        Scratch.in(few -> Scratch.in(many -> growth(few, many, report)));
        report.ratio("events.page.growth", "page of 100 among 1,000,000", "page of 100 among 1,000", "<= 1.5");
    }

    private void postgres(Report report) throws Exception {
        try (Postgres postgres = Postgres.start()) {
            scale.run(report, into -> {
                inSchema(
                        postgres,
                        (url, directory) -> into.rate(
                                "Postgres: pool of 8, autocommit",
                                "events/s",
                                RawPostgresEvents.pool(url, CALLERS, MEASURE)));
                inSchema(
                        postgres,
                        (url, directory) -> into.rate(
                                "Postgres: COPY, 1,000 a commit", "events/s", RawPostgresEvents.copy(url, MEASURE)));
                inSchema(
                        postgres,
                        (url, directory) -> into.rate(
                                "Postgres: hub, 16 callers, batches of 100",
                                "events/s",
                                hub(PilotConfig.builder(directory).storeUrl(url), BATCH)));
            });
        }
        report.ratio(
                "events.postgres.batch.pool",
                "Postgres: hub, 16 callers, batches of 100",
                "Postgres: pool of 8, autocommit",
                ">= 8");
        report.ratio(
                "events.postgres.batch.copy",
                "Postgres: hub, 16 callers, batches of 100",
                "Postgres: COPY, 1,000 a commit",
                ">= 0.55");
    }

    private interface InSchema {
        void measure(String url, Path directory) throws Exception;
    }

    /** The hub makes the schema; the directory is its. */
    private static void inSchema(Postgres postgres, InSchema measurement) throws Exception {
        postgres.in(url -> Scratch.in(directory -> {
            PilotHub.open(PilotConfig.builder(directory).storeUrl(url).build()).close();
            measurement.measure(url, directory);
        }));
    }

    /** Sixteen callers, each waiting for its answer. */
    private static double hub(PilotConfig.Builder config, int batch) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (PilotHub hub = PilotHub.open(config.build())) {
            AtomicLong appended = new AtomicLong();
            long start = System.nanoTime();
            List<Future<Void>> done = callers.invokeAll(java.util.Collections.nCopies(CALLERS, (Callable<Void>) () -> {
                while (System.nanoTime() - start < MEASURE) {
                    hub.events().append(events(batch)).toCompletableFuture().join();
                    appended.addAndGet(batch);
                }
                return null;
            }));
            for (Future<Void> caller : done) {
                caller.get();
            }
            return appended.get() * 1e9 / (System.nanoTime() - start);
        } finally {
            callers.shutdown();
        }
    }

    private static List<NewEvent> events(int count) {
        List<NewEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(event().build());
        }
        return events;
    }

    /** About 300 bytes, as an agent's usual event. */
    static NewEvent.Builder event() {
        return NewEvent.builder(new Subject("run", RUN.value()))
                .runId(RUN)
                .projectId(PROJECT)
                .type("log")
                .title("stdout")
                .message(
                        "Compiling module pilot-core: 92 source files, 3 warnings; the incremental cache was used for 71 of "
                                + "them and the rest took 2.4 s on two threads. See the report below the target directory.");
    }

    /** Pages at random places of one project's events, with another project's around them. */
    private static void growth(Path few, Path many, Report report) throws Exception {
        System.err.println("filling " + MANY + " events");
        try (PilotHub small = PilotHub.open(PilotConfig.builder(few).build());
                PilotHub large = PilotHub.open(PilotConfig.builder(many).build())) {
            fill(small, FEW);
            fill(large, MANY);
            for (int round = 0; round < 5; round++) {
                report.rate("page of 100 among 1,000", "µs", pages(small, FEW));
                report.rate("page of 100 among 1,000,000", "µs", pages(large, MANY));
            }
        }
    }

    private static void fill(PilotHub hub, int count) {
        for (int filled = 0; filled < count; filled += 1_000) {
            List<NewEvent> events = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                events.add(event().id(new EventId("e" + (filled + i)))
                        .projectId(i % 2 == 0 ? PROJECT : new ProjectId("prj_other"))
                        .build());
            }
            hub.events().append(events).toCompletableFuture().join();
        }
    }

    private static double pages(PilotHub hub, int count) {
        EventFilter filter = new EventFilter(null, null, PROJECT, null);
        java.util.Random random = new java.util.Random(1);
        long start = System.nanoTime();
        for (int i = 0; i < PAGES; i++) {
            int got = hub.events()
                    .list(filter, random.nextInt(count / 2), 100)
                    .items()
                    .size();
            if (got != 100) {
                throw new IllegalStateException("a page has " + got + " events");
            }
        }
        return (System.nanoTime() - start) / 1e3 / PAGES;
    }
}
