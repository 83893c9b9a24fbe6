package dev.pilot.bench.run;

import com.zaxxer.hikari.HikariDataSource;
import dev.pilot.bench.Postgres;
import dev.pilot.store.jdbi.run.EventTable;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** The same rows into the same table with the same indexes, straight into Postgres: what programs usually do, and what it can do at most. */
final class RawPostgresEvents {
    private static final int ROWS = 1_000;
    private static final int POOL = 8;
    private static final String COPY =
            "copy event (position, id, at, subject_type, subject_id, run_id, project_id, type, level,"
                    + " title, message, data) from stdin";

    private RawPostgresEvents() {}

    /** Callers that share a pool; each insert is a transaction. */
    static double pool(String url, int callers, long nanos) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try (HikariDataSource pool = Postgres.pool(url, POOL)) {
            AtomicLong rows = new AtomicLong();
            AtomicLong done = new AtomicLong();
            long start = System.nanoTime();
            List<Future<Void>> ends = threads.invokeAll(Collections.nCopies(callers, (Callable<Void>) () -> {
                while (System.nanoTime() - start < nanos) {
                    insert(pool, rows.incrementAndGet());
                    done.incrementAndGet();
                }
                return null;
            }));
            for (Future<Void> end : ends) {
                end.get();
            }
            return done.get() * 1e9 / (System.nanoTime() - start);
        } finally {
            threads.shutdown();
        }
    }

    private static void insert(HikariDataSource pool, long row) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement(EventTable.INSERT.eachRow())) {
            RawEvents.bind(insert, row);
            insert.executeUpdate();
        }
    }

    /** One connection that copies, 1,000 rows a transaction. */
    static double copy(String url, long nanos) throws SQLException, IOException {
        try (HikariDataSource pool = Postgres.pool(url, 1);
                Connection connection = pool.getConnection()) {
            CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
            long rows = 0;
            long start = System.nanoTime();
            while (System.nanoTime() - start < nanos) {
                StringBuilder lines = new StringBuilder();
                for (int i = 0; i < ROWS; i++) {
                    line(lines, ++rows);
                }
                copies.copyIn(COPY, new StringReader(lines.toString()));
            }
            return rows * 1e9 / (System.nanoTime() - start);
        }
    }

    private static void line(StringBuilder lines, long row) {
        lines.append(row)
                .append("\tevt_01m7y7a2f3ahdat0k59")
                .append(row)
                .append('\t')
                .append(row)
                .append("\trun\trun_bench\trun_bench\tprj_bench\tlog\tinfo\tstdout\t")
                .append(RawEvents.MESSAGE)
                .append("\t{}\n");
    }
}
