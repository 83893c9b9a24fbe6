package dev.pilot.bench.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** Waits till a peer's database knows, too, that all is done: its work returns before that is written. */
final class Drained {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

    private Drained() {}

    static void await(DataSource database, String countLeft) throws SQLException {
        long end = System.nanoTime() + Measured.PATIENCE;
        try (Connection connection = database.getConnection();
                PreparedStatement count = connection.prepareStatement(countLeft)) {
            while (left(count) > 0) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("it was not done in time");
                }
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private static long left(PreparedStatement count) throws SQLException {
        try (ResultSet row = count.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
