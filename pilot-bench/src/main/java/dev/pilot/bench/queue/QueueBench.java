package dev.pilot.bench.queue;

import com.zaxxer.hikari.HikariDataSource;
import dev.pilot.bench.Bench;
import dev.pilot.bench.Postgres;
import dev.pilot.bench.Report;
import dev.pilot.bench.Scale;
import dev.pilot.bench.Scratch;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import java.nio.file.Path;

/**
 * How fast runs go through the queue, from the first enqueue till the last is done, with every event that is written on the way; beside
 * job queues with the same number of workers on the same database. The work itself is nothing.
 */
public final class QueueBench implements Bench {
    private static final int WORKERS = 20;
    private static final int CLAIM = 10;
    private static final int LARGE_CLAIM = 100;
    /** One for each worker of a peer, and some for its polling and housekeeping. */
    private static final int CONNECTIONS = WORKERS + 4;
    /** More of them only wait for each other's locks. */
    private static final int SQLITE_CONNECTIONS = 2;
    /** So many finished runs lie in the full table for each that is measured: 1,000,000 unless told otherwise. */
    private static final int FINISHED = 50;

    private final Scale scale;

    /**
     * Makes it.
     *
     * @param scale how much it measures
     */
    public QueueBench(Scale scale) {
        this.scale = scale;
    }

    @Override
    public void run(Report report) throws Exception {
        try (Postgres postgres = Postgres.start()) {
            scale.run(report, into -> {
                postgres.in(url -> note(into, "hub", hub(url, CLAIM)));
                postgres.in(url -> note(into, "hub, claims of 100", hub(url, LARGE_CLAIM)));
                postgres.in(url -> note(into, "db-scheduler", dbScheduler(url)));
                postgres.in(url -> note(into, "JobRunr", jobRunr(url)));
                Scratch.in(directory -> note(into, "SQLite: hub", hub(PilotConfig.builder(directory), CLAIM)));
                Scratch.in(directory -> note(into, "SQLite: db-scheduler", sqliteScheduler(directory)));
            });
            growth(postgres, report);
        }
        report.ratio("queue.postgres.dbscheduler", "hub: done", "db-scheduler: done", ">= 1.3");
        report.ratio("queue.postgres.jobrunr", "hub: done", "JobRunr: done", ">= 5");
        report.ratio("queue.postgres.claim100.dbscheduler", "hub, claims of 100: done", "db-scheduler: done", ">= 2");
        report.ratio("queue.sqlite.dbscheduler", "SQLite: hub: done", "SQLite: db-scheduler: done", ">= 4");
        report.ratio("queue.enqueue.dbscheduler", "hub: enqueued", "db-scheduler: enqueued", ">= 2");
        report.ratio("queue.growth", "hub, full table: done", "hub, empty table: done", ">= 0.8");
    }

    private Measured hub(String url, int claim) throws Exception {
        return Scratch.with(directory -> hub(PilotConfig.builder(directory).storeUrl(url), claim));
    }

    private Measured hub(PilotConfig.Builder config, int claim) throws Exception {
        try (PilotHub hub = PilotHub.open(config.build())) {
            return HubQueue.measure(hub, scale.units(), WORKERS, claim);
        }
    }

    private Measured dbScheduler(String url) throws Exception {
        try (HikariDataSource database = Postgres.pool(url, CONNECTIONS)) {
            return DbSchedulerQueue.onPostgres(database, scale.units(), WORKERS);
        }
    }

    private Measured jobRunr(String url) throws Exception {
        try (HikariDataSource database = Postgres.pool(url, CONNECTIONS)) {
            return JobRunrQueue.onPostgres(database, scale.units(), WORKERS);
        }
    }

    private Measured sqliteScheduler(Path directory) throws Exception {
        try (HikariDataSource database = SqliteDatabase.open(directory, SQLITE_CONNECTIONS)) {
            return DbSchedulerQueue.onSqlite(database, scale.units(), WORKERS);
        }
    }

    /** Whether what has been done before makes it slower. */
    private void growth(Postgres postgres, Report report) throws Exception {
        postgres.in(full -> {
            int finished = scale.units() * FINISHED;
            System.err.println("filling " + finished + " finished runs");
            Scratch.in(directory -> {
                try (PilotHub hub = PilotHub.open(
                        PilotConfig.builder(directory).storeUrl(full).build())) {
                    HubQueue.measure(hub, 1, 1, 1);
                }
            });
            FinishedRuns.fill(full, finished);
            scale.run(report, into -> {
                postgres.in(empty -> note(into, "hub, empty table", hub(empty, CLAIM)));
                note(into, "hub, full table", hub(full, CLAIM));
            });
        });
    }

    private static void note(Report into, String what, Measured measured) {
        System.err.printf("  %s: %,.0f units/s%n", what, measured.done());
        into.rate(what + ": enqueued", "units/s", measured.enqueued());
        into.rate(what + ": done", "units/s", measured.done());
    }
}
