package dev.pilot.bench.queue;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.pilot.bench.Postgres;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** The same number of tasks through db-scheduler. */
final class DbSchedulerQueue {
    private static final int SET = 500;

    /** Its table, with the indexes that it recommends. */
    private static final String TABLE = """
            create table scheduled_tasks (
                task_name text not null,
                task_instance text not null,
                task_data %s,
                execution_time %s not null,
                picked boolean not null,
                picked_by text,
                last_success %2$s,
                last_failure %2$s,
                consecutive_failures int,
                last_heartbeat %2$s,
                version bigint not null,
                priority smallint,
                primary key (task_name, task_instance)
            )
            """;

    private static final List<String> INDEXES = List.of(
            "create index execution_time_idx on scheduled_tasks (execution_time)",
            "create index last_heartbeat_idx on scheduled_tasks (last_heartbeat)",
            "create index priority_execution_time_idx on scheduled_tasks (priority desc, execution_time asc)");

    private DbSchedulerQueue() {}

    /** Fetches and locks in one statement, and fetches anew when fewer than four times its threads are left in memory. */
    static Measured onPostgres(DataSource database, int units, int threads) throws Exception {
        create(database, "bytea", "timestamp with time zone");
        return measure(database, units, threads, builder -> builder.pollUsingLockAndFetch(4.0, 20.0));
    }

    /** SQLite has no statement that fetches and locks. */
    static Measured onSqlite(DataSource database, int units, int threads) throws Exception {
        create(database, "blob", "timestamp"); // times are numbers there, which a column of texts would make texts
        return measure(database, units, threads, builder -> builder.pollUsingFetch(4.0, 20.0));
    }

    private static void create(DataSource database, String bytes, String time) throws SQLException {
        Postgres.execute(database, TABLE.formatted(bytes, time));
        for (String index : INDEXES) {
            Postgres.execute(database, index);
        }
    }

    private static Measured measure(
            DataSource database, int units, int threads, UnaryOperator<SchedulerBuilder> polling) throws Exception {
        CountDownLatch left = new CountDownLatch(units);
        OneTimeTask<Void> nothing = Tasks.oneTime("nothing").execute((instance, context) -> left.countDown());
        Scheduler scheduler = polling.apply(
                        Scheduler.create(database, nothing).threads(threads).pollingInterval(Duration.ofMillis(10)))
                .build();
        try {
            long start = System.nanoTime();
            for (int made = 0; made < units; made += SET) {
                List<TaskInstance<?>> set = new ArrayList<>();
                for (int i = made; i < Math.min(units, made + SET); i++) {
                    set.add(nothing.instance(Integer.toString(i)));
                }
                scheduler.scheduleBatch(set, Instant.now());
            }
            long enqueued = System.nanoTime();
            scheduler.start();
            if (!left.await(Measured.PATIENCE, TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("db-scheduler has " + left.getCount() + " tasks left");
            }
            Drained.await(database, "select count(*) from scheduled_tasks");
            return new Measured(units, enqueued - start, System.nanoTime() - enqueued);
        } finally {
            scheduler.stop();
        }
    }
}
