package dev.pilot.bench.queue;

import com.zaxxer.hikari.HikariDataSource;
import dev.pilot.bench.Postgres;
import java.sql.SQLException;

/** Fills a database with finished runs, their attempts and their events: as copies of one that went through the hub. */
final class FinishedRuns {
    /** Whatever columns there are: those that are not named stay as they are. */
    private static final String RUNS = """
            insert into run
            select copy.*
            from (select run from run where state = 'SUCCEEDED' limit 1) as done (run), generate_series(1, %d) i,
                jsonb_populate_record(done.run, jsonb_build_object(
                    'id', 'run_copy' || i,
                    'created_at', (done.run).created_at + i,
                    'updated_at', (done.run).updated_at + i,
                    'body', replace((done.run).body, (done.run).id, 'run_copy' || i))) copy
            """;

    private static final String ATTEMPTS = """
            insert into attempt (run_id, attempt, body)
            select 'run_copy' || i, attempt, replace(body, attempt.run_id, 'run_copy' || i)
            from (select * from attempt limit 1) attempt, generate_series(1, %d) i
            """;

    private static final String EVENTS = """
            insert into event (position, id, at, subject_type, subject_id, run_id, project_id, type, level, title, message, data)
            select last_position + row_number() over (), event.id || '_' || i, at, subject_type, 'run_copy' || i, 'run_copy' || i,
                project_id, type, level, title, message, data
            from generate_series(1, %d) i, turn,
                (select * from event where run_id = (select run_id from event where run_id is not null limit 1)) event
            """;

    private static final String POSITION = "update turn set last_position = (select max(position) from event)";

    private FinishedRuns() {}

    /** There has to be one that has succeeded. */
    static void fill(String url, int count) throws SQLException {
        try (HikariDataSource database = Postgres.pool(url, 1)) {
            Postgres.execute(database, RUNS.formatted(count));
            Postgres.execute(database, ATTEMPTS.formatted(count));
            Postgres.execute(database, EVENTS.formatted(count));
            Postgres.execute(database, POSITION);
            Postgres.execute(database, "analyze");
            Postgres.execute(database, "checkpoint");
        }
    }
}
